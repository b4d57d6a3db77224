import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TAGS } from '../../src/languages.ts';
import { type Catalogue, placeholders } from '../../src/message.ts';

/** Numbers that people meet: each plural form one of them needs has to be there. */
const COUNTS = Array.from({ length: 200 }, (_, count) => count);

/** What every catalogue of an app has to keep; `made` matches keys that are made from a code. */
export function testCatalogues(load: (tag: string) => Promise<Catalogue>, sources: readonly string[], made: RegExp): void {
  for (const tag of TAGS) {
    test(`${tag} says every sentence, with the same placeholders and all plural forms`, async () => {
      const [english, catalogue] = await Promise.all([load('en'), load(tag)]);
      expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
      const forms = new Set(COUNTS.map((count) => new Intl.PluralRules(tag).select(count)));
      for (const [key, message] of Object.entries(catalogue)) {
        expect(placeholders(message), key).toEqual(placeholders(english[key]!));
        expect(typeof message, key).toBe(typeof english[key]);
        if (typeof message === 'string') expect(message.trim(), key).not.toBe('');
        else expect([...forms].filter((form) => message[form] === undefined), key).toEqual([]);
        if (typeof message !== 'string') for (const form of Object.values(message)) expect(form, key).toContain('{count}');
      }
    });

    test(`${tag} leaves hardly a sentence in English`, async () => {
      if (tag === 'en') return;
      const [english, catalogue] = await Promise.all([load('en'), load(tag)]);
      const same = Object.keys(english).filter((key) => catalogue[key] === english[key]);
      expect(same.length, same.join()).toBeLessThanOrEqual(6);
    });
  }

  test('no sentence stands there unused', async () => {
    const text = sources.map(textOf).join('');
    const unused = Object.keys(await load('en')).filter((key) => !made.test(key) && !text.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });
}

function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true }).map(String)
    .filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('texts'))
    .map((file) => readFileSync(join(folder, file), 'utf8')).join('');
}
