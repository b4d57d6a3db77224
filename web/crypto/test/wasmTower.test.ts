import { bls12_381 } from '@noble/curves/bls12-381.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Functions } from '../src/bls/wasm.ts';
import { LINE, lines } from '../src/bls/wasmLines.ts';
import { ELEMENT, NUMBER, PAIR, read, Scratch, tower, TRIPLE, write } from '../src/bls/wasmTower.ts';

const { Fp, Fp6, Fp12 } = bls12_381.fields;
const P = Fp.ORDER;
const LIMBS = 15;
/** Limbs as they are at the most, the highest so that the number is about 2 P. */
const FULL = [...Array.from({ length: LIMBS - 1 }, () => 2 ** 26 - 1), 2 ** 17 + 2 ** 16];

const scratch = new Scratch();
const take = (bytes: number): number => scratch.take(bytes).offset;
const [a, b, to, line, x, y, multiple, point] =
  [take(ELEMENT), take(ELEMENT), take(ELEMENT), take(LINE), take(NUMBER), take(NUMBER), take(TRIPLE), take(2 * PAIR)] as
  [number, number, number, number, number, number, number, number];
const functions = new Functions();
tower(functions, scratch);
lines(functions, scratch, { x, y, multiple, point });
const instance = new WebAssembly.Instance(new WebAssembly.Module(functions.module(scratch.end)));
const wasm = instance.exports as unknown as Record<string, (...places: number[]) => void> & { memory: WebAssembly.Memory };
const memory = new Int32Array(wasm.memory.buffer);
const at = (place: number): Int32Array => memory.subarray(place / 4);
const call = (name: string, ...places: number[]): void => wasm[name]!(...places);

type Numbers = readonly bigint[];
const put = (place: number, numbers: Numbers): void => numbers.forEach((number, i) => write(number, at(place + i * NUMBER)));
const got = (place: number, count: number): Numbers => Array.from({ length: count }, (_, i) => read(at(place + i * NUMBER)));
const bytes = (numbers: Numbers): Uint8Array => Fp12.toBytes(Fp12.fromBigTwelve(numbers as never));
const twelve = (numbers: Numbers) => Fp12.fromBigTwelve(numbers as never);

const number = fc.oneof({ weight: 4, arbitrary: fc.bigInt(0n, P - 1n) }, fc.constantFrom(0n, 1n, 2n, P - 1n, P - 2n));
const numbers = (count: number) => fc.array(number, { minLength: count, maxLength: count });

/** What lines are: o0 + o1 v + o4 v w. */
const lineOf = (o: Numbers, factors: readonly [bigint, bigint]): Numbers =>
  [o[0]!, o[1]!, Fp.mul(o[2]!, factors[0]), Fp.mul(o[3]!, factors[0]), 0n, 0n, 0n, 0n, Fp.mul(o[4]!, factors[1]), Fp.mul(o[5]!, factors[1]), 0n, 0n];

describe('the field in WebAssembly', () => {
  it('readsWhatItWrote', () => {
    fc.assert(fc.property(number, (one) => {
      put(a, [one]);
      expect(got(a, 1)).toEqual([one]);
    }));
  });

  it('isTheLibrarys', () => {
    fc.assert(fc.property(numbers(12), numbers(12), number, number, (p, q, px, py) => {
      put(a, p);
      put(b, q);
      call('multiplied', to, a, b);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.mul(twelve(p), twelve(q))));
      call('squared', to, a);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.sqr(twelve(p))));
      call('conjugate', to, a);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.conjugate(twelve(p))));
      call('scaledElement', to, a, b);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.mul(twelve(p), twelve([...q.slice(0, 6), 0n, 0n, 0n, 0n, 0n, 0n]))));
      call('norm', to, a);
      const { c0, c1 } = twelve(p);
      expect(bytes([...got(to, 6), 0n, 0n, 0n, 0n, 0n, 0n]))
        .toEqual(Fp12.toBytes({ c0: Fp6.sub(Fp6.sqr(c0), Fp6.mulByNonresidue(Fp6.sqr(c1))), c1: Fp6.ZERO }));
      put(line, q.slice(0, 6));
      put(x, [px]);
      put(y, [py]);
      call('timesLine', a, line);
      expect(bytes(got(a, 12))).toEqual(Fp12.toBytes(Fp12.mul(twelve(p), twelve(lineOf(q, [px, py])))));
    }));
  });

  it('squaresWhatLiesInTheCyclotomicSubgroup', () => {
    fc.assert(fc.property(numbers(12).filter((p) => p.some((each) => each !== 0n)), (p) => {
      const f = twelve(p);
      const t = Fp12.mul(Fp12.conjugate(f), Fp12.inv(f));
      const m = Fp12.mul(Fp12.frobeniusMap(t, 2), t);
      put(a, [m.c0, m.c1].flatMap(({ c0, c1, c2 }) => [c0, c1, c2]).flatMap(({ c0, c1 }) => [c0, c1]));
      let expected = m;
      // Time and again on its own result, so that what is not carried would add up.
      for (let i = 0; i < 20; i++) {
        call('cyclotomicSquare', a, a);
        expected = Fp12.sqr(expected);
      }
      expect(bytes(got(a, 12))).toEqual(Fp12.toBytes(expected));
    }), { numRuns: 20 });
  });

  it('writesToOneOfItsOwnPlaces', () => {
    fc.assert(fc.property(numbers(12), numbers(12), (p, q) => {
      put(a, p);
      put(b, q);
      call('multiplied', a, a, b);
      call('squared', a, a);
      expect(bytes(got(a, 12))).toEqual(Fp12.toBytes(Fp12.sqr(Fp12.mul(twelve(p), twelve(q)))));
    }), { numRuns: 20 });
  });

  it('holdsTheLargestLimbsOfEitherSign', () => {
    const signs = fc.array(fc.constantFrom(1, -1), { minLength: 12, maxLength: 12 });
    const fill = (place: number, of: readonly number[], factor: number): Numbers => {
      of.forEach((sign, i) => at(place + i * NUMBER).set(FULL.map((limb) => limb * sign * factor)));
      return got(place, of.length);
    };
    fc.assert(fc.property(signs, signs, (s, t) => {
      const [p, q] = [fill(a, s, 1), fill(b, t, 1)];
      call('multiplied', to, a, b);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.mul(twelve(p), twelve(q))));
      call('squared', to, a);
      expect(bytes(got(to, 12))).toEqual(Fp12.toBytes(Fp12.sqr(twelve(p))));
      // A line's coefficients are differences of two.
      const o = fill(line, t.slice(0, 6), 2);
      const [[px], [py]] = [fill(x, [1], 1), fill(y, [-1], 1)] as [[bigint], [bigint]];
      call('timesLine', a, line);
      expect(bytes(got(a, 12))).toEqual(Fp12.toBytes(Fp12.mul(twelve(p), twelve(lineOf(o, [px, py])))));
    }));
  });

  it('carriesSumsOfThirtyNumbers', () => {
    fc.assert(fc.property(numbers(2), fc.integer({ min: -30, max: 30 }), (pair, factor) => {
      put(a, pair);
      call('multiple', b, a, factor);
      call('carriedPair', to, b);
      expect(got(to, 2)).toEqual(pair.map((each) => Fp.create(each * BigInt(factor))));
      const limbs = Array.from(at(to).subarray(0, 2 * LIMBS));
      limbs.forEach((limb, i) => expect(i % LIMBS < LIMBS - 1 ? limb >= 0 && limb < 2 ** 26 : Math.abs(limb) <= 2 ** 17).toBe(true));
    }));
  });
});
