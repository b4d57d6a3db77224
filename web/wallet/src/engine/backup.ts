import { scryptAsync } from '@noble/hashes/scrypt.js';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import type { Everything, Keeping } from './keeping.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The file: this line, 16 bytes of salt, 12 of nonce, then AES-256-GCM of the JSON with line, salt and nonce as its data. */
const MAGIC = new TextEncoder().encode('safeconduct-wallet-backup/1\n');
const SALT = 16;
const NONCE = 12;
/** RFC 7914 with 128 MiB, so that guessing passphrases costs memory: about a second here, a few on a slow phone. */
const SCRYPT = { N: 131_072, r: 8, p: 1, dkLen: 32, maxmem: 256 * 1024 * 1024 };
const MOST_OCTETS = 64 * 1024 * 1024;

/** Moves passes to another phone: everything in one file, locked with a passphrase. */
export class Backup {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  async make(passphrase: string, progress: Progress): Promise<Uint8Array> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT));
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const head = joined(MAGIC, salt, nonce);
    const key = await keyOf(passphrase, salt, progress);
    const plain = new TextEncoder().encode(JSON.stringify(await this.#keeping.everything()));
    return joined(head, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: head }, key, plain)));
  }

  /** @returns how many passes were brought over */
  async restore(file: Uint8Array, passphrase: string, progress: Progress): Promise<number> {
    const octets = joined(file);
    const head = octets.slice(0, MAGIC.length + SALT + NONCE);
    if (octets.length > MOST_OCTETS || head.length < MAGIC.length + SALT + NONCE || !MAGIC.every((octet, index) => octet === head[index])) {
      throw new Failure('backup');
    }
    const salt = head.slice(MAGIC.length, MAGIC.length + SALT);
    const key = await keyOf(passphrase, salt, progress);
    const iv = head.slice(MAGIC.length + SALT);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: head }, key, octets.slice(head.length))
      .catch(() => { throw new Failure('backup'); });
    const everything = JSON.parse(new TextDecoder().decode(plain)) as Everything;
    await this.#keeping.take(everything);
    return everything.holdings.length;
  }
}

/** NFKC, so that the same passphrase typed on another keyboard is the same. */
async function keyOf(passphrase: string, salt: Bytes, progress: Progress): Promise<CryptoKey> {
  const onProgress = (done: number): void => progress(Math.round(done * 100), 100);
  const raw = await scryptAsync(passphrase.normalize('NFKC'), salt, { ...SCRYPT, onProgress });
  return crypto.subtle.importKey('raw', joined(raw), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
