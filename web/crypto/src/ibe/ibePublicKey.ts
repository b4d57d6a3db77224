import { freshMultiples, sum } from '../bls/msm.ts';
import {
  type FastLines, fastLinesOf, type G2, G2_LENGTH, g2GeneratorTimes, type Lines, linesOf, minusGeneratorLines, pairingOctets,
  pairingProductIsOne, parseG2,
} from '../bls/pairing.ts';
import { VerificationError } from '../errors.ts';
import { sameOctets } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { h1, h2, h3, h4, MASK_LENGTH, possessionPoint } from './hashing.ts';
import { IbeCiphertext } from './ibeCiphertext.ts';
import type { IdentityKey } from './identityKey.ts';
import type { PossessionProof } from './possessionProof.ts';

/** A master public key of identity-based encryption, a point of G2, or the sum of two. */
export class IbePublicKey {
  /** Octets of a key. */
  static readonly LENGTH = G2_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G2;
  #lines: Lines | undefined;
  #sealing: FastLines | undefined;

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
   * spec/presence.md section 2.5: the key under which the owners of both open only together. **The other key's
   * possession must have been proved**: somebody who computes a key from this one opens the sum alone.
   * @throws {VerificationError} the keys cancel out
   */
  plus(other: IbePublicKey): IbePublicKey {
    const point = this.#point.add(other.#point);
    if (point.is0()) throw new VerificationError('two keys cancel out');
    return new IbePublicKey(point.toBytes(), point);
  }

  /**
   * Verifies that whoever made this key knows its secret: e(proof, P2) = e(Hp(key), key) (spec/presence.md section 2.2).
   * @throws {VerificationError} the proof does not hold
   */
  verify(proof: PossessionProof): void {
    if (!pairingProductIsOne([proof.point, minusGeneratorLines()], [possessionPoint(this.#octets), this.#ownLines()])) {
      throw new VerificationError('the proof of possession does not hold');
    }
  }

  /**
   * Verifies an identity key, or a part of one, that should be of this public key: e(part, P2) = e(H1(identity), key)
   * (spec/presence.md section 2.5).
   * @throws {VerificationError} it is of another key or identity
   */
  verifyPart(part: IdentityKey, identity: Uint8Array): void {
    if (!pairingProductIsOne([part.point, minusGeneratorLines()], [h1(identity), this.#ownLines()])) {
      throw new VerificationError('the identity key is of another key or identity');
    }
  }

  /**
   * Seals a message so that whoever has the identity's key opens it, and nobody else learns even the identity
   * (spec/presence.md section 2.3).
   * @param message 32 bytes
   */
  encrypt(identity: Uint8Array, message: Uint8Array, random: RandomBytes): IbeCiphertext {
    if (message.length !== MASK_LENGTH) throw new RangeError('a message has 32 bytes');
    const sigma = random(MASK_LENGTH);
    if (sigma.length !== MASK_LENGTH) throw new TypeError('the random source returned a wrong number of bytes');
    const k = h3(sigma, message, identity);
    const [ofIdentity] = freshMultiples(h1(identity));
    const g = pairingOctets(sum([[ofIdentity!, k]]), (this.#sealing ??= fastLinesOf(this.#point))); // e(H1(identity), key)^k
    return IbeCiphertext.of(g2GeneratorTimes(k), h2(sigma, g), h4(message, sigma));
  }

  /** The 96 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  equals(other: IbePublicKey): boolean {
    return sameOctets(this.#octets, other.#octets);
  }

  #ownLines(): Lines {
    return (this.#lines ??= linesOf(this.#point));
  }
}
