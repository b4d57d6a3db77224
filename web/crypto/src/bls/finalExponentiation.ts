import { bls12_381 } from '@noble/curves/bls12-381.js';
import {
  add, canonical, conjugate, type Element, multiple, multiplied, type Pair, reduced, scaled, square, subtract, times, turned,
} from './tower.ts';

const { Fp, Fp12 } = bls12_381.fields;
const P = Fp.ORDER;

/** The size of the curve's parameter x, which is negative: its bits from the second lowest on. */
const X = 0xd201000000010000n;
const BITS = /* @__PURE__ */ Array.from(X.toString(2)).reverse().slice(1);
const THIRD = /* @__PURE__ */ Fp.inv(3n);
/** Takes the factor three out of a product of six powers. */
const THIRDS = /* @__PURE__ */ Fp.pow(THIRD, 6n);

/**
 * f^(3 (p^12 - 1) / r): (p^6 - 1)(p^2 + 1) first, then 3 (p^4 - p^2 + 1) / r = (x - 1)^2 (x + p) (x^2 + p^2 - 1) + 3
 * (eprint 2020/875). Most of the work are squarings.
 */
export function finalExponentiation(f: Element): Element {
  const t = multiplied(conjugate(f), Fp12.inv(f));
  const m = multiplied(Fp12.frobeniusMap(t, 2), t);
  const a = toXMinusOne(toXMinusOne(m));
  const b = multiplied(toX(a), Fp12.frobeniusMap(a, 1));
  const c = multiplied(toX(toX(b)), multiplied(Fp12.frobeniusMap(b, 2), conjugate(b)));
  return canonical(multiplied(c, multiplied(multiplied(m, m), m)));
}

const toXMinusOne = (f: Element): Element => multiplied(toX(f), conjugate(f));

/** f^x for f of the cyclotomic subgroup, where the conjugate is the inverse. One field inversion serves all six powers. */
function toX(f: Element): Element {
  const powers: Compressed[] = [];
  BITS.reduce((power, bit) => {
    const next = squared(power);
    if (bit === '1') powers.push(next);
    return next;
  }, compressed(f));
  const norms = powers.map(({ d }) => (d.c0 * d.c0 + d.c1 * d.c1) % P);
  // One has zeros only; elsewhere a zero is a chance of 2^-760.
  if (norms.includes(0n)) return conjugate(Fp12.pow(f, X));
  const inverses = Fp.invertBatch(norms.map((norm) => 4n * norm));
  const product = powers.map((power, i) => decompressed(power, inverses[i]!)).reduce(multiplied);
  return conjugate(multiple(product, THIRDS));
}

/**
 * Four of the six coefficients in Fp2 of three times an element of the cyclotomic subgroup, those of v, v^2, w and v^2 w:
 * enough to square it, in two thirds of the time (Karabina, eprint 2010/542, section 3). The factor three takes that of
 * the formulas out.
 */
interface Compressed {
  readonly b: Pair;
  readonly c: Pair;
  readonly d: Pair;
  readonly g: Pair;
}

const compressed = ({ c0, c1 }: Element): Compressed =>
  ({ b: scaled(c0.c1, 3n), c: scaled(c0.c2, 3n), d: scaled(c1.c0, 3n), g: scaled(c1.c2, 3n) });

const squared = ({ b, c, d, g }: Compressed): Compressed => ({
  b: squares(d, c, b),
  c: squares(b, g, c),
  d: twice(turned(times(b, g)), d),
  g: twice(times(c, d), g),
});

/** u^2 + (1 + i) v^2 - 2 x. */
function squares(u: Pair, v: Pair, x: Pair): Pair {
  const difference = (v.c0 + v.c1) * (v.c0 - v.c1);
  const between = v.c0 * v.c1;
  return {
    c0: ((u.c0 + u.c1) * (u.c0 - u.c1) + difference - ((between + x.c0) << 1n)) % P,
    c1: (difference + ((u.c0 * u.c1 + between - x.c1) << 1n)) % P,
  };
}

/** 2 (uv + y). */
const twice = (uv: Pair, y: Pair): Pair => ({ c0: ((uv.c0 + y.c0) << 1n) % P, c1: ((uv.c1 + y.c1) << 1n) % P });

/**
 * Three times the element: its coefficients of 1 and v w are a and e (eprint 2010/542, theorem 3.2).
 * @param inverse of four times the norm of d
 */
function decompressed({ b, c, d, g }: Compressed, inverse: bigint): Element {
  const numerator = reduced(subtract(add(turned(square(g)), scaled(square(b), 3n)), scaled(c, 6n)));
  const e = reduced(scaled(reduced(times(numerator, { c0: d.c0, c1: -d.c1 })), inverse));
  const inner = reduced(subtract(add(scaled(square(e), 2n), times(d, g)), scaled(times(b, c), 3n)));
  const a = reduced(add(turned(scaled(inner, THIRD)), { c0: 3n, c1: 0n }));
  return { c0: { c0: a, c1: b, c2: c }, c1: { c0: d, c1: e, c2: g } };
}
