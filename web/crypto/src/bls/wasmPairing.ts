import { bls12_381 } from '@noble/curves/bls12-381.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { Functions } from './wasm.ts';
import { LINE, lines } from './wasmLines.ts';
import { ELEMENT, NUMBER, PAIR, type Pair, read, Scratch, tower, TRIPLE, write } from './wasmTower.ts';

/*
 * The pairing in WebAssembly, several times as fast as the curve library's: a phone tries hundreds of warnings on its slots.
 * It serves sealing and opening alone; passes are verified with the library's, which also does where WebAssembly is not to
 * be had. The steps of the Miller loop and of the final exponentiation are few; the work is in the functions they call.
 */

const { Fp, Fp12 } = bls12_381.fields;

/** The size of the curve's parameter x, which is negative: its bits from the second on. */
const BITS = /* @__PURE__ */ Array.from(0xd201000000010000n.toString(2).slice(1), (bit) => bit === '1');
const LINES = /* @__PURE__ */ BITS.reduce((sum, isSet) => sum + (isSet ? 2 : 1), 0);
const OCTETS = 48;

/** The lines of the Miller loop for one point of G2, as the module keeps them; 25 kB. */
export type WasmLines = Uint8Array;

type Name =
  | 'multiplied' | 'squared' | 'cyclotomicSquare' | 'conjugate' | 'norm' | 'scaledElement' | 'timesLine' | 'tangent' | 'chord'
  | 'times' | 'square' | 'scaled' | 'add' | 'subtract' | 'turn' | 'conjugatePair' | 'carriedPair';
type Exports = Readonly<Record<Name, (...places: number[]) => void>> & { readonly memory: WebAssembly.Memory };

/** Where everything stands. */
interface Places {
  readonly elements: readonly number[];
  /** The factors of the coefficients in f^p and f^(p^2). */
  readonly gammas: readonly (readonly number[])[];
  /** An element of Fp6 that is inverted, and what comes between. */
  readonly triple: number;
  readonly cofactors: number;
  readonly u: number;
  readonly w: number;
  readonly inverse: number;
  readonly x: number;
  readonly y: number;
  readonly multiple: number;
  readonly point: number;
  readonly lines: number;
}

function places(scratch: Scratch): Places {
  const take = (bytes: number): number => scratch.take(bytes).offset;
  return {
    elements: Array.from({ length: 8 }, () => take(ELEMENT)), gammas: [1, 2].map(() => Array.from({ length: 6 }, () => take(PAIR))),
    triple: take(TRIPLE), cofactors: take(TRIPLE), u: take(PAIR), w: take(PAIR), inverse: take(NUMBER),
    x: take(NUMBER), y: take(NUMBER), multiple: take(TRIPLE), point: take(2 * PAIR), lines: take(LINES * LINE),
  };
}

/** One instance of the module. Not to be used by two at once, which no thread can. */
export class WasmPairing {
  readonly #places: Places;
  readonly #wasm: Exports;
  readonly #limbs: Int32Array;
  readonly #octets: Uint8Array;

