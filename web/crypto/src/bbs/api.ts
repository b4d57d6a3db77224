import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, utf8 } from '../octets.ts';
import { EXPANDED_LENGTH, Fr } from '../bls/scalar.ts';

/*
 * The one suite: BBS over BLS12-381 with SHA-256. Pinned revisions: draft-irtf-cfrg-bbs-signatures (wire format stable
 * since -06), draft-irtf-cfrg-bbs-blind-signatures-02 as its vectors fix it, draft-irtf-cfrg-bbs-per-verifier-
 * linkability-03. Comments elsewhere say "core draft", "blind draft" and "nym draft".
 */
const CIPHERSUITE = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_';

/** api_id of the three interfaces: what separates their hashes from each other. */
export const API_CORE = `${CIPHERSUITE}H2G_HM2S_`;
export const API_BLIND = `${CIPHERSUITE}BLIND_H2G_HM2S_`;
export const API_NYM = `${CIPHERSUITE}H2G_HM2S_PSEUDONYM_`;

/** DST of KeyGen, core draft section 3.4.1. */
export const KEYGEN_DST = `${API_CORE}KEYGEN_DST_`;

/** P1, core draft section 7.2.2: the point every signed B starts from. */
export const P1 =
  'a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9';

/** expand_message_xmd of RFC 9380 section 5.3.1 with SHA-256. */
export const expandMessage = (octets: Uint8Array, dst: Uint8Array, length: number): Uint8Array =>
  expand_message_xmd(octets, dst, length, sha256);

/** hash_to_scalar, core draft section 4.2.2, as an integer from 0 to r - 1. */
export const hashToInteger = (octets: Uint8Array, dst: string | Uint8Array): bigint =>
  Fr.create(bytesToNumberBE(expandMessage(octets, typeof dst === 'string' ? utf8(dst) : dst, EXPANDED_LENGTH)));

/** messages_to_scalars, core draft section 4.1.2. */
export const messagesToScalars = (messages: readonly Uint8Array[], apiId: string): bigint[] =>
  messages.map((message) => hashToInteger(message, `${apiId}MAP_MSG_TO_SCALAR_AS_HASH_`));

/** The parts hashed to a scalar under api_id || "H2S_": domains, e and challenges. */
export const hashParts = (apiId: string, ...parts: readonly Uint8Array[]): bigint =>
  hashToInteger(concat(...parts), `${apiId}H2S_`);
