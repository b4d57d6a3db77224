import { gcm } from '@noble/ciphers/aes.js';
import { MalformedError, type RandomBytes } from '@safeconduct/crypto';
import { concat, i2osp, sameOctets } from '../wire/bytes.ts';

/** What to do; the code in the bytes is the position here (presence.md 5.4). */
export const ADVICE = ['WATCH', 'TEST', 'KEEP_AWAY', 'CALL'] as const;

export type Advice = (typeof ADVICE)[number];

const NONCE_LENGTH = 12;
const PLAIN_LENGTH = 32;
const TAG_LENGTH = 16;
/** Octets of a sealed notice. */
export const SEALED_LENGTH = NONCE_LENGTH + PLAIN_LENGTH + TAG_LENGTH;
/** Days from 1970 to 2200. */
const END = 84_006;

/** What a warned visitor reads. Only who holds the visit's message opens it. */
export interface Notice {
  readonly advice: Advice;
  /** On which the authority gave the advice, days since 1970, before the year 2200. */
  readonly day: number;
}

/** AES-256-GCM under the message of the visit: nonce, ciphertext, tag. @throws {RangeError} a day out of range */
export function sealNotice({ advice, day }: Notice, message: Uint8Array, random: RandomBytes): Uint8Array {
  if (!Number.isInteger(day) || day < 0 || day >= END) throw new RangeError('a notice has a day from 1970 to 2199');
  const nonce = random(NONCE_LENGTH);
  return concat(nonce, gcm(message, nonce).encrypt(plainOf(ADVICE.indexOf(advice), day)));
}

/** The notice, or null if these bytes were not sealed under this message or say nothing known. */
export function openNotice(sealed: Uint8Array, message: Uint8Array): Notice | null {
  const plain = decrypted(sealed, message);
  if (plain === null) return null;
  const advice = ADVICE[plain[0]!];
  const day = new DataView(plain.buffer, plain.byteOffset).getUint32(1);
  if (advice === undefined || day >= END || !sameOctets(plain, plainOf(plain[0]!, day))) return null;
  return { advice, day };
}

const plainOf = (advice: number, day: number): Uint8Array => concat(i2osp(advice, 1), i2osp(day, 4), new Uint8Array(PLAIN_LENGTH - 5));

function decrypted(sealed: Uint8Array, message: Uint8Array): Uint8Array | null {
  if (sealed.length !== SEALED_LENGTH) throw new MalformedError(`a sealed notice has ${SEALED_LENGTH} bytes`);
  try {
    return gcm(message, sealed.subarray(0, NONCE_LENGTH)).decrypt(sealed.subarray(NONCE_LENGTH));
  } catch {
    return null; // the tag is another's: all lengths are right, so that nothing else can be wrong
  }
}
