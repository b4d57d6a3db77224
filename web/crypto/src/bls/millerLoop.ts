import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { Lines } from './pairing.ts';

const { Fp } = bls12_381.fields;
const P = Fp.ORDER;

/** An element of Fp2, or a sum of products that is not reduced yet. */
type Pair = readonly [bigint, bigint];
/** An element of Fp6 = Fp2[v], v^3 = 1 + i. */
type Triple = readonly [Pair, Pair, Pair];
type Field = (typeof bls12_381.fields.Fp12)['ONE'];

/**
 * The Miller loop for one point of G1 and the lines of one of G2: the same as the curve library's, in half the time, because
 * each of the twelve coefficients is reduced once for a squaring or a line instead of after every product and sum.
 */
export function millerLoop(x: bigint, y: bigint, lines: Lines): Field {
  let low: Triple = [[1n, 0n], [0n, 0n], [0n, 0n]];
  let high: Triple = [[0n, 0n], [0n, 0n], [0n, 0n]];
  lines.forEach((step, i) => {
    // f = low + high w, w^2 = v: f^2 = (low + high)(low + v high) - t - v t + 2 t w with t = low high.
    if (i > 0) {
      const t = product(low, high);
      low = reduced(minus(minus(product(plus(low, high), plus(low, timesV(high))), t), timesV(t)));
      high = reduced(plus(t, t));
    }
    for (const [c0, c1, c2] of step) {
      // f (o0 + o1 v + o4 v w).
      const o0: Pair = [c0.c0, c0.c1];
      const o1 = scaled(c1, x);
      const o4 = scaled(c2, y);
      const t0 = sparse(low, o0, o1);
      const t1: Triple = timesV([times(high[0], o4), times(high[1], o4), times(high[2], o4)]);
      const both = sparse(plus(low, high), o0, add(o1, o4));
      low = reduced(plus(t0, timesV(t1)));
      high = reduced(minus(minus(both, t0), t1));
    }
  });
  // The curve's parameter is negative: conjugated.
  return { c0: element(low), c1: element(minus([[0n, 0n], [0n, 0n], [0n, 0n]], high)) };
}

const add = (a: Pair, b: Pair): Pair => [a[0] + b[0], a[1] + b[1]];
const subtract = (a: Pair, b: Pair): Pair => [a[0] - b[0], a[1] - b[1]];
/** Times 1 + i. */
const turned = (a: Pair): Pair => [a[0] - a[1], a[0] + a[1]];
const scaled = (a: { readonly c0: bigint; readonly c1: bigint }, factor: bigint): Pair => [(a.c0 * factor) % P, (a.c1 * factor) % P];

function times([a0, a1]: Pair, [b0, b1]: Pair): Pair {
  const t0 = a0 * b0;
  const t1 = a1 * b1;
  return [t0 - t1, (a0 + a1) * (b0 + b1) - t0 - t1];
}

const plus = (a: Triple, b: Triple): Triple => [add(a[0], b[0]), add(a[1], b[1]), add(a[2], b[2])];
const minus = (a: Triple, b: Triple): Triple => [subtract(a[0], b[0]), subtract(a[1], b[1]), subtract(a[2], b[2])];
const timesV = ([a0, a1, a2]: Triple): Triple => [turned(a2), a0, a1];

/** Six products instead of nine (Karatsuba). */
function product([a0, a1, a2]: Triple, [b0, b1, b2]: Triple): Triple {
  const t0 = times(a0, b0);
  const t1 = times(a1, b1);
  const t2 = times(a2, b2);
  return [
    add(t0, turned(subtract(subtract(times(add(a1, a2), add(b1, b2)), t1), t2))),
    add(subtract(subtract(times(add(a0, a1), add(b0, b1)), t0), t1), turned(t2)),
    add(subtract(subtract(times(add(a0, a2), add(b0, b2)), t0), t2), t1),
  ];
}

/** a (b0 + b1 v). */
function sparse([a0, a1, a2]: Triple, b0: Pair, b1: Pair): Triple {
  const t0 = times(a0, b0);
  const t1 = times(a1, b1);
  return [
    add(t0, turned(times(a2, b1))),
    subtract(subtract(times(add(a0, a1), add(b0, b1)), t0), t1),
    add(times(a2, b0), t1),
  ];
}

/** Between -P and P. */
const reduced = (a: Triple): Triple => a.map(([c0, c1]): Pair => [c0 % P, c1 % P]) as unknown as Triple;

function element([c0, c1, c2]: Triple): Field['c0'] {
  const pair = ([a, b]: Pair) => ({ c0: Fp.create(a), c1: Fp.create(b) });
  return { c0: pair(c0), c1: pair(c1), c2: pair(c2) };
}
