import { bls12_381 } from '@noble/curves/bls12-381.js';
import { canonical, conjugate, type Element, multiple, multiplied, squaredThrice } from './tower.ts';

const { Fp, Fp12 } = bls12_381.fields;

/** The size of the curve's parameter x, which is negative: its set bits from the second on. */
const X = 0xd201000000010000n;
const BITS = /* @__PURE__ */ Array.from(X.toString(2).slice(1), Number);
const THIRD = /* @__PURE__ */ Fp.inv(3n);

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

/** f^x for f of the cyclotomic subgroup, where the conjugate is the inverse. */
function toX(f: Element): Element {
  let power = multiple(f, 3n);
  for (const bit of BITS) {
    power = squaredThrice(power);
    if (bit === 1) power = multiplied(power, f);
  }
  return conjugate(multiple(power, THIRD));
}
