/**
 * The signer's half, for tests and tools: `@safeconduct/crypto/issuing`. JavaScript is not constant time and cannot wipe
 * memory, so a key that matters is used by the Java library alone; no product imports this module.
 * @packageDocumentation
 */
import { type G1, g1Octets } from './bls/g1.ts';
import { freshMultiples, sum } from './bls/msm.ts';
import { g2GeneratorTimes } from './bls/pairing.ts';
import type { Bbs } from './bbs/bbs.ts';
import { BbsPublicKey } from './bbs/bbsPublicKey.ts';
import { BbsSignature } from './bbs/bbsSignature.ts';
import type { BlindBbs } from './bbs/blindBbs.ts';
import type { BlindCore } from './bbs/blindCore.ts';
import type { Commitment } from './bbs/commitment.ts';
import type { NymBbs } from './bbs/nymBbs.ts';
import { hashParts, hashToInteger, KEYGEN_DST } from './bbs/suite.ts';
import { concat, i2osp8 } from './octets.ts';
import { Fr, Scalar, scalarOctets } from './scalar.ts';

/** A signer's secret key, an integer from 1 to r - 1, with its public key. Prints as `BbsSecretKey[secret]`. */
export class BbsSecretKey {
  readonly publicKey: BbsPublicKey;
  readonly #scalar: Scalar;

  private constructor(scalar: Scalar) {
    this.#scalar = scalar;
    // SkToPk, core draft section 3.4.2.
    this.publicKey = BbsPublicKey.parse(g2GeneratorTimes(scalar.value));
  }

  /**
   * Reads 32 octets.
   * @throws {MalformedError} not a scalar from 1 to r - 1
   */
  static parse(octets: Uint8Array): BbsSecretKey {
    return new BbsSecretKey(Scalar.parse(octets));
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
    return new BbsSecretKey(Scalar.of(hashToInteger(concat(keyMaterial, lengthOctets, keyInfo), keyDst)));
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

/** Sign, core draft section 3.5.1. */
export function sign(bbs: Bbs, key: BbsSecretKey, header: Uint8Array, messages: readonly Uint8Array[]): BbsSignature {
  const scalars = bbs.scalars(messages);
  const domain = bbs.core.domain(key.publicKey, header);
  const e = hashParts(bbs.core.apiId, ...[key.value, ...scalars, domain].map(scalarOctets));
  return signed(bbs.core.b(domain, scalars), key, e);
}

/**
 * BlindSign, blind draft section 4.2.1.
 * @throws {VerificationError} the commitment's proof does not hold
 */
export const blindSign = (
  bbs: BlindBbs, key: BbsSecretKey, commitment: Commitment, header: Uint8Array, messages: readonly Uint8Array[],
): BbsSignature => finalizeBlindSign(bbs.core, key, commitment, header, messages, 0n);

/**
 * BlindSignWithNym, nym draft section 6.1.2.
 * @throws {VerificationError} the commitment's proof does not hold
 */
export const nymSign = (
  bbs: NymBbs, key: BbsSecretKey, commitment: Commitment, signerNymEntropy: Scalar, header: Uint8Array,
  messages: readonly Uint8Array[],
): BbsSignature => finalizeBlindSign(bbs.core, key, commitment, bbs.header(header), messages, signerNymEntropy.value);

/** B_calculate and FinalizeBlindSign, blind draft sections 5.1 and 4.3.3, with the entropy on the last generator. */
function finalizeBlindSign(
  blind: BlindCore, key: BbsSecretKey, commitment: Commitment, header: Uint8Array,
  messages: readonly Uint8Array[], entropy: bigint,
): BbsSignature {
  const { core, blindGenerators } = blind;
  commitment.verify(blindGenerators, core.apiId);
  const last = blindGenerators[blindGenerators.length - 1]!;
  const b = core.b(core.domain(key.publicKey, header), blind.messageScalars(messages))
    .add(commitment.point)
    .add(sum([[last.multiples, entropy]]));
  return signed(b, key, hashParts(core.apiId, scalarOctets(key.value), g1Octets([b])[0]!));
}

/** A = B * (1 / (SK + e)). */
function signed(b: G1, key: BbsSecretKey, e: bigint): BbsSignature {
  const [ofB] = freshMultiples(b);
  return BbsSignature.of(sum([[ofB!, Fr.inv(Fr.add(key.value, e))]]), e);
}
