import {
  AheadError, bundles, Checkpoint, KnownRegister, MalformedError, MOST_BUNDLE_OCTETS, parseBundle, parseIndex, VerificationError,
} from '@safeconduct/core';
import { octetsOf } from './answer.ts';
import { Failure, type Progress } from './call.ts';

/** How long an office may take for one file. */
const PATIENCE_MILLISECONDS = 30_000;
const MOST_SMALL_OCTETS = 65_536;

/**
 * The address of an office: where its server is, without a path.
 * @throws {Failure} `address` if it is none
 */
export function addressOf(text: string): string {
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    const local = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
    if ((url.protocol === 'https:' || (url.protocol === 'http:' && local)) && url.username === '' && url.pathname === '/') return url.origin;
  } catch {
    // Not an address: said below.
  }
  throw new Failure('address');
}

/** Asks an office: no credentials, no cookies, nothing from or into a cache, no redirects (http.md 1.6). */
export async function ask(address: string, path: string, request: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(address + path, {
      ...request, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
  } catch {
    throw new Failure('offline');
  }
}

/** Meets an office: fetches its whole register. The person then compares the words. */
export async function meet(address: string, now: number, progress: Progress): Promise<KnownRegister> {
  return honestly(async () => {
    const checkpoint = await readCheckpoint(address);
    return KnownRegister.meet(checkpoint, await readLines(address, checkpoint, null, progress), now);
  });
}

/**
 * Brings a register up to date.
 * @returns what is known now; if the office showed something else than before, with evidence of it
 */
export async function update(address: string, known: KnownRegister, now: number, progress: Progress): Promise<KnownRegister> {
  return honestly(async () => {
    const checkpoint = await readCheckpoint(address);
    const lines = checkpoint.size <= known.register.size ? null : await readLines(address, checkpoint, known, progress);
    return known.grow(checkpoint, lines, now).known;
  });
}

async function readCheckpoint(address: string): Promise<Checkpoint> {
  return Checkpoint.parse(await fetchFile(address, '/register/checkpoint', MOST_SMALL_OCTETS));
}

/** Bundles are named by their hashes, so that those already held are not fetched again. */
async function readLines(address: string, checkpoint: Checkpoint, known: KnownRegister | null, progress: Progress): Promise<readonly Uint8Array[]> {
  const root = Array.from(checkpoint.root, (octet) => octet.toString(16).padStart(2, '0')).join('');
  const index = parseIndex(await fetchFile(address, `/register/index/${root}`, MOST_SMALL_OCTETS), checkpoint.size);
  const held = known === null ? new Map<string, Uint8Array>() : bundles(known.register.lines).bundles;
  const lines: Uint8Array[] = [];
  for (const [number, hash] of index.entries()) {
    progress(number, index.length);
    const octets = held.get(hash) ?? await fetchFile(address, `/register/bundle/${hash}`, MOST_BUNDLE_OCTETS);
    lines.push(...parseBundle(octets, number, hash, checkpoint.size));
  }
  progress(index.length, index.length);
  return lines;
}

/**
 * Fetches a public file, the same for everybody.
 * @throws {Failure} `offline`, or `no_office` where it is not there
 * @throws {MalformedError} over `most` octets
 */
export async function fetchFile(address: string, path: string, most: number): Promise<Uint8Array> {
  const answer = await ask(address, path);
  if (!answer.ok) throw new Failure(answer.status === 404 ? 'no_office' : 'offline');
  return octetsOf(answer, most);
}

/** What is malformed or does not verify is told as one failure: the register was not used. */
async function honestly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AheadError) throw new Failure('clock');
    if (error instanceof MalformedError || error instanceof VerificationError) throw new Failure('register');
    throw error;
  }
}
