import { Fr, parseScalar, randomScalar, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';
import { utf8 } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { hashToInteger } from './api.ts';

/**
 * An integer from 1 to r - 1, r being the order of the groups; for example the signer's share of a nym secret. Does not
 * print its value. JavaScript can neither wipe it nor compare it in constant time.
 */
export class BbsScalar {
  /** Octets of a scalar. */
  static readonly LENGTH = SCALAR_LENGTH;

  readonly #value: bigint;

  private constructor(value: bigint) {
    this.#value = value;
  }

  /**
   * Reads 32 octets, most significant first.
   * @throws {MalformedError} other lengths, zero, r and above
   */
  static parse(octets: Uint8Array): BbsScalar {
    return new BbsScalar(parseScalar(octets));
  }

  /**
   * hash_to_scalar, core draft section 4.2.2.
   * @param dst domain separation tag, 1 to 255 octets
   */
  static hash(octets: Uint8Array, dst: string | Uint8Array): BbsScalar {
    const tag = typeof dst === 'string' ? utf8(dst) : dst;
    if (tag.length < 1 || tag.length > 255) throw new RangeError('a domain separation tag has 1 to 255 bytes');
    return BbsScalar.of(hashToInteger(octets, tag));
  }

  /** A uniformly random scalar: 48 bytes of `random` modulo r (core draft, section 4.2.1). */
  static random(random: RandomBytes): BbsScalar {
    return new BbsScalar(randomScalar(random));
  }

  /** @internal A hash or sum modulo r. Zero, which comes once in 2^255 times, is no scalar. */
  static of(value: bigint): BbsScalar {
    if (!Fr.isValidNot0(value)) throw new RangeError('not a scalar from 1 to r - 1');
    return new BbsScalar(value);
  }

  /** @internal */
  get value(): bigint {
    return this.#value;
  }

  /** The 32 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return scalarOctets(this.#value);
  }

  toString(): string {
    return 'BbsScalar[32 bytes]';
  }
}
