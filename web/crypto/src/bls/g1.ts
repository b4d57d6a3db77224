import { normalizeZ } from '@noble/curves/abstract/curve.js';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { MalformedError } from '../errors.ts';

/** A point of the group G1. One that was parsed or computed here lies in the subgroup. */
export type G1 = WeierstrassPoint<bigint>;

/** Octets of a compressed point of G1. */
export const G1_LENGTH = 48;

const Point = bls12_381.G1.Point;
const Fp = bls12_381.fields.Fp;
const COMPRESSED = 0x80;
const INFINITY = 0x40;
const LARGER_Y = 0x20;

/**
 * octets_to_point_E1 with the checks of core draft section 4.2.4.5: length, canonical, on the curve, in the subgroup,
 * not the identity.
 */
export function parseG1(octets: Uint8Array): G1 {
  if (octets.length !== G1_LENGTH) throw new MalformedError(`a point of G1 has 48 bytes, not ${octets.length}`);
  const point = decode(octets);
  if (point.is0()) throw new MalformedError('the identity of G1');
  return point;
}

function decode(octets: Uint8Array): G1 {
  try {
    return Point.fromBytes(octets);
  } catch {
    throw new MalformedError('not a point of G1');
  }
}

/**
 * point_to_octets_E1 of points that lie in the subgroup, with one field inversion for all. The library's own encoder
 * would check the subgroup of each again, at the price of a scalar multiplication.
 */
export function g1Octets(points: readonly G1[]): Uint8Array[] {
  return normalizeZ(Point, [...points]).map(encode);
}

function encode(point: G1): Uint8Array {
  const { x, y } = point.toAffine();
  const octets = numberToBytesBE(x, G1_LENGTH);
  const flags = point.is0() ? INFINITY : y + y >= Fp.ORDER ? LARGER_Y : 0;
  octets[0] = octets[0]! | COMPRESSED | flags;
  return octets;
}

/** hash_to_curve of RFC 9380 section 3 for G1, suite BLS12381G1_XMD:SHA-256_SSWU_RO_. */
export const hashToG1 = (octets: Uint8Array, dst: Uint8Array): G1 =>
  bls12_381.G1.hashToCurve(octets, { DST: dst }) as G1;
