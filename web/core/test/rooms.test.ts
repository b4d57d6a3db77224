import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const text = (file: string): string => readFileSync(join(source, file), 'utf8');
const importsOf = (file: string): string[] =>
  [...text(file).matchAll(/from '([^']+)'/g)].map(([, path]) => (path!.startsWith('.') ? join(file, '..', path!) : path!));

describe('the rooms', () => {
  it('lookDownwardsOnly', () => {
    const allowed: Record<string, RegExp> = {
      wire: /^(wire\/|@safeconduct\/crypto$|@noble\/hashes\/)/,
      register: /^(wire|register)\/|^@safeconduct\/crypto$/,
      pass: /^(wire|register|pass)\/|^@safeconduct\/crypto$/,
      presence: /^(wire|register|presence)\/|^@safeconduct\/crypto(\/extracting)?$|^@noble\/ciphers\//,
    };
    const roomed = files.filter((file) => file.includes('/'));
    expect(roomed.length).toBeGreaterThan(25);
    for (const file of roomed) {
      for (const path of importsOf(file)) expect(path, file).toMatch(allowed[file.split('/')[0]!]!);
    }
  });

  it('touchNoScreenNoStoreNoNetworkNoClockAndNoChance', () => {
    for (const file of files) {
      expect(text(file), file).not.toMatch(/\b(document|window|localStorage|indexedDB|fetch\(|XMLHttpRequest|navigator|Date\.now|new Date\(\)|Math\.random|getRandomValues|console)\b/);
    }
  });

  it('haveShortFiles', () => {
    for (const file of files) expect(text(file).split('\n').length, file).toBeLessThan(400);
  });

  it('keepNothingOfAnImportThatIsNotUsed', async () => {
    const page = `import '@safeconduct/core'; import { Checker } from '@safeconduct/core';`;
    const output = await build({
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['source'] },
      plugins: [{ name: 'page', resolveId: (id) => (id === 'page' ? '\0page' : null), load: (id) => (id === '\0page' ? page : null) }],
      build: { write: false, rolldownOptions: { input: 'page', preserveEntrySignatures: 'strict' } },
    });
    const chunks = (Array.isArray(output) ? output : [output]).flatMap((one) => ('output' in one ? one.output : []));
    expect(chunks.map((chunk) => ('code' in chunk ? chunk.code : '')).join('').trim()).toBe('');
  });
});
