import { bls12_381 } from '@noble/curves/bls12-381.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { g1Octets, parseG1 } from '../src/bls/g1.ts';
import { freshMultiples, keptMultiples, sum } from '../src/bls/msm.ts';
import { added, affine, asPoint, doubled, IDENTITY, negated } from '../src/bls/projective.ts';
import { Fr } from '../src/bls/scalar.ts';
import { unhex } from './support/vectors.ts';

const { Point } = bls12_381.G1;
const X_SQUARED = 0xd201000000010000n ** 2n;
const edges = [0n, 1n, 2n, X_SQUARED - 1n, X_SQUARED, X_SQUARED + 1n, 2n ** 127n, 2n ** 128n - 1n, 2n ** 128n, Fr.ORDER - 1n];
const scalar = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: Fr.ORDER - 1n }));
const points = [1n, 2n, 3n, 5n ** 90n].map((k) => Point.BASE.multiply(k));

describe('doubling and adding', () => {
  const all = [Point.ZERO, ...points, ...points.map((point) => point.negate())];

  it('agreeWithTheLibraryWithoutException', () => {
    for (const a of all) {
      expect(asPoint(doubled(a)).equals(a.double())).toBe(true);
      for (const b of all) {
        const both = added(a, b);
        expect(asPoint(both).equals(a.add(b))).toBe(true);
        expect(asPoint(added(doubled(both), negated(both))).equals(a.add(b))).toBe(true);
      }
    }
  });

  it('comeOutAffineTogether', () => {
    const sums = [IDENTITY, ...points.map((point) => negated(doubled(point)))];
    for (const [i, { X, Y, Z }] of affine(sums).entries()) {
      expect(Z).toBe(i === 0 ? 0n : 1n);
      expect(asPoint({ X, Y, Z }).equals(asPoint(sums[i]!))).toBe(true);
    }
  });
});

describe('sums of multiples', () => {
  it('agreeWithTheLibrarysOwn', () => {
    const tables = [...keptMultiples(points), ...freshMultiples(...points)];
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(tables.length - 1), scalar), { maxLength: 6 }), (terms) => {
      const expected = terms.reduce((total, [i, k]) => total.add(points[i % points.length]!.multiplyUnsafe(k)), Point.ZERO);
      expect(sum(terms.map(([i, k]) => [tables[i]!, k] as const)).equals(expected)).toBe(true);
    }), { numRuns: 60 });
  });

  it('ofEdgeScalarsAreRight', () => {
    const [table] = keptMultiples([points[3]!]);
    for (const k of edges) expect(sum([[table!, k]]).equals(points[3]!.multiplyUnsafe(k))).toBe(true);
  });

  it('ofNothingAndOfOppositesAreTheIdentity', () => {
    const [table] = freshMultiples(points[0]!);
    expect(sum([]).is0()).toBe(true);
    expect(sum([[table!, 7n], [table!, Fr.ORDER - 7n]]).is0()).toBe(true);
  });
});

describe('encoded points', () => {
  it('areThoseOfTheLibrary', () => {
    const all = [...points, ...points.map((point) => point.negate()), points[0]!.add(points[3]!), Point.ZERO];
    expect(g1Octets(all).map(unhex)).toEqual(all.map((point) => point.toHex()));
  });

  it('comeBackTheSame', () => {
    for (const octets of g1Octets(points)) expect(g1Octets([parseG1(octets)])[0]).toEqual(octets);
  });
});
