import { type G1, G1_LENGTH, parseG1 } from '../bls/g1.ts';

/** What shows that somebody knows the secret of a master public key: without it a key made from another's opens alone. */
export class PossessionProof {
  /** Octets of a proof. */
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
  static parse(octets: Uint8Array): PossessionProof {
    const point = parseG1(octets);
    return new PossessionProof(octets.slice(), point);
  }

  /** @internal */
  get point(): G1 {
    return this.#point;
  }

  /** The 48 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }
}
