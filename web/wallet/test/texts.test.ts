import { describe } from 'vitest';
import { testCatalogues } from '../../ui/test/support/catalogues.ts';

const folder = (path: string): string => new URL(path, import.meta.url).pathname;

describe('the wallet', () => testCatalogues(
  async (tag) => (await import(`../src/texts/${tag}.ts`)).default,
  [folder('../src'), folder('../../ui/src')],
  /^(failure|refused|cannot|next|kind|advice)\./,
));
