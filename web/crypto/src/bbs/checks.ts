/*
 * Programmer errors: numbers, lists and indexes that do not fit. All are RangeErrors.
 */

/** The most scalars one signature can cover, as in Java; the generator of each costs two milliseconds and 30 kB once. */
export const MOST = 1024;

/** Checks a number of messages or secrets. */
export function requireNumber(what: string, number: number, least: 0 | 1 = 0): void {
  if (!Number.isInteger(number) || number < least || number > MOST) {
    throw new RangeError(`${what}: ${number} given, ${least} to ${MOST} possible`);
  }
}

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
