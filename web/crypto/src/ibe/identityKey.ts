import { type G1, G1_LENGTH, g1Octets, parseG1 } from '../bls/g1.ts';
import { VerificationError } from '../errors.ts';

/**
 * What opens the ciphertexts of one identity, s * H1(identity), or one owner's part of it (spec/presence.md sections 2.1
 * and 2.5). A secret until the authority publishes it.
 */
export class IdentityKey {
  /** Octets of a key. */
  static readonly LENGTH = G1_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G1;

  private constructor(octets: Uint8Array, point: G1) {
    this.#octets = octets;
    this.#point = point;
  }

  /**
   * Reads 48 octets.
   * @throws {MalformedError} not a canonical point of G1, or the identity
   */
  static parse(octets: Uint8Array): IdentityKey {
    const point = parseG1(octets);
    return new IdentityKey(octets.slice(), point);
  }

  /** @internal */
  static of(point: G1): IdentityKey {
    return new IdentityKey(g1Octets([point])[0]!, point);
  }

  /**
   * The whole key of which these are the two parts (spec/presence.md section 2.5).
   * @throws {VerificationError} the parts cancel out
   */
  plus(other: IdentityKey): IdentityKey {
    const sum = this.#point.add(other.point);
    if (sum.is0()) throw new VerificationError('two identity keys cancel out');
    return IdentityKey.of(sum);
  }

  /** @internal */
  get point(): G1 {
    return this.#point;
  }

  /** The 48 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  toString(): string {
    return 'IdentityKey[secret]';
  }
}
