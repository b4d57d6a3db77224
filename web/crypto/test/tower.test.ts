import { bls12_381 } from '@noble/curves/bls12-381.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalExponentiation } from '../src/bls/finalExponentiation.ts';
import { canonical, conjugate, type Element, multiple, multiplied, squared, timesLine } from '../src/bls/tower.ts';

const { Fp, Fp12 } = bls12_381.fields;
const P = Fp.ORDER;
type Twelve = readonly bigint[];

/** Any number that the functions may hand to each other, the outermost often. */
const coefficient = fc.oneof({ weight: 4, arbitrary: fc.bigInt(1n - P, P - 1n) }, fc.constantFrom(0n, 1n, -1n, P - 1n, 1n - P));
const twelve = fc.array(coefficient, { minLength: 12, maxLength: 12 });
const pair = (c: Twelve, i: number) => ({ c0: c[i]!, c1: c[i + 1]! });
const element = (c: Twelve): Element =>
  ({ c0: { c0: pair(c, 0), c1: pair(c, 2), c2: pair(c, 4) }, c1: { c0: pair(c, 6), c1: pair(c, 8), c2: pair(c, 10) } });
const librarys = (c: Twelve) => Fp12.fromBigTwelve(c.map((each) => Fp.create(each)) as never);
const octets = (a: Element): Uint8Array => Fp12.toBytes(canonical(a));

describe('the tower', () => {
  it('isTheLibrarysForAllCoefficientsBetweenMinusPAndP', () => {
    fc.assert(fc.property(twelve, twelve, (a, b) => {
      expect(octets(multiplied(element(a), element(b)))).toEqual(Fp12.toBytes(Fp12.mul(librarys(a), librarys(b))));
      expect(octets(squared(element(a)))).toEqual(Fp12.toBytes(Fp12.sqr(librarys(a))));
      expect(octets(conjugate(element(a)))).toEqual(Fp12.toBytes(Fp12.conjugate(librarys(a))));
      expect(octets(multiple(element(a), b[0]!))).toEqual(Fp12.toBytes(Fp12.mul(librarys(a), Fp.create(b[0]!))));
      const line = [pair(b, 0), pair(b, 2), 0n, 0n, 0n, 0n, pair(b, 4), 0n, 0n].flatMap((c) => (typeof c === 'bigint' ? c : [c.c0, c.c1]));
      expect(octets(timesLine(element(a), pair(b, 0), pair(b, 2), pair(b, 4)))).toEqual(Fp12.toBytes(Fp12.mul(librarys(a), librarys(line))));
    }));
  });

  it('keepsCoefficientsBetweenMinusPAndP', () => {
    fc.assert(fc.property(twelve, twelve, (a, b) => {
      for (const of of [multiplied(element(a), element(b)), squared(element(a))]) {
        for (const c of JSON.stringify(of, (_, each) => (typeof each === 'bigint' ? `${each}` : each)).match(/-?\d{2,}/g) ?? []) {
          expect(BigInt(c) < P && BigInt(c) > -P).toBe(true);
        }
      }
    }));
  });

  it('isRaisedToTheLibrarysFinalExponent', () => {
    fc.assert(fc.property(twelve.filter((c) => c.some((each) => each !== 0n)), (c) => {
      expect(Fp12.toBytes(finalExponentiation(librarys(c)))).toEqual(Fp12.toBytes(Fp12.finalExponentiate(librarys(c))));
    }), { numRuns: 30 });
    expect(Fp12.eql(finalExponentiation(Fp12.ONE), Fp12.ONE)).toBe(true);
  });
});
