import { hashToG1 } from '../bls/g1.ts';
import { type G2, G2_LENGTH, linesOf, minusGeneratorLines, pairingProductIsOne, parseG2 } from '../bls/pairing.ts';
import { VerificationError } from '../errors.ts';
import { utf8 } from '../octets.ts';
import type { PossessionProof } from './possessionProof.ts';

/** DST of Hp, spec/presence.md section 1.2. */
const POSSESSION_DST = 'SAFECONDUCT-V01-CS01-POP-G1_XMD:SHA-256_SSWU_RO_';

/** A master public key of identity-based encryption, a point of G2. */
export class IbePublicKey {
  /** Octets of a key. */
  static readonly LENGTH = G2_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G2;

  private constructor(octets: Uint8Array, point: G2) {
    this.#octets = octets;
    this.#point = point;
  }

  /**
   * Reads 96 octets.
   * @throws {MalformedError} not a canonical point of G2, or the identity
   */
  static parse(octets: Uint8Array): IbePublicKey {
    const point = parseG2(octets);
    return new IbePublicKey(octets.slice(), point);
  }

  /**
   * Verifies that whoever made this key knows its secret: e(proof, P2) = e(Hp(key), key) (spec/presence.md section 2.2).
   * @throws {VerificationError} the proof does not hold
   */
  verify(proof: PossessionProof): void {
    const hashed = hashToG1(this.#octets, utf8(POSSESSION_DST));
    if (!pairingProductIsOne([proof.point, minusGeneratorLines()], [hashed, linesOf(this.#point)])) {
      throw new VerificationError('the proof of possession does not hold');
    }
  }

  /** The 96 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }
}
