import { concat, fromHex } from '../wire/bytes.ts';
import { HASH_LENGTH, label, sha256 } from '../wire/hash.ts';
import type { Leaf } from '../register/line.ts';

/** Octets of a stamp. */
export const STAMP_LENGTH = 48;
/** Octets of a stamp's hash that paired doors exchange. */
export const PREFIX_LENGTH = 8;

/** The context of the stamps of one scope in one epoch (pass.md 4.3). */
export const stampContext = (epoch: Leaf, scope: number): Uint8Array =>
  concat(label('stamp'), fromHex(epoch, HASH_LENGTH), Uint8Array.of(scope));

/** What paired doors tell each other of a stamp. */
export const stampPrefix = (stamp: Uint8Array): Uint8Array => sha256(stamp).slice(0, PREFIX_LENGTH);
