import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type G1, hashToG1 } from '../bls/g1.ts';
import { EXPANDED_LENGTH, Fr } from '../bls/scalar.ts';
import { concat, utf8 } from '../octets.ts';

/** Octets of a message, of sigma and of a mask. */
export const MASK_LENGTH = 32;

const H1_DST = 'SAFECONDUCT-V01-CS01-IBE-G1_XMD:SHA-256_SSWU_RO_';
const POSSESSION_DST = 'SAFECONDUCT-V01-CS01-POP-G1_XMD:SHA-256_SSWU_RO_';
const H3_DST = 'SAFECONDUCT-V01-CS01-IBE-H3_';
const H2_LABEL = 'safeconduct/1/ibe-h2\0';
const H4_LABEL = 'safeconduct/1/ibe-h4\0';

/** spec/presence.md section 1.1: the point of an identity. */
export const h1 = (identity: Uint8Array): G1 => hashToG1(identity, utf8(H1_DST));

/** spec/presence.md section 1.2: the point of which possession of a key is proved. */
export const possessionPoint = (publicKey: Uint8Array): G1 => hashToG1(publicKey, utf8(POSSESSION_DST));

/** spec/presence.md section 1.3: the text xor H2(g). @param g its 576 octets */
export const h2 = (text: Uint8Array, g: Uint8Array): Uint8Array => xor(text, sha256(concat(utf8(H2_LABEL), g)));

/** spec/presence.md section 1.4: the factor k. */
export function h3(sigma: Uint8Array, message: Uint8Array, identity: Uint8Array): bigint {
  const expanded = expand_message_xmd(concat(sigma, message, identity), utf8(H3_DST), EXPANDED_LENGTH, sha256);
  const k = Fr.create(bytesToNumberBE(expanded));
  // Once in 2^255 times: nobody meets it, and a program that does has a fault elsewhere.
  if (k === 0n) throw new TypeError('a hash of zero');
  return k;
}

/** spec/presence.md section 1.5: the text xor H4(sigma). */
export const h4 = (text: Uint8Array, sigma: Uint8Array): Uint8Array => xor(text, sha256(concat(utf8(H4_LABEL), sigma)));

const xor = (text: Uint8Array, mask: Uint8Array): Uint8Array => text.map((octet, i) => octet ^ mask[i]!);
