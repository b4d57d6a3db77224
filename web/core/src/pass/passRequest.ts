import { MalformedError } from '@safeconduct/crypto';
import { isHex } from '../wire/bytes.ts';
import type { Leaf } from '../register/line.ts';

/** What a wallet sends for a pass: the epoch and a commitment that says nothing of its secrets (pass.md 1.2). */
export interface PassRequest {
  readonly epoch: Leaf;
  /** commitment_with_proof, 48 + 32 (N + 2) bytes in hexadecimal. */
  readonly commitment: string;
}

/** Reads a leaf hash. @throws {MalformedError} not 32 bytes in hexadecimal */
export function leafOf(value: unknown): Leaf {
  if (!isHex(value, 32)) throw new MalformedError('a leaf hash was expected');
  return value;
}