  /** @throws {Error} there is no WebAssembly, or the policy of this document does not allow it */
  constructor() {
    const [functions, scratch] = [new Functions(), new Scratch()];
    this.#places = places(scratch);
    tower(functions, scratch);
    lines(functions, scratch, this.#places);
    const module = new WebAssembly.Module(functions.module(scratch.end));
    this.#wasm = new WebAssembly.Instance(module).exports as unknown as Exports;
    this.#limbs = new Int32Array(this.#wasm.memory.buffer);
    this.#octets = new Uint8Array(this.#wasm.memory.buffer);
    this.#places.gammas.forEach((factors, power) => factors.forEach((place, i) => this.#writePair(place, gamma(i, power + 1))));
  }

  /** The lines of (x, y), a point of the curve. */
  lines(x: Pair, y: Pair): WasmLines {
    const { multiple, point, lines } = this.#places;
    const { tangent, chord } = this.#wasm;
    const one: Pair = { c0: 1n, c1: 0n };
    [x, y, one].forEach((coordinate, i) => this.#writePair(multiple + i * PAIR, coordinate));
    [x, y].forEach((coordinate, i) => this.#writePair(point + i * PAIR, coordinate));
    let next = lines;
    for (const isSet of BITS) {
      for (const step of isSet ? [tangent, chord] : [tangent]) {
        step(next);
        next += LINE;
      }
    }
    return this.#octets.slice(lines, next);
  }

  /** The pairing of (x, y), a point of G1, with the point of the lines: 576 octets, twelve coefficients of 48, the lowest first. */
  pairing(x: bigint, y: bigint, lines: WasmLines): Uint8Array {
    this.#write(this.#places.x, x);
    this.#write(this.#places.y, y);
    this.#octets.set(lines, this.#places.lines);
    const [f, ...others] = this.#places.elements as [number, ...number[]];
    this.#millerLoop(f);
    this.#finalExponentiation(f, others as [number, number, number, number, number, number, number]);
    const octets = new Uint8Array(12 * OCTETS);
    for (let i = 0; i < 12; i++) octets.set(numberToBytesBE(this.#read(f + i * NUMBER), OCTETS), i * OCTETS);
    return octets;
  }

  #millerLoop(f: number): void {
    const { squared, timesLine, conjugate } = this.#wasm;
    this.#octets.fill(0, f, f + ELEMENT);
    this.#write(f, 1n);
    let next = this.#places.lines;
    BITS.forEach((isSet, i) => {
      if (i > 0) squared(f, f);
      for (let n = isSet ? 2 : 1; n > 0; n--) {
        timesLine(f, next);
        next += LINE;
      }
    });
    conjugate(f, f); // the curve's parameter is negative
  }

  /**
   * f^(3 (p^12 - 1) / r): (p^6 - 1)(p^2 + 1) first, then 3 (p^4 - p^2 + 1) / r = (x - 1)^2 (x + p) (x^2 + p^2 - 1) + 3
   * (eprint 2020/875).
   * @param others places of elements
   */
  #finalExponentiation(f: number, [t, m, a, b, c, d, e]: readonly [number, number, number, number, number, number, number]): void {
    const { multiplied, conjugate } = this.#wasm;
    this.#invert(t, f);
    conjugate(f, f);
    multiplied(t, t, f);
    this.#frobenius(m, t, 2);
    multiplied(m, m, t);
    this.#toXMinusOne(d, m, e);
    this.#toXMinusOne(a, d, e);
    this.#toX(b, a);
    this.#frobenius(d, a, 1);
    multiplied(b, b, d);
    this.#toX(d, b);
    this.#toX(c, d);
    this.#frobenius(d, b, 2);
    conjugate(e, b);
    multiplied(d, d, e);
    multiplied(c, c, d);
    multiplied(d, m, m);
    multiplied(d, d, m);
    multiplied(f, c, d);
  }

  /** f^(x - 1). @param between a place for what comes between */
  #toXMinusOne(to: number, f: number, between: number): void {
    this.#toX(to, f);
    this.#wasm.conjugate(between, f);
    this.#wasm.multiplied(to, to, between);
  }

  /** f^x for f of the cyclotomic subgroup, where the conjugate is the inverse. */
  #toX(to: number, f: number): void {
    const { cyclotomicSquare, multiplied, conjugate } = this.#wasm;
    let from = f;
    for (const isSet of BITS) {
      cyclotomicSquare(to, from);
      if (isSet) multiplied(to, to, f);
      from = to;
    }
    conjugate(to, to);
  }

  /** f^(p^power): each coefficient has a factor of its own. */
  #frobenius(to: number, f: number, power: 1 | 2): void {
    const { conjugatePair, times } = this.#wasm;
    this.#places.gammas[power - 1]!.forEach((factor, i) => {
      const place = to + i * PAIR;
      if (power === 1) conjugatePair(place, f + i * PAIR);
      times(place, power === 1 ? place : f + i * PAIR, factor);
    });
  }

  /** 1 / f = (f0 - f1 w) / (f0^2 - v f1^2). */
  #invert(to: number, f: number): void {
    const { norm, scaledElement, conjugate } = this.#wasm;
    norm(this.#places.triple, f);
    this.#invertTriple(this.#places.triple);
    scaledElement(to, f, this.#places.triple);
    conjugate(to, to);
  }

  /** The inverse of an element of Fp6 (eprint 2009/565, appendix). */
  #invertTriple(c0: number): void {
    const { times, square, subtract, add, turn, carriedPair, scaled, conjugatePair } = this.#wasm;
    const { cofactors, inverse, u, w } = this.#places;
    const [c1, c2] = [c0 + PAIR, c0 + 2 * PAIR];
    const [t0, t1, t2] = [cofactors, cofactors + PAIR, cofactors + 2 * PAIR];
    // c0^2 - (1 + i) c1 c2
    times(u, c1, c2);
    turn(u, u);
    square(t0, c0);
    subtract(t0, t0, u);
    carriedPair(t0, t0);
    // (1 + i) c2^2 - c0 c1
    square(t1, c2);
    turn(t1, t1);
    times(u, c0, c1);
    subtract(t1, t1, u);
    carriedPair(t1, t1);
    // c1^2 - c0 c2
    square(t2, c1);
    times(u, c0, c2);
    subtract(t2, t2, u);
    carriedPair(t2, t2);
    // c0 t0 + (1 + i) (c2 t1 + c1 t2)
    times(u, c2, t1);
    times(w, c1, t2);
    add(u, u, w);
    turn(u, u);
    times(w, c0, t0);
    add(u, u, w);
    carriedPair(u, u);
    const [re, im] = [this.#read(u), this.#read(u + NUMBER)];
    this.#write(inverse, Fp.inv(Fp.create(re * re + im * im)));
    conjugatePair(u, u);
    scaled(u, u, inverse);
    [t0, t1, t2].forEach((place, i) => times(c0 + i * PAIR, place, u));
  }

  #writePair(place: number, { c0, c1 }: Pair): void {
    this.#write(place, c0);
    this.#write(place + NUMBER, c1);
  }

  #write(place: number, value: bigint): void {
    write(value, this.#limbs.subarray(place / 4));
  }

  #read(place: number): bigint {
    return read(this.#limbs.subarray(place / 4));
  }
}

/** The factor of a coefficient in f^(p^power). */
function gamma(i: number, power: number): Pair {
  const one = Fp12.toBytes(Fp12.ZERO);
  one[(2 * i + 1) * OCTETS - 1] = 1;
  const { c0, c1 } = Fp12.frobeniusMap(Fp12.fromBytes(one), power);
  return [c0.c0, c0.c1, c0.c2, c1.c0, c1.c1, c1.c2][i]!;
}
