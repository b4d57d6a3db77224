import type { RandomBytes } from '@safeconduct/crypto';
import { createHash } from 'node:crypto';

/** Bytes that look random and are the same in every run. */
export function seededRandom(seed: string): RandomBytes {
  let count = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
      createHash('sha256').update(`${seed}/${count++}`).digest());
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length));
  };
}
