import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { MalformedError } from '../errors.ts';
import type { RandomBytes } from '../random.ts';

/** Octets of a scalar. */
export const SCALAR_LENGTH = 32;

/** expand_len of the suite: octets drawn for one scalar so that the reduction's bias stays below 2^-128. */
export const EXPANDED_LENGTH = 48;

/** The field of integers modulo the group order r. */
export const Fr = bls12_381.fields.Fr;

/** Reads 32 octets, most significant first, as an integer from 1 to r - 1. */
export function parseScalar(octets: Uint8Array): bigint {
  if (octets.length !== SCALAR_LENGTH) throw new MalformedError(`a scalar has 32 bytes, not ${octets.length}`);
  const value = bytesToNumberBE(octets);
  if (!Fr.isValidNot0(value)) throw new MalformedError('a scalar lies between 1 and r - 1');
  return value;
}

/** I2OSP(value, 32). */
export const scalarOctets = (value: bigint): Uint8Array => numberToBytesBE(value, SCALAR_LENGTH);

/** calculate_random_scalars, core draft section 4.2.1, for one scalar. */
export function randomScalar(random: RandomBytes): bigint {
  const octets = random(EXPANDED_LENGTH);
  if (octets.length !== EXPANDED_LENGTH) throw new TypeError('the random source returned a wrong number of bytes');
  const value = Fr.create(bytesToNumberBE(octets));
  // Chance gives zero once in 2^255 draws: a zero is a broken source, and going on would show the secrets.
  if (value === 0n) throw new TypeError('the random source returned zeros');
  return value;
}

/** {@link randomScalar}, `count` times, one call of `random` each. */
export const randomScalars = (count: number, random: RandomBytes): bigint[] =>
  Array.from({ length: count }, () => randomScalar(random));
