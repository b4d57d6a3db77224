import { nodeHash, sha256 } from '../wire/hash.ts';

/**
 * The Merkle tree over the lines (RFC 9162 section 2.1), growing at its end. Hashes of all complete subtrees are kept,
 * so that the root of any earlier size costs one hash for each bit of the size.
 */
export class Tree {
  /** levels[k][i] is the hash of leaves i 2^k to (i + 1) 2^k - 1. */
  readonly #levels: readonly (readonly Uint8Array[])[];

  private constructor(levels: readonly (readonly Uint8Array[])[]) {
    this.#levels = levels;
  }

  static readonly EMPTY = /* @__PURE__ */ new Tree([]);

  /** The number of leaves. */
  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** The tree with these leaf hashes added. */
  with(leaves: readonly Uint8Array[]): Tree {
    const levels = this.#levels.map((level) => [...level]);
    for (let k = 0, fresh = leaves; fresh.length > 0; k++) {
      const level = (levels[k] ??= []);
      const from = level.length - (level.length % 2);
      level.push(...fresh);
      const parents: Uint8Array[] = [];
      for (let i = from; i + 1 < level.length; i += 2) parents.push(nodeHash(level[i]!, level[i + 1]!));
      fresh = parents;
    }
    return new Tree(levels);
  }

  /**
   * MTH of the first `size` leaves, RFC 9162 section 2.1.1.
   * @param size 0 to {@link Tree.size}
   */
  root(size: number = this.size): Uint8Array {
    if (!Number.isInteger(size) || size < 0 || size > this.size) throw new RangeError('a size beyond the tree');
    let root: Uint8Array | undefined;
    // From the smallest complete subtree at the right end to the largest at the left.
    for (let k = 0; 2 ** k <= size; k++) {
      if (Math.floor(size / 2 ** k) % 2 === 0) continue;
      const subtree = this.#levels[k]![Math.floor(size / 2 ** k) - 1]!;
      root = root === undefined ? subtree : nodeHash(subtree, root);
    }
    return root ?? sha256();
  }
}
