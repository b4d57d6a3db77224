import { type G1, G1_LENGTH, g1Octets, parseG1 } from '../bls/g1.ts';
import { MalformedError } from '../errors.ts';
import { concat } from '../octets.ts';
import { parseScalar, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';

/** A signature (A, e): a point of G1 and a scalar. Whoever holds it can show the pass, so it is a secret. */
export class BbsSignature {
  /** Octets of a signature. */
  static readonly LENGTH = G1_LENGTH + SCALAR_LENGTH;

  readonly #octets: Uint8Array;
  readonly #a: G1;
  readonly #e: bigint;

  private constructor(octets: Uint8Array, a: G1, e: bigint) {
    this.#octets = octets;
    this.#a = a;
    this.#e = e;
  }

  /**
   * octets_to_signature, core draft section 4.2.4.3.
   * @throws {MalformedError} not 80 octets, A not a point of G1 or the identity, e not from 1 to r - 1
   */
  static parse(octets: Uint8Array): BbsSignature {
    if (octets.length !== BbsSignature.LENGTH) throw new MalformedError(`a signature has 80 bytes, not ${octets.length}`);
    const e = parseScalar(octets.subarray(G1_LENGTH));
    const a = parseG1(octets.subarray(0, G1_LENGTH));
    return new BbsSignature(octets.slice(), a, e);
  }

  /** @internal signature_to_octets, core draft section 4.2.4.2. */
  static of(a: G1, e: bigint): BbsSignature {
    return new BbsSignature(concat(...g1Octets([a]), scalarOctets(e)), a, e);
  }

  /** @internal */
  get a(): G1 {
    return this.#a;
  }

  /** @internal */
  get e(): bigint {
    return this.#e;
  }

  /** The 80 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  toString(): string {
    return 'BbsSignature[secret]';
  }
}
