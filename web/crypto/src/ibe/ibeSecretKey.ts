import { g2GeneratorTimes } from '../bls/pairing.ts';
import { freshMultiples, sum } from '../bls/msm.ts';
import { g1Octets } from '../bls/g1.ts';
import { parseScalar, randomScalar, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';
import type { RandomBytes } from '../random.ts';
import { h1, possessionPoint } from './hashing.ts';
import { IbePublicKey } from './ibePublicKey.ts';
import { IdentityKey } from './identityKey.ts';
import { PossessionProof } from './possessionProof.ts';

/**
 * A master secret, or one of the two halves of one: an integer from 1 to r - 1. Prints as `IbeSecretKey[secret]`;
 * JavaScript can neither wipe it nor use it in constant time.
 */
export class IbeSecretKey {
  /** Octets of a key. */
  static readonly LENGTH = SCALAR_LENGTH;

  readonly publicKey: IbePublicKey;
  readonly #scalar: bigint;

  private constructor(scalar: bigint) {
    this.#scalar = scalar;
    this.publicKey = IbePublicKey.parse(g2GeneratorTimes(scalar));
  }

  /** A uniform key. */
  static random(random: RandomBytes): IbeSecretKey {
    return new IbeSecretKey(randomScalar(random));
  }

  /**
   * Reads 32 octets, most significant first.
   * @throws {MalformedError} not an integer from 1 to r - 1
   */
  static parse(octets: Uint8Array): IbeSecretKey {
    return new IbeSecretKey(parseScalar(octets));
  }

  /** spec/presence.md section 2.2: shows that its owner knows this key and did not compute it from somebody else's. */
  prove(): PossessionProof {
    const [ofKey] = freshMultiples(possessionPoint(this.publicKey.toBytes()));
    return PossessionProof.parse(g1Octets([sum([[ofKey!, this.#scalar]])])[0]!);
  }

  /** spec/presence.md section 2.1: s * H1(identity). Under a split key this is one part of the identity's key. */
  extract(identity: Uint8Array): IdentityKey {
    const [ofIdentity] = freshMultiples(h1(identity));
    return IdentityKey.of(sum([[ofIdentity!, this.#scalar]]));
  }

  /** The 32 octets. A secret. */
  toBytes(): Uint8Array {
    return scalarOctets(this.#scalar);
  }

  toString(): string {
    return 'IbeSecretKey[secret]';
  }
}
