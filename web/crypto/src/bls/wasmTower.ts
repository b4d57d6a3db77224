import { bls12_381 } from '@noble/curves/bls12-381.js';
import { at, type Body, type Functions, plus, type Ref } from './wasm.ts';

/*
 * The field that pairings are computed in, in WebAssembly: Fp2 = Fp[i], i^2 = -1; Fp6 = Fp2[v], v^3 = 1 + i; Fp12 = Fp6[w],
 * w^2 = v.
 *
 * A number is 15 limbs of 26 bits, the lowest first, in Montgomery form: x stands for x R mod P, R = 2^390. Limbs have signs,
 * and sums are not carried. A product is 30 columns of 64 bits; products are summed as they are, and each coefficient is
 * reduced once in the end (lazy reduction, eprint 2010/526, section 3), to between -P and 2 P. What is multiplied is a sum
 * of a few numbers at the most, so that no coefficient is a sum of more than sixty products, and a column, 15 products of
 * 52 bits each, keeps within 63 bits. What a column holds for a while may be more: it wraps around, and back.
 */

/** An element of Fp2. */
export type Pair = (typeof bls12_381.fields.Fp2)['ZERO'];

const P = bls12_381.fields.Fp.ORDER;
const LIMBS = 15;
const BITS = 26n;
const MASK = (1n << BITS) - 1n;
const COLUMNS = 2 * LIMBS;

/** Bytes of a number, a pair, an element of Fp6, and of Fp12. */
export const NUMBER = 4 * LIMBS;
export const PAIR = 2 * NUMBER;
export const TRIPLE = 3 * PAIR;
export const ELEMENT = 2 * TRIPLE;
const WIDE_NUMBER = 8 * COLUMNS;
/** The same of what is not reduced yet. */
export const WIDE = 2 * WIDE_NUMBER;
export const WIDE_TRIPLE = 3 * WIDE;

const R = 1n << (BITS * BigInt(LIMBS));
const R_INVERSE = /* @__PURE__ */ bls12_381.fields.Fp.inv(R % P);
const limbsOf = (value: bigint): bigint[] => Array.from({ length: LIMBS }, (_, i) => (value >> (BITS * BigInt(i))) & MASK);
const P_LIMBS = /* @__PURE__ */ limbsOf(P);

/** Writes a number. @param limbs of the memory from its place on */
export function write(value: bigint, limbs: Int32Array): void {
  limbsOf((value * R) % P).forEach((limb, i) => { limbs[i] = Number(limb); });
}

/** Reads a number, from 0 to P - 1. */
export function read(limbs: Int32Array): bigint {
  let value = 0n;
  for (let i = LIMBS - 1; i >= 0; i--) value = (value << BITS) + BigInt(limbs[i]!);
  const reduced = (value * R_INVERSE) % P;
  return reduced < 0n ? reduced + P : reduced;
}

/** Where functions keep what lies between; none calls itself. */
export class Scratch {
  #next = 0;

