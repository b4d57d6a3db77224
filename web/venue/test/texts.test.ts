import { testCatalogues } from '../../ui/test/support/catalogues.ts';

const folder = (path: string): string => new URL(path, import.meta.url).pathname;

testCatalogues(
  async (tag) => (await import(`../src/texts/${tag}.ts`)).default,
  [folder('../src'), folder('../../ui/src')],
  /^(failure|kind)\./,
);
