import { MalformedError } from '@safeconduct/crypto';
import { concat, fromUtf8, hex, isHex, utf8 } from '../wire/bytes.ts';
import { sha256 } from '../wire/hash.ts';
import { MOST_LINE_OCTETS } from '../wire/json.ts';

/** Lines of a full bundle (register.md 6). */
export const BUNDLE_LINES = 256;
/** Octets of the longest bundle. */
export const MOST_BUNDLE_OCTETS = BUNDLE_LINES * (MOST_LINE_OCTETS + 1);

const LINE_FEED = 10;

/**
 * Reads the index of a root: the hash of each bundle in order.
 * @param size the number of lines of the register
 * @throws {MalformedError} not exactly one hash for each bundle
 */
export function parseIndex(octets: Uint8Array, size: number): readonly string[] {
  const count = Math.ceil(size / BUNDLE_LINES);
  if (octets.length !== count * 65) throw new MalformedError('an index has one hash for each bundle');
  const hashes = fromUtf8(octets).split('\n');
  if (hashes.pop() !== '' || hashes.length !== count || !hashes.every((hash) => isHex(hash, 32))) {
    throw new MalformedError('an index has one hash on each line');
  }
  return hashes;
}

/**
 * Reads the lines of a bundle, without line ends.
 * @param number from 0
 * @param hash what the index says
 * @param size the number of lines of the register
 * @throws {MalformedError} another hash, or another number of lines
 */
export function parseBundle(octets: Uint8Array, number: number, hash: string, size: number): readonly Uint8Array[] {
  if (octets.length > MOST_BUNDLE_OCTETS || hex(sha256(octets)) !== hash) throw new MalformedError('not the bundle of that name');
  const lines: Uint8Array[] = [];
  for (let from = 0; from < octets.length;) {
    const end = octets.indexOf(LINE_FEED, from);
    if (end < 0) throw new MalformedError('each line of a bundle ends');
    lines.push(octets.slice(from, end));
    from = end + 1;
  }
  if (lines.length !== Math.min(BUNDLE_LINES, size - number * BUNDLE_LINES)) {
    throw new MalformedError('a bundle of another number of lines');
  }
  return lines;
}

/**
 * The numbers of the bundles that hold a line from position `held` on: those a client that holds so many lines fetches.
 */
export function bundlesBeyond(held: number, size: number): readonly number[] {
  const first = Math.floor(held / BUNDLE_LINES);
  return Array.from({ length: Math.max(0, Math.ceil(size / BUNDLE_LINES) - first) }, (_, i) => first + i);
}

/** The bundles of a register with the index that names them, as an office publishes them. */
export function bundles(lines: readonly Uint8Array[]): { readonly index: Uint8Array; readonly bundles: ReadonlyMap<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  for (let from = 0; from < lines.length; from += BUNDLE_LINES) {
    const file = concat(...lines.slice(from, from + BUNDLE_LINES).flatMap((line) => [line, Uint8Array.of(LINE_FEED)]));
    files.set(hex(sha256(file)), file);
  }
  return { index: utf8([...files.keys()].map((hash) => `${hash}\n`).join('')), bundles: files };
}
