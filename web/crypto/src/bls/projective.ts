import { bls12_381 } from '@noble/curves/bls12-381.js';
import type { G1 } from './g1.ts';

/*
 * Doubling and adding as the curve library does it, by the complete formulas of Renes, Costello and Batina (eprint
 * 2015/1060): no case is an exception, the identity and equal points included. Those of curves with a = 0 need a third
 * fewer products, and a coefficient is reduced once, where it enters a product, instead of after every sum: half the
 * time. Coordinates lie between -P and P.
 */

const { Point } = bls12_381.G1;
const { Fp } = bls12_381.fields;
const P = Fp.ORDER;
/** Three times the b of y^2 = x^3 + b. */
const B3 = 12n;

/** A point of the curve (X : Y : Z), x = X / Z and y = Y / Z. */
export interface Projective {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
}

export const IDENTITY: Projective = { X: 0n, Y: 1n, Z: 0n };

/** Algorithm 9. */
export function doubled({ X, Y, Z }: Projective): Projective {
  const yy = (Y * Y) % P;
  const bzz = (B3 * (Z * Z)) % P;
  const less = yy - 3n * bzz;
  const eight = yy << 3n;
  return {
    X: (((X * Y) % P) * (less << 1n)) % P,
    Y: (bzz * eight + less * (yy + bzz)) % P,
    Z: (((Y * Z) % P) * eight) % P,
  };
}

/** Algorithm 7. Much faster where the second point is affine: products with one cost nothing. */
export function added({ X, Y, Z }: Projective, { X: X2, Y: Y2, Z: Z2 }: Projective): Projective {
  const xx = (X * X2) % P;
  const yy = (Y * Y2) % P;
  const bzz = B3 * ((Z * Z2) % P);
  const xy = ((X + Y) * (X2 + Y2) - xx - yy) % P;
  const yz = (Y * Z2 + Y2 * Z) % P;
  const bxz = B3 * ((X * Z2 + X2 * Z) % P);
  const more = yy + bzz;
  const less = yy - bzz;
  const xxx = 3n * xx;
  return { X: (xy * less - yz * bxz) % P, Y: (bxz * xxx + less * more) % P, Z: (more * yz + xxx * xy) % P };
}

export const negated = ({ X, Y, Z }: Projective): Projective => ({ X, Y: -Y, Z });

/** The same points with Z = 1, by one field inversion for all; the identity stays as it is. */
export function affine(points: readonly Projective[]): Projective[] {
  const inverses = Fp.invertBatch(points.map(({ Z }) => (Z === 0n ? 1n : Fp.create(Z))));
  return points.map((point, i) => (point.Z === 0n ? point : { X: (point.X * inverses[i]!) % P, Y: (point.Y * inverses[i]!) % P, Z: 1n }));
}

/** As a point of the library. */
export const asPoint = ({ X, Y, Z }: Projective): G1 => new Point(Fp.create(X), Fp.create(Y), Fp.create(Z));
