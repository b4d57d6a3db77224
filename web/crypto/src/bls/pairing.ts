import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { MalformedError } from '../errors.ts';
import { concat } from '../octets.ts';
import type { G1 } from './g1.ts';
import { type WasmLines, WasmPairing } from './wasmPairing.ts';

/** A point of the group G2. */
export type G2 = WeierstrassPoint<(typeof bls12_381.fields.Fp2)['ZERO']>;

/** The lines of the Miller loop for one point of G2: the half of a pairing that does not depend on G1. */
export type Lines = ReturnType<typeof bls12_381.utils.calcPairingPrecomputes>;

/** Octets of a compressed point of G2. */
export const G2_LENGTH = 96;

const Point = bls12_381.G2.Point;
const { Fp, Fp2, Fp12 } = bls12_381.fields;
type Fp2Element = (typeof Fp2)['ZERO'];

const COMPRESSED = 0x80;
const LARGER_Y = 0x20;
/** Compressed, infinity, larger y. */
const FLAGS = 0xe0;

/** octets_to_pubkey, core draft section 4.2.4.6: length, canonical, on the curve, in the subgroup, not the identity. */
export function parseG2(octets: Uint8Array): G2 {
  if (octets.length !== G2_LENGTH) throw new MalformedError(`a point of G2 has 96 bytes, not ${octets.length}`);
  const point = decode(octets);
  if (point.is0()) throw new MalformedError('the identity of G2');
  return point;
}

function decode(octets: Uint8Array): G2 {
  try {
    return Point.fromBytes(octets);
  } catch {
    throw new MalformedError('not a point of G2');
  }
}

/**
 * Reads a point of the curve in canonical form without asking whether it lies in the subgroup, which is two thirds of the
 * work: for what is compared with a multiple of the generator afterwards, and so lies there if it is accepted.
 */
export function parseCurvePoint(octets: Uint8Array): G2 {
  if (octets.length !== G2_LENGTH) throw new MalformedError(`a point of G2 has 96 bytes, not ${octets.length}`);
  const flags = octets[0]! & FLAGS;
  const c1 = bytesToNumberBE(Uint8Array.of(octets[0]! & ~FLAGS, ...octets.subarray(1, G2_LENGTH / 2)));
  const c0 = bytesToNumberBE(octets.subarray(G2_LENGTH / 2));
  if ((flags & ~LARGER_Y) !== COMPRESSED || c0 >= Fp.ORDER || c1 >= Fp.ORDER) throw new MalformedError('not a point of G2');
  const x = { c0, c1 };
  const y = root(Fp2.add(Fp2.mul(Fp2.sqr(x), x), Point.CURVE().b));
  return Point.fromAffine({ x, y: isLarger(y) === (flags === COMPRESSED + LARGER_Y) ? y : Fp2.neg(y) });
}

/** Whether y is the larger of itself and its negative, which is what a compressed point says of it. */
const isLarger = (y: Fp2Element): boolean => (y.c1 === 0n ? y.c0 + y.c0 >= Fp.ORDER : y.c1 + y.c1 >= Fp.ORDER);

function root(square: Fp2Element): Fp2Element {
  try {
    return Fp2.sqrt(square);
  } catch {
    throw new MalformedError('not a point of G2');
  }
}

/** The generator BP2 with a table of its multiples beside it, which pays from some fifty scalars on; 1,400 points, so do not keep it. */
export function g2GeneratorWithTable(): G2 {
  const generator = Point.fromAffine(Point.BASE.toAffine());
  generator.precompute();
  return generator;
}

/**
 * BP2 * scalar in compressed form. The library's own encoding asks once more whether a point lies in the subgroup, which a
 * multiple of the generator does, and takes as long for it as for the multiplication.
 */
export function g2GeneratorTimes(scalar: bigint, generator: G2 = Point.BASE): Uint8Array {
  const { x, y } = generator.multiply(scalar).toAffine();
  const octets = concat(numberToBytesBE(x.c1, G2_LENGTH / 2), numberToBytesBE(x.c0, G2_LENGTH / 2));
  octets[0]! |= COMPRESSED | (isLarger(y) ? LARGER_Y : 0);
  return octets;
}

/** The lines of one point; a millisecond, so callers keep them. */
export const linesOf = (point: G2): Lines => bls12_381.utils.calcPairingPrecomputes(point);

/** The same for {@link pairingOctets} alone: the library's where there is no WebAssembly. */
export type FastLines = WasmLines | Lines;

/** Null where there is no WebAssembly. */
let wasm: WasmPairing | null | undefined;

/** Made on first use, so that only a worker that seals or opens asks for it; the policy of its file may refuse. */
function wasmPairing(): WasmPairing | null {
  if (wasm === undefined) {
    try {
      wasm = new WasmPairing();
    } catch {
      wasm = null;
    }
  }
  return wasm;
}

/** The lines of a point of the curve, for sealing and opening. */
export function fastLinesOf(point: G2): FastLines {
  const { x, y } = point.toAffine();
  return wasmPairing()?.lines(x, y) ?? linesOf(point);
}

/**
 * The pairing of a point of G1 other than the identity with the point of the lines: twelve coefficients of 48 octets each,
 * the lowest first, in the order of spec/presence.md section 1.3.
 */
export function pairingOctets(point: G1, lines: FastLines): Uint8Array {
  if (!(lines instanceof Uint8Array)) return Fp12.toBytes(Fp12.finalExponentiate(millerLoops([[point, lines]])));
  const { x, y } = point.toAffine();
  return wasmPairing()!.pairing(x, y, lines);
}

let minusGenerator: Lines | undefined;

/** The lines of -BP2, made on first use and kept. */
export const minusGeneratorLines = (): Lines => (minusGenerator ??= linesOf(Point.BASE.negate()));

/**
 * Whether the product of the pairings is one, with one Miller loop and one final exponentiation for all.
 * The identity of G1 counts as failure, for it would drop its factor.
 */
export function pairingProductIsOne(...pairs: readonly (readonly [G1, Lines])[]): boolean {
  if (pairs.some(([point]) => point.is0())) return false;
  return Fp12.eql(Fp12.finalExponentiate(millerLoops(pairs)), Fp12.ONE);
}

function millerLoops(pairs: readonly (readonly [G1, Lines])[]): (typeof Fp12)['ONE'] {
  return bls12_381.millerLoopBatch(pairs.map(([point, lines]): [Lines, bigint, bigint] => {
    const { x, y } = point.toAffine();
    return [lines, x, y];
  }));
}
