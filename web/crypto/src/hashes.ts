import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 as sha2 } from '@noble/hashes/sha2.js';

/** SHA-256 of the octets: 32 octets. */
export const sha256 = (octets: Uint8Array): Uint8Array => sha2(octets);

/**
 * HKDF with SHA-256, RFC 5869.
 * @param salt may be empty
 * @param length octets wanted, at most 8160
 */
export const hkdfSha256 = (key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array =>
  hkdf(sha2, key, salt, info, length);
