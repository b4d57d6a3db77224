/**
 * The signer's half, for tests and tools: `@safeconduct/crypto/issuing`. JavaScript is not constant time and cannot wipe
 * memory, so a key that matters is used by the Java library alone; no product imports this module.
 * @packageDocumentation
 */
import { type G1, g1Octets } from '../bls/g1.ts';
import { freshMultiples, sum } from '../bls/msm.ts';
import type { Bbs } from './bbs.ts';
import type { BbsScalar } from './bbsScalar.ts';
import type { BbsSecretKey } from './bbsSecretKey.ts';
import { BbsSignature } from './bbsSignature.ts';
import type { BlindBbs } from './blindBbs.ts';
import type { BlindCore } from './blindCore.ts';
import type { BlindCommitment } from './blindCommitment.ts';
import type { NymBbs } from './nymBbs.ts';
import { hashParts } from './api.ts';
import { Fr, scalarOctets } from '../bls/scalar.ts';

export { BbsSecretKey } from './bbsSecretKey.ts';

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
  bbs: BlindBbs, key: BbsSecretKey, commitment: BlindCommitment, header: Uint8Array, messages: readonly Uint8Array[],
): BbsSignature => finalizeBlindSign(bbs.core, key, commitment, header, messages, 0n);

/**
 * BlindSignWithNym, nym draft section 6.1.2.
 * @throws {VerificationError} the commitment's proof does not hold
 */
export const nymSign = (
  bbs: NymBbs, key: BbsSecretKey, commitment: BlindCommitment, signerNymEntropy: BbsScalar, header: Uint8Array,
  messages: readonly Uint8Array[],
): BbsSignature => finalizeBlindSign(bbs.core, key, commitment, bbs.header(header), messages, signerNymEntropy.value);

/** B_calculate and FinalizeBlindSign, blind draft sections 5.1 and 4.3.3, with the entropy on the last generator. */
function finalizeBlindSign(
  blind: BlindCore, key: BbsSecretKey, commitment: BlindCommitment, header: Uint8Array,
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
