import { type G2, G2_LENGTH, g2GeneratorTimes, parseG2 } from '../bls/pairing.ts';
import { sameOctets } from '../octets.ts';
import type { BbsScalar } from './bbsScalar.ts';

/** A signer's public key: a point of G2. */
export class BbsPublicKey {
  /** Octets of a public key. */
  static readonly LENGTH = G2_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G2;

  private constructor(octets: Uint8Array, point: G2) {
    this.#octets = octets;
    this.#point = point;
  }

  /**
   * octets_to_pubkey, core draft section 4.2.4.6: 96 octets, canonical, on the curve, in the subgroup, not the identity.
   * @throws {MalformedError} anything else
   */
  static parse(octets: Uint8Array): BbsPublicKey {
    const point = parseG2(octets);
    return new BbsPublicKey(octets.slice(), point);
  }

  /** SkToPk, core draft section 3.4.2: the key of a secret, for whoever checks a secret key that was published. */
  static of(secret: BbsScalar): BbsPublicKey {
    return BbsPublicKey.parse(g2GeneratorTimes(secret.value));
  }

  /** @internal */
  get point(): G2 {
    return this.#point;
  }

  /** The 96 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  equals(other: BbsPublicKey): boolean {
    return sameOctets(this.#octets, other.#octets);
  }
}
