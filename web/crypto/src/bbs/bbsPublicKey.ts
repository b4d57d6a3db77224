import { type G2, G2_LENGTH, type Lines, linesOf, parseG2 } from '../bls/pairing.ts';
import { sameOctets } from '../octets.ts';

/**
 * A signer's public key: a point of G2. The first verification under it prepares the key's half of the pairing, which
 * is kept; keep the object, not the bytes.
 */
export class BbsPublicKey {
  /** Octets of a public key. */
  static readonly LENGTH = G2_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G2;
  #lines: Lines | undefined;

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

  /** @internal */
  get lines(): Lines {
    return (this.#lines ??= linesOf(this.#point));
  }

  /** The 96 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  equals(other: BbsPublicKey): boolean {
    return sameOctets(this.#octets, other.#octets);
  }
}
