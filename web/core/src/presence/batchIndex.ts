import { type Ed25519Key, MalformedError } from '@safeconduct/crypto';
import type { Leaf } from '../register/line.ts';
import { hex } from '../wire/bytes.ts';
import { anyArray, arrayOf, octetsOf, uint } from '../wire/cbor.ts';
import { HASH_LENGTH } from '../wire/hash.ts';
import { regionOf, timeOf } from './poster.ts';
import { openFile } from './signedFile.ts';

const VERSION = 1;
const MOST_ENTRIES = 10_000;

/** One batch file. */
export interface BatchEntry {
  readonly region: number;
  readonly sequence: number;
  /** SHA-256 of the file, which is its name. */
  readonly file: string;
}

/** Which batch files there are, one list for all regions and everybody (presence.md 6.3). The only file that changes. */
export interface BatchIndex {
  /** The leaf hash of the authority line. */
  readonly authority: Leaf;
  /** When it was signed, Unix seconds. */
  readonly time: number;
  /** Sorted by region and sequence; the sequences of a region have no gap. */
  readonly entries: readonly BatchEntry[];
}

/**
 * Reads an index file and checks its signature.
 * @throws {MalformedError} not the one form of an index
 * @throws {VerificationError} the signature is not the authority's
 */
export function openBatchIndex(file: Uint8Array, signingKey: Ed25519Key): BatchIndex {
  const [version, authority, time, list] = arrayOf(openFile('batch-index', file, signingKey).value, 4);
  if (version !== VERSION) throw new MalformedError('an index of an unknown version');
  const items = anyArray(list);
  if (items.length > MOST_ENTRIES) throw new MalformedError(`an index has at most ${MOST_ENTRIES} entries`);
  const entries = items.map((item): BatchEntry => {
    const [region, sequence, hash] = arrayOf(item, 3);
    return { region: regionOf(region), sequence: uint(sequence), file: hex(octetsOf(hash, HASH_LENGTH)) };
  });
  if (entries.some((entry, i) => i > 0 && !follows(entry, entries[i - 1]!))) throw new MalformedError('an index out of order');
  return { authority: hex(octetsOf(authority, HASH_LENGTH)), time: timeOf(time), entries };
}

const follows = ({ region, sequence }: BatchEntry, before: BatchEntry): boolean =>
  before.region < region || (before.region === region && before.sequence + 1 === sequence);
