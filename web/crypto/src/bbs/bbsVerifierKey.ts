import { type G1 } from '../bls/g1.ts';
import { type Lines, linesOf, minusGeneratorLines, pairingProductIsOne } from '../bls/pairing.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';

/** A public key prepared for many verifications: its half of the pairing. Keep it. */
export class BbsVerifierKey {
  /** The key that was prepared. */
  readonly publicKey: BbsPublicKey;
  readonly #lines: Lines;

  private constructor(publicKey: BbsPublicKey) {
    this.publicKey = publicKey;
    this.#lines = linesOf(publicKey.point);
  }

  /** Prepares a key, which takes a tenth of a verification. */
  static of(publicKey: BbsPublicKey): BbsVerifierKey {
    return new BbsVerifierKey(publicKey);
  }

  /** @internal Whether h(a, W) * h(b, -BP2) is one. */
  pairs(a: G1, b: G1): boolean {
    return pairingProductIsOne([a, this.#lines], [b, minusGeneratorLines()]);
  }
}
