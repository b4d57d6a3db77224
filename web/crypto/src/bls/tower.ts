import { bls12_381 } from '@noble/curves/bls12-381.js';

/*
 * The field that pairings are computed in: Fp2 = Fp[i], i^2 = -1; Fp6 = Fp2[v], v^3 = 1 + i; Fp12 = Fp6[w], w^2 = v.
 *
 * The same as the curve library's, and faster: products are summed as they are, and each of the twelve coefficients is
 * reduced once in the end (lazy reduction, eprint 2010/526, section 3), to between -P and P. It serves sealing and
 * matching alone; passes are verified with the library's. Not constant time: what it computes on are this phone's slots and
 * keys that everybody reads.
 */

const { Fp } = bls12_381.fields;
const P = Fp.ORDER;

/** An element of Fp2, or a sum of products that is not reduced yet. */
export interface Pair {
  readonly c0: bigint;
  readonly c1: bigint;
}

/** The same of Fp6. */
export interface Triple {
  readonly c0: Pair;
  readonly c1: Pair;
  readonly c2: Pair;
}

/** An element of Fp12. */
export interface Element {
  readonly c0: Triple;
  readonly c1: Triple;
}

export const add = (a: Pair, b: Pair): Pair => ({ c0: a.c0 + b.c0, c1: a.c1 + b.c1 });
export const subtract = (a: Pair, b: Pair): Pair => ({ c0: a.c0 - b.c0, c1: a.c1 - b.c1 });
/** Times 1 + i. */
export const turned = (a: Pair): Pair => ({ c0: a.c0 - a.c1, c1: a.c0 + a.c1 });
export const scaled = (a: Pair, factor: bigint): Pair => ({ c0: a.c0 * factor, c1: a.c1 * factor });
export const reduced = (a: Pair): Pair => ({ c0: a.c0 % P, c1: a.c1 % P });
/** Four products and two sums: as fast as Karatsuba's three and five. */
export const times = (a: Pair, b: Pair): Pair => ({ c0: a.c0 * b.c0 - a.c1 * b.c1, c1: a.c0 * b.c1 + a.c1 * b.c0 });
export const square = (a: Pair): Pair => ({ c0: (a.c0 + a.c1) * (a.c0 - a.c1), c1: (a.c0 * a.c1) << 1n });

const plus = (a: Triple, b: Triple): Triple => ({ c0: add(a.c0, b.c0), c1: add(a.c1, b.c1), c2: add(a.c2, b.c2) });
const minus = (a: Triple, b: Triple): Triple =>
  ({ c0: subtract(a.c0, b.c0), c1: subtract(a.c1, b.c1), c2: subtract(a.c2, b.c2) });
const timesV = (a: Triple): Triple => ({ c0: turned(a.c2), c1: a.c0, c2: a.c1 });
const reducedTriple = (a: Triple): Triple => ({ c0: reduced(a.c0), c1: reduced(a.c1), c2: reduced(a.c2) });

/** Six products instead of nine (Karatsuba; eprint 2006/471, section 4). */
function product(a: Triple, b: Triple): Triple {
  const t0 = times(a.c0, b.c0);
  const t1 = times(a.c1, b.c1);
  const t2 = times(a.c2, b.c2);
  const cross = (i: Pair, j: Pair, k: Pair, l: Pair, t: Pair, u: Pair): Pair =>
    subtract(subtract(times(add(i, j), add(k, l)), t), u);
  return {
    c0: add(t0, turned(cross(a.c1, a.c2, b.c1, b.c2, t1, t2))),
    c1: add(cross(a.c0, a.c1, b.c0, b.c1, t0, t1), turned(t2)),
    c2: add(cross(a.c0, a.c2, b.c0, b.c2, t0, t2), t1),
  };
}

/** a (b0 + b1 v). */
function sparse(a: Triple, b0: Pair, b1: Pair): Triple {
  const t0 = times(a.c0, b0);
  const t1 = times(a.c1, b1);
  return {
    c0: add(t0, turned(times(a.c2, b1))),
    c1: subtract(subtract(times(add(a.c0, a.c1), add(b0, b1)), t0), t1),
    c2: add(times(a.c2, b0), t1),
  };
}

/** a b, by three products in Fp6. */
export function multiplied(a: Element, b: Element): Element {
  const t0 = product(a.c0, b.c0);
  const t1 = product(a.c1, b.c1);
  const both = product(plus(a.c0, a.c1), plus(b.c0, b.c1));
  return { c0: reducedTriple(plus(t0, timesV(t1))), c1: reducedTriple(minus(minus(both, t0), t1)) };
}

/** a^2 = (a0 + a1)(a0 + v a1) - t - v t + 2 t w with t = a0 a1 (complex squaring; eprint 2006/471, section 3). */
export function squared({ c0, c1 }: Element): Element {
  const t = product(c0, c1);
  const both = product(plus(c0, c1), plus(c0, timesV(c1)));
  return { c0: reducedTriple(minus(minus(both, t), timesV(t))), c1: reducedTriple(plus(t, t)) };
}

/** a (o0 + o1 v + o4 v w), a line of the Miller loop. */
export function timesLine({ c0, c1 }: Element, o0: Pair, o1: Pair, o4: Pair): Element {
  const t0 = sparse(c0, o0, o1);
  const t1 = timesV({ c0: times(c1.c0, o4), c1: times(c1.c1, o4), c2: times(c1.c2, o4) });
  const both = sparse(plus(c0, c1), o0, add(o1, o4));
  return { c0: reducedTriple(plus(t0, timesV(t1))), c1: reducedTriple(minus(minus(both, t0), t1)) };
}

/** The inverse, for elements of the cyclotomic subgroup. */
export const conjugate = ({ c0, c1 }: Element): Element => ({ c0, c1: mapped(c1, (c) => -c) });

/** Times a number. */
export const multiple = ({ c0, c1 }: Element, factor: bigint): Element =>
  ({ c0: mapped(c0, (c) => (c * factor) % P), c1: mapped(c1, (c) => (c * factor) % P) });

/** With coefficients from 0 to P - 1, as the curve library has them. */
export const canonical = ({ c0, c1 }: Element): Element =>
  ({ c0: mapped(c0, (c) => Fp.create(c)), c1: mapped(c1, (c) => Fp.create(c)) });

const mapped = ({ c0, c1, c2 }: Triple, of: (coefficient: bigint) => bigint): Triple =>
  ({ c0: { c0: of(c0.c0), c1: of(c0.c1) }, c1: { c0: of(c1.c0), c1: of(c1.c1) }, c2: { c0: of(c2.c0), c1: of(c2.c1) } });
