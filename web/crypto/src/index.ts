/**
 * BBS signatures, blind signatures and pseudonyms, and identity-based encryption, over BLS12-381 with SHA-256, and strict
 * Ed25519. Nothing happens on import; randomness is always an argument. What signs lives in `@safeconduct/crypto/issuing`,
 * what makes keys for identities in `@safeconduct/crypto/extracting`.
 * @packageDocumentation
 */
export { MalformedError, VerificationError } from './errors.ts';
export { type RandomBytes, systemRandom } from './random.ts';
export { BbsScalar } from './bbs/bbsScalar.ts';
export { BbsPublicKey } from './bbs/bbsPublicKey.ts';
export { BbsVerifierKey } from './bbs/bbsVerifierKey.ts';
export { BbsSignature } from './bbs/bbsSignature.ts';
export { BbsProof } from './bbs/bbsProof.ts';
export { BlindCommitment, type Committed } from './bbs/blindCommitment.ts';
export { ProverBlind } from './bbs/proverBlind.ts';
export { NymSecrets } from './bbs/nymSecrets.ts';
export { Pseudonym } from './bbs/pseudonym.ts';
export type { Statement } from './bbs/core.ts';
export { Bbs, type BbsProveInput, type BbsVerifyInput } from './bbs/bbs.ts';
export { BlindBbs, type BlindProveInput, type BlindSigned, type BlindVerifyInput } from './bbs/blindBbs.ts';
export { NymBbs, type NymProof, type NymProveInput, type NymSigned, type NymVerifyInput } from './bbs/nymBbs.ts';
export { IbeCiphertext, PreparedCiphertext } from './ibe/ibeCiphertext.ts';
export { IbePublicKey } from './ibe/ibePublicKey.ts';
export { IdentityKey } from './ibe/identityKey.ts';
export { PossessionProof } from './ibe/possessionProof.ts';
export { Ed25519Key, Ed25519Secret } from './ed25519.ts';
export { hkdfSha256, sha256 } from './hashes.ts';
