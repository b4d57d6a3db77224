import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { G1 } from './g1.ts';
import { added, affine, asPoint, doubled, IDENTITY, negated, type Projective } from './projective.ts';

/*
 * Sums of multiples of points of G1.
 *
 * A proof needs a dozen such sums over the same generators and a few fresh points, so three things are shared:
 *  - Every scalar k is cut as k = k1 + k2 x^2, x being the curve's parameter: (X, Y) -> (bX, -Y) is x^2 times a point
 *    of the subgroup (eprint 2021/1130, section 6) and costs one field multiplication, and both halves are below
 *    2^128. That halves the doublings.
 *  - All terms of a sum walk one chain of doublings (Straus), with signed odd digits.
 *  - Tables hold affine points: adding one costs two thirds of adding a projective point. Fresh points get
 *    16 entries, normalised together; a generator, whose table is kept, 128, which take a millisecond and 30 kB.
 *    Tables without any doublings would need 1,000 entries and more to be faster than this.
 *
 * Digits and look-ups depend on the scalars: this is not constant time, and JavaScript's integers would not be either.
 */

const Fp = bls12_381.fields.Fp;

/** Digit width for points that are used for one proof. */
const FRESH_WIDTH = 5;
/** Digit width for points whose tables are kept. */
const KEPT_WIDTH = 8;

const X_SQUARED = 0xd201000000010000n ** 2n;
/** A cube root of unity in Fp: the x-coordinate's factor in the endomorphism. */
const BETA = 0x5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffen;
const HALF_BITS = 128;

/** Odd multiples P, 3P, 5P, ... of one point and of x^2 P, affine. */
export interface Multiples {
  readonly width: number;
  readonly low: readonly Projective[];
  readonly high: readonly Projective[];
}

/** A point's table and the scalar, 0 to r - 1, it is multiplied with. */
export type Term = readonly [Multiples, bigint];

/** Tables for points used in a few sums. */
export const freshMultiples = (...points: readonly G1[]): Multiples[] => multiplesOf(points, FRESH_WIDTH);

/** Tables for points used again and again. */
export const keptMultiples = (points: readonly G1[]): Multiples[] => multiplesOf(points, KEPT_WIDTH);

function multiplesOf(points: readonly G1[], width: number): Multiples[] {
  const size = 2 ** (width - 2);
  const odd: Projective[] = [];
  for (const point of points) {
    const twice = doubled(point);
    odd.push(point);
    for (let i = 1; i < size; i++) odd.push(added(odd[odd.length - 1]!, twice));
  }
  const all = affine(odd);
  return points.map((_, i) => {
    const low = all.slice(i * size, (i + 1) * size);
    return { width, low, high: low.map(timesXSquared) };
  });
}

const timesXSquared = ({ X, Y, Z }: Projective): Projective => ({ X: Fp.mul(X, BETA), Y: -Y, Z });

/** The sum of all terms. */
export function sum(terms: readonly Term[]): G1 {
  const walks = terms.flatMap(([{ width, low, high }, k]) => [
    { table: low, digits: signedOddDigits(k % X_SQUARED, width) },
    { table: high, digits: signedOddDigits(k / X_SQUARED, width) },
  ]);
  const top = walks.reduce((most, { digits }) => Math.max(most, digits.length), 0);
  let total = IDENTITY;
  for (let bit = top - 1; bit >= 0; bit--) {
    if (bit < top - 1) total = doubled(total);
    for (const { table, digits } of walks) {
      const digit = digits[bit];
      if (digit) total = added(total, digit > 0 ? table[digit >> 1]! : negated(table[-digit >> 1]!));
    }
  }
  return asPoint(total);
}

/** k below 2^128 as digits that are zero or odd and below 2^(width - 1) in size, least significant first. */
function signedOddDigits(k: bigint, width: number): Int16Array {
  const words = new Uint32Array(HALF_BITS / 32 + 2);
  for (let i = 0; i < HALF_BITS / 32; i++) words[i] = Number((k >> BigInt(32 * i)) & 0xffffffffn);
  const digits = new Int16Array(HALF_BITS + width);
  let carry = 0;
  let length = 0;
  for (let bit = 0; bit < digits.length; ) {
    if (bitsAt(words, bit, 1) === carry) {
      bit++;
      continue;
    }
    const window = bitsAt(words, bit, width) + carry;
    carry = window >> (width - 1);
    digits[bit] = window - (carry << width);
    length = bit + 1;
    bit += width;
  }
  return digits.subarray(0, length);
}

function bitsAt(words: Uint32Array, bit: number, count: number): number {
  const shift = bit & 31;
  const index = bit >> 5;
  const both = shift === 0 ? words[index]! : (words[index]! >>> shift) | (words[index + 1]! << (32 - shift));
  return both & ((1 << count) - 1);
}
