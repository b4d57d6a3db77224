import { scryptAsync } from '@noble/hashes/scrypt.js';
import { Failure, type Progress } from './call.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const SALT = 16;
const NONCE = 12;
/** RFC 7914 with 128 MiB, so that guessing passphrases costs memory: about a second here, a few on a slow phone. */
const SCRYPT = { N: 131_072, r: 8, p: 1, dkLen: 32, maxmem: 256 * 1024 * 1024 };
const MOST_OCTETS = 64 * 1024 * 1024;

/**
 * A file that a passphrase opens: a first line that says what it is, 16 bytes of salt, 12 of nonce, then AES-256-GCM with
 * all of that as its data.
 */
export async function lock(kind: string, plain: Uint8Array, passphrase: string, progress: Progress): Promise<Uint8Array> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const head = joined(firstLine(kind), salt, nonce);
  const key = await keyOf(passphrase, salt, progress);
  return joined(head, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: head }, key, joined(plain))));
}

/**
 * Opens what {@link lock} wrote.
 * @throws {Failure} `locked`: another kind of file, or another passphrase
 */
export async function unlock(kind: string, file: Uint8Array, passphrase: string, progress: Progress): Promise<Uint8Array> {
  const octets = joined(file);
  const line = firstLine(kind);
  const head = octets.slice(0, line.length + SALT + NONCE);
  if (octets.length > MOST_OCTETS || head.length < line.length + SALT + NONCE || !line.every((octet, i) => octet === head[i])) {
    throw new Failure('locked');
  }
  const key = await keyOf(passphrase, head.slice(line.length, line.length + SALT), progress);
  const iv = head.slice(line.length + SALT);
  const opened = crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: head }, key, octets.slice(head.length));
  return new Uint8Array(await opened.catch(() => { throw new Failure('locked'); }));
}

const firstLine = (kind: string): Bytes => joined(new TextEncoder().encode(`safeconduct-${kind}/1\n`));

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
