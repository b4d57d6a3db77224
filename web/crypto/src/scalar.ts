import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { MalformedError } from './errors.ts';
import type { RandomBytes } from './random.ts';

/** Octets of a scalar. */
export const SCALAR_LENGTH = 32;

/** expand_len of the suite: octets drawn for one scalar so that the reduction's bias stays below 2^-128. */
export const EXPANDED_LENGTH = 48;

/** The field of integers modulo the group order r. */
export const Fr = bls12_381.fields.Fr;

/**
 * An integer from 1 to r - 1, r being the order of the BLS12-381 groups: a blind, a nym secret, the signer's entropy.
 * Prints as `Scalar[secret]`. JavaScript can neither wipe nor compare it in constant time.
 */
export class Scalar {
  readonly #value: bigint;

  private constructor(value: bigint) {
    this.#value = value;
  }

  /**
   * Reads 32 octets, most significant first.
   * @throws {MalformedError} other lengths, zero, r and above
   */
  static parse(octets: Uint8Array): Scalar {
    if (octets.length !== SCALAR_LENGTH) throw new MalformedError(`a scalar has 32 bytes, not ${octets.length}`);
    return new Scalar(parseScalar(octets));
  }

  /** Draws a uniformly random scalar: 48 bytes of `random` modulo r (core draft, section 4.2.1). */
  static random(random: RandomBytes): Scalar {
    return new Scalar(randomScalar(random));
  }

  /** @internal A value known to be a sum or hash modulo r; zero has probability 2^-255 and is no scalar. */
  static of(value: bigint): Scalar {
    if (!Fr.isValidNot0(value)) throw new RangeError('scalar out of range');
    return new Scalar(value);
  }

  /** @internal */
  get value(): bigint {
    return this.#value;
  }

  /** The 32 octets, most significant first, in a fresh array. */
  toBytes(): Uint8Array {
    return scalarOctets(this.#value);
  }

  toString(): string {
    return 'Scalar[secret]';
  }
}

/** Reads exactly 32 octets as an integer from 1 to r - 1. The caller has cut them to length. */
export function parseScalar(octets: Uint8Array): bigint {
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
