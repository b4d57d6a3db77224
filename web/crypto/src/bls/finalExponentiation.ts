import { bls12_381 } from '@noble/curves/bls12-381.js';

const { Fp, Fp12 } = bls12_381.fields;
const P = Fp.ORDER;

/** An element of the field that GT lies in. */
type Field = (typeof Fp12)['ONE'];
/** Its twelve coefficients in Fp, lowest first: between -P and P while squarings go on. */
type Coefficients = readonly bigint[];

/** The size of the curve's parameter x, which is negative: its set bits from the second on. */
const X = 0xd201000000010000n;
const BITS = /* @__PURE__ */ Array.from(X.toString(2).slice(1), Number);

/**
 * f^(3 (p^12 - 1) / r): (p^6 - 1)(p^2 + 1) first, then 3 (p^4 - p^2 + 1) / r = (x - 1)^2 (x + p) (x^2 + p^2 - 1) + 3
 * (eprint 2020/875). The same as the curve library's, which takes half as long again: most of the work are squarings,
 * and those below reduce each coefficient once instead of after every product and sum.
 */
export function finalExponentiation(f: Field): Field {
  const t = Fp12.mul(Fp12.conjugate(f), Fp12.inv(f));
  const m = Fp12.mul(Fp12.frobeniusMap(t, 2), t);
  const a = toXMinusOne(toXMinusOne(m));
  const b = Fp12.mul(toX(a), Fp12.frobeniusMap(a, 1));
  const c = Fp12.mul(toX(toX(b)), Fp12.mul(Fp12.frobeniusMap(b, 2), Fp12.conjugate(b)));
  return Fp12.mul(c, Fp12.mul(Fp12.sqr(m), m));
}

const toXMinusOne = (f: Field): Field => Fp12.mul(toX(f), Fp12.conjugate(f));

/** f^x for f of the cyclotomic subgroup, where the conjugate is the inverse. */
function toX(f: Field): Field {
  let power: Coefficients = coefficients(f);
  for (const bit of BITS) {
    power = squared(power);
    if (bit === 1) power = coefficients(Fp12.mul(element(power), f));
  }
  return Fp12.conjugate(element(power));
}

/**
 * The square of an element of the cyclotomic subgroup (Granger and Scott, eprint 2009/565, section 3.2). Fp12 is three
 * times Fp4 = Fp2[s], s^2 = 1 + i: (u + v s)^2 = u^2 + (1 + i) v^2 + 2 u v s.
 */
function squared(f: Coefficients): Coefficients {
  const [a0, a1, b0, b1, c0, c1, d0, d1, e0, e1, g0, g1] = f as never as
    [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  const [r0, r1, s0, s1] = squaredInFp4(a0, a1, e0, e1);
  const [t0, t1, u0, u1] = squaredInFp4(d0, d1, c0, c1);
  const [v0, v1, w0, w1] = squaredInFp4(b0, b1, g0, g1);
  return [
    (3n * r0 - 2n * a0) % P, (3n * r1 - 2n * a1) % P, (3n * t0 - 2n * b0) % P, (3n * t1 - 2n * b1) % P,
    (3n * v0 - 2n * c0) % P, (3n * v1 - 2n * c1) % P, (3n * (w0 - w1) + 2n * d0) % P, (3n * (w0 + w1) + 2n * d1) % P,
    (3n * s0 + 2n * e0) % P, (3n * s1 + 2n * e1) % P, (3n * u0 + 2n * g0) % P, (3n * u1 + 2n * g1) % P,
  ];
}

/** Not reduced: products of two coefficients and sums of a few of them. */
function squaredInFp4(u0: bigint, u1: bigint, v0: bigint, v1: bigint): readonly [bigint, bigint, bigint, bigint] {
  const p0 = (u0 + u1) * (u0 - u1);
  const p1 = (u0 * u1) << 1n;
  const q0 = (v0 + v1) * (v0 - v1);
  const q1 = (v0 * v1) << 1n;
  const w0 = u0 + v0;
  const w1 = u1 + v1;
  return [p0 + q0 - q1, p1 + q0 + q1, (w0 + w1) * (w0 - w1) - p0 - q0, ((w0 * w1) << 1n) - p1 - q1];
}

const coefficients = ({ c0, c1 }: Field): Coefficients =>
  [c0.c0, c0.c1, c0.c2, c1.c0, c1.c1, c1.c2].flatMap((pair) => [pair.c0, pair.c1]);

function element(f: Coefficients): Field {
  const pair = (i: number) => ({ c0: Fp.create(f[i]!), c1: Fp.create(f[i + 1]!) });
  return { c0: { c0: pair(0), c1: pair(2), c2: pair(4) }, c1: { c0: pair(6), c1: pair(8), c2: pair(10) } };
}
