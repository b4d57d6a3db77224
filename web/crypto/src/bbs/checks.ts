/** Programmer errors: counts and indexes that do not fit the instance they are given to. */

/** Checks that a list has the length the instance was made for. */
export function requireCount(what: string, list: readonly unknown[], expected: number): void {
  if (list.length !== expected) throw new RangeError(`${what}: ${list.length} given, ${expected} expected`);
}

/** The indexes, checked to be different and from 0 to count - 1, ascending. */
export function ascending(indexes: Iterable<number>, count: number): number[] {
  const sorted = [...indexes].sort((a, b) => a - b);
  if (sorted.some((index, i) => !Number.isInteger(index) || index < 0 || index >= count || index === sorted[i - 1])) {
    throw new RangeError(`indexes must be different and from 0 to ${count - 1}`);
  }
  return sorted;
}
