/**
 * BBS signatures, blind signatures and pseudonyms over BLS12-381 with SHA-256, and strict Ed25519. Nothing happens on
 * import; randomness is always an argument. What signs lives in `@safeconduct/crypto/issuing`.
 * @packageDocumentation
 */
export { MalformedError, VerificationError } from './errors.ts';
export { type RandomBytes, systemRandom } from './random.ts';
export { Scalar } from './scalar.ts';
export { hashToScalar } from './hashToScalar.ts';
export { BbsPublicKey } from './bbs/bbsPublicKey.ts';
export { BbsSignature } from './bbs/bbsSignature.ts';
export { BbsProof } from './bbs/bbsProof.ts';
export { Commitment } from './bbs/commitment.ts';
export { Pseudonym } from './bbs/pseudonym.ts';
export type { Statement } from './bbs/core.ts';
export { Bbs, type BbsProveInput, type BbsVerifyInput } from './bbs/bbs.ts';
export { BlindBbs, type BlindProveInput, type BlindSigned, type BlindVerifyInput } from './bbs/blindBbs.ts';
export { NymBbs, type NymProveInput, type NymSigned, type NymVerifyInput } from './bbs/nymBbs.ts';