  take(bytes: number): Ref {
    const ref = at(this.#next);
    this.#next += bytes + (-bytes & 7);
    return ref;
  }

  get end(): number {
    return this.#next;
  }
}

/** Adds the field's functions. Each writes to its first place, which may be one of the others but for those with wide results. */
export function tower(functions: Functions, scratch: Scratch): void {
  numbers(functions);
  pairs(functions, scratch);
  triples(functions, scratch);
  elements(functions, scratch);
  cyclotomic(functions, scratch);
}

const limb = (ref: Ref, i: number): Ref => plus(ref, 4 * i);
const column = (ref: Ref, k: number): Ref => plus(ref, 8 * k);
const each = (count: number, act: (i: number) => void): void => { for (let i = 0; i < count; i++) act(i); };

function numbers(functions: Functions): void {
  // Montgomery's reduction, column by column: m makes each of the lower ones a multiple of R's part.
  functions.add('reduce', 2, (body, o, wide) => {
    const m = body.locals(LIMBS);
    const [sum] = body.locals(1) as [number];
    const inverse = negativeInverse();
    each(COLUMNS, (k) => {
      body.load(column(wide!, k));
      if (k > 0) body.get(sum).const64(BITS).shift().add();
      each(LIMBS, (i) => { if (i < k && k - i < LIMBS) body.get(m[i]!).const64(P_LIMBS[k - i]!).mul().add(); });
      body.set(sum);
      if (k < LIMBS) {
        body.get(sum).const64(inverse).mul().const64(MASK).and().set(m[k]!);
        body.get(sum).get(m[k]!).const64(P_LIMBS[0]!).mul().add().set(sum);
      } else {
        body.storeLow(limb(o!, k - LIMBS), () => {
          body.get(sum);
          if (k < COLUMNS - 1) body.const64(MASK).and();
        });
      }
    });
  });
  // The same number with limbs of 26 bits, between about 0 and P: the highest limb tells how often P goes into it.
  functions.add('carried', 2, (body, o, a) => {
    const limbs = body.locals(LIMBS);
    const [sum, times] = body.locals(2) as [number, number];
    each(LIMBS, (i) => {
      body.loadSigned(limb(a!, i));
      if (i > 0) body.get(sum).const64(BITS).shift().add();
      body.set(sum).get(sum);
      if (i < LIMBS - 1) body.const64(MASK).and();
      body.set(limbs[i]!);
    });
    const precision = 40n;
    const reciprocal = (1n << (precision + BITS * BigInt(LIMBS - 1))) / P;
    body.get(sum).const64(reciprocal).mul().const64(precision).shift().set(times);
    each(LIMBS, (i) => {
      body.get(limbs[i]!).get(times).const64(P_LIMBS[i]!).mul().sub();
      if (i > 0) body.get(sum).const64(BITS).shift().add();
      body.set(sum);
      body.storeLow(limb(o!, i), () => {
        body.get(sum);
        if (i < LIMBS - 1) body.const64(MASK).and();
      });
    });
  });
}

/** -1 / P modulo 2^26. */
function negativeInverse(): bigint {
  let inverse = 1n;
  for (let i = 0; i < 5; i++) inverse = (inverse * (2n - P * inverse)) & MASK;
  return -inverse & MASK;
}

/** Leaves a column of the product of two numbers. */
function columnOf(body: Body, k: number, a: readonly number[], b: readonly number[]): void {
  body.const64(0n);
  each(LIMBS, (i) => { if (i <= k && k - i < LIMBS) body.get(a[i]!).get(b[k - i]!).mul().add(); });
}

function columns(body: Body, o: Ref, a: readonly number[], b: readonly number[]): void {
  each(COLUMNS, (k) => body.store(column(o, k), () => columnOf(body, k, a, b)));
}

function loaded(body: Body, a: Ref): number[] {
  const limbs = body.locals(LIMBS);
  limbs.forEach((local, i) => body.loadSigned(limb(a, i)).set(local));
  return limbs;
}

function pairs(functions: Functions, scratch: Scratch): void {
  // Three products instead of four (Karatsuba), column by column.
  functions.add('wideProduct', 3, (body, o, a, b) => {
    const [a0, a1] = [loaded(body, a!), loaded(body, plus(a!, NUMBER))];
    const [b0, b1] = [loaded(body, b!), loaded(body, plus(b!, NUMBER))];
    const [sumA, sumB] = [body.locals(LIMBS), body.locals(LIMBS)];
    const [t0, t1] = body.locals(2) as [number, number];
    each(LIMBS, (i) => {
      body.get(a0[i]!).get(a1[i]!).add().set(sumA[i]!);
      body.get(b0[i]!).get(b1[i]!).add().set(sumB[i]!);
    });
    each(COLUMNS, (k) => {
      columnOf(body, k, a0, b0);
      body.set(t0);
      columnOf(body, k, a1, b1);
      body.set(t1);
      body.store(column(o!, k), () => body.get(t0).get(t1).sub());
      body.store(column(o!, COLUMNS + k), () => {
        columnOf(body, k, sumA, sumB);
        body.get(t0).sub().get(t1).sub();
      });
    });
  });
  functions.add('wideSquare', 2, (body, o, a) => {
    const [a0, a1] = [loaded(body, a!), loaded(body, plus(a!, NUMBER))];
    const [sum, difference, twice] = [body.locals(LIMBS), body.locals(LIMBS), body.locals(LIMBS)];
    each(LIMBS, (i) => {
      body.get(a0[i]!).get(a1[i]!).add().set(sum[i]!);
      body.get(a0[i]!).get(a1[i]!).sub().set(difference[i]!);
      body.get(a0[i]!).get(a0[i]!).add().set(twice[i]!);
    });
    columns(body, o!, sum, difference);
    columns(body, plus(o!, WIDE_NUMBER), twice, a1);
  });
  // A pair times a number.
  functions.add('wideScaled', 3, (body, o, a, factor) => {
    const [a0, a1, f] = [loaded(body, a!), loaded(body, plus(a!, NUMBER)), loaded(body, factor!)];
    columns(body, o!, a0, f);
    columns(body, plus(o!, WIDE_NUMBER), a1, f);
  });
  for (const [name, instruction] of [['add', 'add32'], ['subtract', 'sub32']] as const) {
    functions.add(name, 3, (body, o, a, b) => each(2 * LIMBS, (i) => body.store32(limb(o!, i), () =>
      body.load32(limb(a!, i)).load32(limb(b!, i))[instruction]())));
  }
  for (const [name, instruction] of [['addWide', 'add'], ['subtractWide', 'sub']] as const) {
    functions.add(name, 3, (body, o, a, b) => each(2 * COLUMNS, (k) => body.store(column(o!, k), () =>
      body.load(column(a!, k)).load(column(b!, k))[instruction]())));
  }
  // Times 1 + i.
  functions.add('turn', 2, (body, o, a) => {
    const [c0, c1] = body.locals(2) as [number, number];
    each(LIMBS, (i) => {
      body.loadSigned(limb(a!, i)).set(c0).loadSigned(limb(a!, LIMBS + i)).set(c1);
      body.storeLow(limb(o!, i), () => body.get(c0).get(c1).sub());
      body.storeLow(limb(o!, LIMBS + i), () => body.get(c0).get(c1).add());
    });
  });
  functions.add('turnWide', 2, (body, o, a) => {
    const [c0, c1] = body.locals(2) as [number, number];
    each(COLUMNS, (k) => {
      body.load(column(a!, k)).set(c0).load(column(a!, COLUMNS + k)).set(c1);
      body.store(column(o!, k), () => body.get(c0).get(c1).sub());
      body.store(column(o!, COLUMNS + k), () => body.get(c0).get(c1).add());
    });
  });
  // Times a small number, which is what the third parameter is.
  functions.add('multiple', 3, (body, o, a, factor) => each(2 * LIMBS, (i) => body.store32(limb(o!, i), () =>
    body.load32(limb(a!, i)).get(factor!.parameter!).mul32())));
  for (const name of ['reduce', 'carried'] as const) {
    const size = name === 'reduce' ? WIDE_NUMBER : NUMBER;
    functions.add(`${name}Pair`, 2, (body, o, a) => void body.call(name, o!, a!).call(name, plus(o!, NUMBER), plus(a!, size)));
  }
  const wide = scratch.take(WIDE);
  functions.add('times', 3, (body, o, a, b) => void body.call('wideProduct', wide, a!, b!).call('reducePair', o!, wide));
  functions.add('square', 2, (body, o, a) => void body.call('wideSquare', wide, a!).call('reducePair', o!, wide));
  functions.add('scaled', 3, (body, o, a, b) => void body.call('wideScaled', wide, a!, b!).call('reducePair', o!, wide));
  functions.add('conjugatePair', 2, (body, o, a) => each(LIMBS, (i) => {
    body.store32(limb(o!, i), () => body.load32(limb(a!, i)));
    body.store32(limb(o!, LIMBS + i), () => body.const32(0).load32(limb(a!, LIMBS + i)).sub32());
  }));
}

/** The three pairs of an element of Fp6, or of whatever else has three, of so many bytes each. */
export const three = (ref: Ref, size = PAIR): readonly [Ref, Ref, Ref] => [ref, plus(ref, size), plus(ref, 2 * size)];

function triples(functions: Functions, scratch: Scratch): void {
  for (const [name, size] of [['add', PAIR], ['addWide', WIDE], ['subtractWide', WIDE]] as const) {
    functions.add(`${name}Triple`, 3, (body, o, a, b) => each(3, (i) =>
      body.call(name, plus(o!, i * size), plus(a!, i * size), plus(b!, i * size))));
  }
  functions.add('reduceTriple', 2, (body, o, a) => each(3, (i) => body.call('reducePair', plus(o!, i * PAIR), plus(a!, i * WIDE))));
  // a + v b and a - v b.
  for (const [name, size, turn] of [['add', PAIR, 'turn'], ['addWide', WIDE, 'turnWide'], ['subtractWide', WIDE, 'turnWide']] as const) {
    const turned = scratch.take(size);
    functions.add(`${name}TimesV`, 3, (body, o, a, b) => {
      const [a0, a1, a2] = three(a!, size);
      const [b0, b1, b2] = three(b!, size);
      const [o0, o1, o2] = three(o!, size);
      body.call(turn, turned, b2).call(name, o2, a2, b1).call(name, o1, a1, b0).call(name, o0, a0, turned);
    });
  }
  const [left, right] = [scratch.take(PAIR), scratch.take(PAIR)];
  const [t0, t1, t2, between] = [scratch.take(WIDE), scratch.take(WIDE), scratch.take(WIDE), scratch.take(WIDE)];
  // Six products instead of nine (Karatsuba; eprint 2006/471, section 4).
  functions.add('product', 3, (body, o, a, b) => {
    const [a0, a1, a2] = three(a!);
    const [b0, b1, b2] = three(b!);
    const [o0, o1, o2] = three(o!, WIDE);
    const cross = (to: Ref, i: Ref, j: Ref, k: Ref, l: Ref, t: Ref, u: Ref): void => void body.call('add', left, i, j)
      .call('add', right, k, l).call('wideProduct', to, left, right).call('subtractWide', to, to, t).call('subtractWide', to, to, u);
    body.call('wideProduct', t0, a0, b0).call('wideProduct', t1, a1, b1).call('wideProduct', t2, a2, b2);
    cross(between, a1, a2, b1, b2, t1, t2);
    body.call('turnWide', between, between).call('addWide', o0, t0, between);
    cross(o1, a0, a1, b0, b1, t0, t1);
    body.call('turnWide', between, t2).call('addWide', o1, o1, between);
    cross(o2, a0, a2, b0, b2, t0, t2);
    body.call('addWide', o2, o2, t1);
  });
  // a (b0 + b1 v).
  functions.add('sparse', 4, (body, o, a, b0, b1) => {
    const [a0, a1, a2] = three(a!);
    const [o0, o1, o2] = three(o!, WIDE);
    body.call('wideProduct', t0, a0, b0!).call('wideProduct', t1, a1, b1!);
    body.call('wideProduct', between, a2, b1!).call('turnWide', between, between).call('addWide', o0, t0, between);
    body.call('add', left, a0, a1).call('add', right, b0!, b1!).call('wideProduct', o1, left, right);
    body.call('subtractWide', o1, o1, t0).call('subtractWide', o1, o1, t1);
    body.call('wideProduct', o2, a2, b0!).call('addWide', o2, o2, t1);
  });
}

function elements(functions: Functions, scratch: Scratch): void {
  const [s, u] = [scratch.take(TRIPLE), scratch.take(TRIPLE)];
  const [t0, t1, both] = [scratch.take(WIDE_TRIPLE), scratch.take(WIDE_TRIPLE), scratch.take(WIDE_TRIPLE)];
  // a b, by three products in Fp6.
  functions.add('multiplied', 3, (body, o, a, b) => {
    body.call('product', t0, a!, b!).call('product', t1, plus(a!, TRIPLE), plus(b!, TRIPLE));
    body.call('addTriple', s, a!, plus(a!, TRIPLE)).call('addTriple', u, b!, plus(b!, TRIPLE)).call('product', both, s, u);
    body.call('subtractWideTriple', both, both, t0).call('subtractWideTriple', both, both, t1).call('reduceTriple', plus(o!, TRIPLE), both);
    body.call('addWideTimesV', t0, t0, t1).call('reduceTriple', o!, t0);
  });
  // a^2 = (a0 + a1)(a0 + v a1) - t - v t + 2 t w with t = a0 a1 (complex squaring; eprint 2006/471, section 3).
  functions.add('squared', 2, (body, o, a) => {
    body.call('product', t0, a!, plus(a!, TRIPLE));
    body.call('addTriple', s, a!, plus(a!, TRIPLE)).call('addTimesV', u, a!, plus(a!, TRIPLE)).call('product', both, s, u);
    body.call('subtractWideTriple', both, both, t0).call('subtractWideTimesV', both, both, t0).call('reduceTriple', o!, both);
    body.call('addWideTriple', t0, t0, t0).call('reduceTriple', plus(o!, TRIPLE), t0);
  });
  // a0^2 - v a1^2, an element of Fp6: the norm.
  functions.add('norm', 2, (body, o, a) => void body.call('product', t0, a!, a!).call('product', t1, plus(a!, TRIPLE), plus(a!, TRIPLE))
    .call('subtractWideTimesV', t0, t0, t1).call('reduceTriple', o!, t0));
  // a times an element of Fp6.
  functions.add('scaledElement', 3, (body, o, a, b) => void body.call('product', t0, a!, b!).call('product', t1, plus(a!, TRIPLE), b!)
    .call('reduceTriple', o!, t0).call('reduceTriple', plus(o!, TRIPLE), t1));
  functions.add('conjugate', 2, (body, o, a) => each(6 * 2 * LIMBS, (i) => body.store32(limb(o!, i), () => {
    if (i < 6 * LIMBS) body.load32(limb(a!, i));
    else body.const32(0).load32(limb(a!, i)).sub32();
  })));
}

/** a^2 for elements of the cyclotomic subgroup (eprint 2009/565, section 3.2). */
function cyclotomic(functions: Functions, scratch: Scratch): void {
  const sum = scratch.take(PAIR);
  const [aa, bb, both] = [scratch.take(WIDE), scratch.take(WIDE), scratch.take(WIDE)];
  // The square of a + b s, s^2 = 1 + i: a^2 + (1 + i) b^2, and 2 a b after it.
  functions.add('squareOfFour', 3, (body, o, a, b) => {
    body.call('wideSquare', aa, a!).call('wideSquare', bb, b!);
    body.call('add', sum, a!, b!).call('wideSquare', both, sum).call('subtractWide', both, both, aa).call('subtractWide', both, both, bb);
    body.call('reducePair', plus(o!, PAIR), both).call('turnWide', bb, bb).call('addWide', aa, aa, bb).call('reducePair', o!, aa);
  });
  const [f, g, h] = [scratch.take(2 * PAIR), scratch.take(2 * PAIR), scratch.take(2 * PAIR)];
  const twice = scratch.take(PAIR);
  functions.add('cyclotomicSquare', 2, (body, o, a) => {
    const [a0, a1, a2] = three(a!);
    const [a3, a4, a5] = three(plus(a!, TRIPLE));
    body.call('squareOfFour', f, a0, a4).call('squareOfFour', g, a3, a2).call('squareOfFour', h, a1, a5);
    const second = (of: Ref): Ref => plus(of, PAIR);
    body.call('turn', second(h), second(h));
    // 3 t - 2 x for the first three, 3 t + 2 x for the others.
    const places: readonly (readonly [number, Ref, 'add' | 'subtract'])[] = [
      [0, f, 'subtract'], [1, g, 'subtract'], [2, h, 'subtract'], [3, second(h), 'add'], [4, second(f), 'add'], [5, second(g), 'add'],
    ];
    for (const [i, t, sign] of places) {
      const to = plus(o!, i * PAIR);
      body.call(sign, twice, t, plus(a!, i * PAIR)).call('add', twice, twice, twice).call('add', twice, twice, t).call('carriedPair', to, twice);
    }
  });
}
