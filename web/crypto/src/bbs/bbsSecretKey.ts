import { concat, i2osp8 } from '../octets.ts';
import { hashToInteger, KEYGEN_DST } from './api.ts';
import { BbsPublicKey } from './bbsPublicKey.ts';
import { BbsScalar } from './bbsScalar.ts';

/** A signer's secret key, an integer from 1 to r - 1, with its public key. Prints as `BbsSecretKey[secret]`. */
export class BbsSecretKey {
  readonly publicKey: BbsPublicKey;
  readonly #scalar: BbsScalar;

  private constructor(scalar: BbsScalar) {
    this.#scalar = scalar;
    this.publicKey = BbsPublicKey.of(scalar);
  }

  /**
   * Reads 32 octets.
   * @throws {MalformedError} not a scalar from 1 to r - 1
   */
  static parse(octets: Uint8Array): BbsSecretKey {
    return new BbsSecretKey(BbsScalar.parse(octets));
  }

  /**
   * KeyGen, core draft section 3.4.1.
   * @param keyMaterial at least 32 secret random octets
   * @param keyInfo at most 65535 octets
   */
  static generate(keyMaterial: Uint8Array, keyInfo: Uint8Array = new Uint8Array(), keyDst: string | Uint8Array = KEYGEN_DST) {
    if (keyMaterial.length < 32) throw new RangeError('key material has at least 32 bytes');
    if (keyInfo.length > 65535) throw new RangeError('key info has at most 65535 bytes');
    const lengthOctets = i2osp8(keyInfo.length).subarray(6);
    return new BbsSecretKey(BbsScalar.of(hashToInteger(concat(keyMaterial, lengthOctets, keyInfo), keyDst)));
  }

  /** @internal */
  get value(): bigint {
    return this.#scalar.value;
  }

  /** The 32 octets. */
  toBytes(): Uint8Array {
    return this.#scalar.toBytes();
  }

  toString(): string {
    return 'BbsSecretKey[secret]';
  }
}
