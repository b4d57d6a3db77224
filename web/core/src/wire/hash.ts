import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concat, utf8 } from './bytes.ts';

/** Octets of a SHA-256 hash. */
export const HASH_LENGTH = 32;

const LEAF = /* @__PURE__ */ Uint8Array.of(0);
const NODE = /* @__PURE__ */ Uint8Array.of(1);

/** SHA-256 over all parts, one after another. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => nobleSha256(concat(...parts));

/** HMAC-SHA-256 over all parts, one after another. */
export const hmacSha256 = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
  hmac(nobleSha256, key, concat(...parts));

/** label(x): what separates our hashes and signatures from each other (register.md, head). */
export const label = (name: string): Uint8Array => utf8(`safeconduct/1/${name}\0`);

/** The leaf hash of a line, RFC 9162 section 2.1.1. */
export const leafHash = (line: Uint8Array): Uint8Array => sha256(LEAF, line);

/** The hash of an inner node, RFC 9162 section 2.1.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right);
