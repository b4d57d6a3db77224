import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex, utf8 } from '../src/wire/bytes.ts';
import { leafHash, nodeHash, sha256 } from '../src/wire/hash.ts';
import { Tree } from '../src/register/tree.ts';

/** MTH as RFC 9162 section 2.1.1 writes it. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** The entries and roots that certificate transparency logs are tested with. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree', () => {
  it('hasTheRootsOfTransparencyLogs', () => {
    const tree = Tree.EMPTY.with(ENTRIES.map((entry) => leafHash(Uint8Array.from(Buffer.from(entry, 'hex')))));
    expect(ROOTS.map((_, i) => hex(tree.root(i + 1)))).toEqual(ROOTS);
  });

  it('hasTheRootOfTheRfcHoweverItGrew', () => fc.assert(fc.property(
    fc.array(fc.nat({ max: 20 }), { maxLength: 8 }), (steps) => {
      let tree = Tree.EMPTY;
      const leaves: Uint8Array[] = [];
      for (const step of steps) {
        const fresh = Array.from({ length: step }, (_, i) => leafHash(utf8(`${leaves.length + i}`)));
        leaves.push(...fresh);
        tree = tree.with(fresh);
      }
      expect(tree.size).toBe(leaves.length);
      for (let size = 0; size <= leaves.length; size++) expect(hex(tree.root(size))).toBe(hex(mth(leaves.slice(0, size))));
    }), { numRuns: 40 }));

  it('isNotAskedBeyondItsSize', () => {
    expect(() => Tree.EMPTY.root(1)).toThrow(RangeError);
  });
});
