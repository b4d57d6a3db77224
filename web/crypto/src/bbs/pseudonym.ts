import { type G1, G1_LENGTH, g1Octets, parseG1 } from '../bls/g1.ts';
import { sameOctets } from '../octets.ts';

/** What one holder is called in one context: the same every time there, unlinkable to any other context. */
export class Pseudonym {
  /** Octets of a pseudonym. */
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
  static parse(octets: Uint8Array): Pseudonym {
    const point = parseG1(octets);
    return new Pseudonym(octets.slice(), point);
  }

  /** @internal */
  static of(point: G1, octets: Uint8Array | undefined = g1Octets([point])[0]): Pseudonym {
    return new Pseudonym(octets!, point);
  }

  /** @internal */
  get point(): G1 {
    return this.#point;
  }

  /** The 48 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  equals(other: Pseudonym): boolean {
    return sameOctets(this.#octets, other.#octets);
  }
}
