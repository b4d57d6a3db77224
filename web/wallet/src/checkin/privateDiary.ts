import type { Poster } from '@safeconduct/core';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { lock, unlock } from '@safeconduct/ui/locked.ts';
import { clock } from '../engine/clock.ts';
import type { Keeping } from './keeping.ts';
import type { EntryView } from './views.ts';

const KIND = 'wallet-diary';
const RSA = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;
const RSA_BITS = 3072;
const WRAPPED = RSA_BITS / 8;
const NONCE = 12;
/** Room for the longest names in UTF-8: entries are all of one length. */
const PLAIN = 1536;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The holder's own list of visits, off until it is started (presence.md 4.4). Writing needs no passphrase: each entry has a
 * key of its own, wrapped with the public half of a key pair (RSA-OAEP, RFC 8017); the other half is locked with the
 * passphrase. Whoever has the phone counts the entries and reads none.
 */
export class PrivateDiary {
  readonly #keeping: Keeping;
  #reads: CryptoKey | null = null;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** @returns how many entries there are; null if there is no diary */
  async count(): Promise<number | null> {
    return await this.#keeping.diaryKey() === null ? null : (await this.#keeping.entries()).length;
  }

  async start(passphrase: string, progress: Progress): Promise<void> {
    const pair = await crypto.subtle.generateKey({ ...RSA, modulusLength: RSA_BITS, publicExponent: Uint8Array.of(1, 0, 1) }, true, ['wrapKey', 'unwrapKey']);
    const [writes, reads] = await Promise.all([crypto.subtle.exportKey('spki', pair.publicKey), crypto.subtle.exportKey('pkcs8', pair.privateKey)]);
    await this.#keeping.putDiaryKey({ writes: new Uint8Array(writes), locked: await lock(KIND, new Uint8Array(reads), passphrase, progress) });
  }

  async write({ name, place, room }: Poster): Promise<void> {
    const key = await this.#keeping.diaryKey();
    if (key === null) return;
    const writes = await crypto.subtle.importKey('spki', key.writes as Bytes, RSA, false, ['wrapKey']);
    const own = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const plain = new Uint8Array(PLAIN);
    plain.set(new TextEncoder().encode(JSON.stringify({ time: clock(), name, place, room })));
    const parts = [await crypto.subtle.wrapKey('raw', own, writes, RSA), iv, await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, own, plain)];
    await this.#keeping.putEntry({ id: crypto.randomUUID(), sealed: new Uint8Array(await new Blob(parts).arrayBuffer()) });
  }

  /** @throws {Failure} `diary` for another passphrase */
  async open(passphrase: string, progress: Progress): Promise<readonly EntryView[]> {
    const key = await this.#keeping.diaryKey();
    if (key === null) return [];
    const reads = await unlock(KIND, key.locked, passphrase, progress).catch((error: unknown) => {
      throw error instanceof Failure && error.code === 'locked' ? new Failure('diary') : error;
    });
    this.#reads = await crypto.subtle.importKey('pkcs8', reads as Bytes, RSA, false, ['unwrapKey']);
    const entries = await Promise.all((await this.#keeping.entries()).map(({ id, sealed }) => this.#read(id, sealed as Bytes)));
    return entries.sort((a, b) => b.time - a.time);
  }

  close(): void {
    this.#reads = null;
  }

  async removeEntry(id: string): Promise<void> {
    await this.#keeping.removeEntry(id);
  }

  async remove(): Promise<void> {
    this.close();
    for (const { id } of await this.#keeping.entries()) await this.#keeping.removeEntry(id);
    await this.#keeping.removeDiaryKey();
  }

  async #read(id: string, sealed: Bytes): Promise<EntryView> {
    if (this.#reads === null) throw new Failure('diary');
    const key = await crypto.subtle.unwrapKey('raw', sealed.slice(0, WRAPPED), this.#reads, RSA, 'AES-GCM', false, ['decrypt']);
    const iv = sealed.slice(WRAPPED, WRAPPED + NONCE);
    const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed.slice(WRAPPED + NONCE)));
    return { id, ...JSON.parse(new TextDecoder().decode(plain.subarray(0, plain.indexOf(0)))) as Omit<EntryView, 'id'> };
  }
}
