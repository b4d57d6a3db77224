import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import * as main from '../src/index.ts';

const source = resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const importsOf = (file: string): string[] =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, path]) =>
    path!.startsWith('.') ? join(file, '..', path!) : path!);

/** What a bundler keeps of a page that imports like this. */
async function bundled(code: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    plugins: [{ name: 'page', resolveId: (id) => (id === 'page' ? '\0page' : null), load: (id) => (id === '\0page' ? code : null) }],
    build: { write: false, rolldownOptions: { input: 'page', preserveEntrySignatures: 'strict' } },
  });
  return (Array.isArray(output) ? output : [output])
    .flatMap((one) => ('output' in one ? one.output : []))
    .map((chunk) => ('code' in chunk ? chunk.code : ''))
    .join('');
}

describe('the rooms', () => {
  it('letBlsBeSeenByBbsAndIbeAlone', () => {
    const strangers = files.filter((file) => !/^(bls|bbs|ibe)\//.test(file));
    expect(strangers).toContain('index.ts');
    for (const file of strangers) expect(importsOf(file).filter((path) => path.startsWith('bls/')), file).toEqual([]);
    for (const file of files.filter((name) => name.startsWith('bls/'))) {
      expect(importsOf(file).filter((path) => path.startsWith('bbs/') || path.startsWith('ibe/')), file).toEqual([]);
    }
  });

  it('useTheCurveLibrariesAndNothingElse', () => {
    const outside = new Set(files.flatMap(importsOf).filter((path) => !/^([a-z]+\/)?[a-zA-Z0-9]+\.ts$/.test(path)));
    for (const path of outside) expect(path).toMatch(/^@noble\/(curves|hashes)\//);
  });

  it('doNotSignFromTheMainEntry', () => {
    expect(Object.keys(main).filter((name) => /sign$|SecretKey/i.test(name))).toEqual([]);
  });

  it('haveShortFiles', () => {
    for (const file of files) expect(readFileSync(join(source, file), 'utf8').split('\n').length, file).toBeLessThan(400);
  });
});

describe('a bundle', () => {
  it('isEmptyForAnImportThatIsNotUsed', async () => {
    expect((await bundled(`import '@safeconduct/crypto'; import { NymBbs } from '@safeconduct/crypto';`)).trim()).toBe('');
  });

  it('leavesTheCurveOutForWhoeverOnlyHashes', async () => {
    const hashing = await bundled(`import { sha256 } from '@safeconduct/crypto'; console.log(sha256(new Uint8Array()));`);
    const proving = await bundled(`import { NymBbs } from '@safeconduct/crypto'; console.log(NymBbs.of(1, 0, 1));`);
    expect(hashing.length).toBeGreaterThan(500);
    expect(hashing.length).toBeLessThan(proving.length / 4);
    expect(proving).not.toContain('KEYGEN_DST_');
  });
});
