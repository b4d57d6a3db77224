import {
  type FastLines, fastLinesOf, type G2, G2_LENGTH, g2GeneratorTimes, g2GeneratorWithTable, pairingOctets, parseCurvePoint, parseG2,
} from '../bls/pairing.ts';
import { randomScalar } from '../bls/scalar.ts';
import { MalformedError } from '../errors.ts';
import { concat, sameOctets } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { h2, h3, h4, MASK_LENGTH } from './hashing.ts';
import type { IdentityKey } from './identityKey.ts';

const LENGTH = G2_LENGTH + 2 * MASK_LENGTH;
/** From so many dummies on a table of the generator's multiples pays. */
const MANY = 50;

/** Something sealed: U, V and W of spec/presence.md section 2.3. Tells nothing without the identity's key. */
export class IbeCiphertext {
  /** Octets of a ciphertext. */
  static readonly LENGTH = LENGTH;

  readonly #octets: Uint8Array;
  readonly #u: G2 | undefined;

  private constructor(octets: Uint8Array, u?: G2) {
    this.#octets = octets;
    this.#u = u;
  }

  /**
   * Reads 160 octets.
   * @throws {MalformedError} another length, or U is not a canonical point of G2, or the identity
   */
  static parse(octets: Uint8Array): IbeCiphertext {
    if (octets.length !== LENGTH) throw new MalformedError(`a ciphertext has ${LENGTH} bytes, not ${octets.length}`);
    const u = parseG2(octets.subarray(0, G2_LENGTH));
    return new IbeCiphertext(octets.slice(), u);
  }

  /** @internal */
  static of(u: Uint8Array, v: Uint8Array, w: Uint8Array): IbeCiphertext {
    return new IbeCiphertext(concat(u, v, w));
  }

  /**
   * What ciphertexts are to everybody who lacks their keys: random points and random bytes (spec/presence.md section 4.1).
   * Nobody opens them.
   */
  static dummies(count: number, random: RandomBytes): readonly IbeCiphertext[] {
    const generator = count < MANY ? undefined : g2GeneratorWithTable();
    return Array.from({ length: count }, () =>
      IbeCiphertext.of(g2GeneratorTimes(randomScalar(random), generator), random(MASK_LENGTH), random(MASK_LENGTH)));
  }

  /**
   * Opens this with an identity's key (spec/presence.md section 2.4).
   * @returns the message of 32 bytes, or null: no match, and nothing more is said
   */
  decrypt(key: IdentityKey, identity: Uint8Array): Uint8Array | null {
    return this.prepare().decrypt(key, identity);
  }

  /** The same with the lines of U's Miller loop worked out, for several attempts; 30 kB, so hold few of them. */
  prepare(): PreparedCiphertext {
    return new PreparedCiphertext(this.#octets, this.#u ?? parseG2(this.#octets.subarray(0, G2_LENGTH)));
  }

  /** The 160 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  toString(): string {
    return 'IbeCiphertext[160 bytes]';
  }
}

/** A ciphertext that many keys are tried on. */
export class PreparedCiphertext {
  /**
   * One of 160 octets that this device made and kept. It leaves out whether U lies in the subgroup: 2.4 accepts a message
   * only if U is a multiple of P2, so that a U that does not is no match whatever the key.
   * @throws {MalformedError} another length, or U is not a point of the curve in canonical form
   */
  static stored(octets: Uint8Array): PreparedCiphertext {
    if (octets.length !== LENGTH) throw new MalformedError(`a ciphertext has ${LENGTH} bytes, not ${octets.length}`);
    return new PreparedCiphertext(octets, parseCurvePoint(octets.subarray(0, G2_LENGTH)));
  }

  readonly #u: Uint8Array;
  readonly #v: Uint8Array;
  readonly #w: Uint8Array;
  readonly #lines: FastLines;

  /** @internal */
  constructor(octets: Uint8Array, u: G2) {
    this.#u = octets.slice(0, G2_LENGTH);
    this.#v = octets.slice(G2_LENGTH, G2_LENGTH + MASK_LENGTH);
    this.#w = octets.slice(G2_LENGTH + MASK_LENGTH);
    this.#lines = fastLinesOf(u);
  }

  /**
   * As {@link IbeCiphertext.decrypt}.
   * @param fits what else has to hold of the message, if anything. It is asked first: where it says no to what is not
   *   the message, as the tag of a sealed notice does, the last step of 2.4 is left out, a third of the work.
   */
  decrypt(key: IdentityKey, identity: Uint8Array, fits: (message: Uint8Array) => boolean = () => true): Uint8Array | null {
    const sigma = h2(this.#v, pairingOctets(key.point, this.#lines));
    const message = h4(this.#w, sigma);
    return fits(message) && sameOctets(g2GeneratorTimes(h3(sigma, message, identity)), this.#u) ? message : null;
  }
}
