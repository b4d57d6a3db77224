import { Ed25519Key, MalformedError, VerificationError } from '@safeconduct/crypto';
import type { AuthorityLine, Leaf } from '../register/line.ts';
import { fromHex, hex, isHex } from '../wire/bytes.ts';
import { HASH_LENGTH, sha256 } from '../wire/hash.ts';
import { membersOf, wholeNumber } from '../wire/json.ts';
import { type BatchEntry, type BatchIndex, openBatchIndex } from './batchIndex.ts';
import type { Warning } from './warning.ts';
import { openBatch } from './warningBatch.ts';

/** An authority and the leaf hash of its line. */
export interface PlacedAuthority {
  readonly leaf: Leaf;
  readonly line: AuthorityLine;
}

/** How far a phone has read, as plain JSON for the device. */
export interface WarningChainJson {
  readonly type: 'warning-chain';
  readonly authority: Leaf;
  readonly region: number;
  /** The last batch that was read: its sequence, what the next one names as previous, and its file's name. */
  readonly read: { readonly sequence: number; readonly batch: string; readonly file: string } | null;
  /** Time of the latest index, Unix seconds. */
  readonly seen: number;
}

/**
 * How far a phone has read the warnings of one region (presence.md 6.4). It refuses what is not the same chain for
 * everybody: another batch in place of one it has read, one that does not follow, an index older than the last. Every step
 * gives a new value, to be stored when the warnings have been tried.
 */
export class WarningChain {
  readonly #state: WarningChainJson;

  private constructor(state: WarningChainJson) {
    this.#state = state;
  }

  /** Nothing read yet. */
  static begin(authority: Leaf, region: number): WarningChain {
    return new WarningChain({ type: 'warning-chain', authority, region, read: null, seen: 0 });
  }

  /**
   * Takes a fetched index file.
   * @param authority the line that the chain is of
   * @throws {MalformedError} not an index
   * @throws {VerificationError} not signed by the authority, of another one, older than the last, or with another file in
   *   place of the batch that was read last
   */
  index(file: Uint8Array, authority: PlacedAuthority): BatchIndex {
    const index = openBatchIndex(file, signingKey(authority));
    if (index.authority !== this.#state.authority || authority.leaf !== this.#state.authority || index.time < this.#state.seen) {
      throw new VerificationError('the index is another authority\'s, or older than one seen before');
    }
    this.#requireStill(index);
    return index;
  }

  #requireStill(index: BatchIndex): void {
    const { read } = this.#state;
    const [oldest] = this.#own(index);
    // A region without batches for thirty days leaves the index.
    if (read === null || oldest === undefined || oldest.sequence > read.sequence) return;
    if (this.#own(index).find(({ sequence }) => sequence === read.sequence)?.file !== read.file) {
      throw new VerificationError('the index names other batches than before');
    }
  }

  #own(index: BatchIndex): readonly BatchEntry[] {
    return index.entries.filter(({ region }) => region === this.#state.region);
  }

  #nextEntry(index: BatchIndex): BatchEntry | undefined {
    const after = this.#state.read === null ? 0 : this.#state.read.sequence + 1;
    // Who was away for longer than the index reaches begins anew at its oldest batch.
    return this.#own(index).find(({ sequence }) => sequence >= after);
  }

  /** The names of the files to fetch, in their order. */
  missing(index: BatchIndex): readonly string[] {
    const next = this.#nextEntry(index);
    return next === undefined ? [] : this.#own(index).filter(({ sequence }) => sequence >= next.sequence).map(({ file }) => file);
  }

  /**
   * Takes the first of the files that {@link missing} names.
   * @throws {MalformedError} not a batch; nothing of it counts
   * @throws {VerificationError} not that file, or it does not follow the batch read before; nothing of it counts
   */
  accept(index: BatchIndex, file: Uint8Array, authority: PlacedAuthority): { chain: WarningChain; warnings: readonly Warning[] } {
    const entry = this.#nextEntry(index);
    if (entry === undefined || hex(sha256(file)) !== entry.file) throw new VerificationError('not the file that the index names');
    const batch = openBatch(file, signingKey(authority));
    const { read, region } = this.#state;
    const fits = batch.authority === this.#state.authority && batch.region === region && batch.sequence === entry.sequence;
    const follows = read === null || read.sequence + 1 !== entry.sequence || read.batch === batch.previous;
    if (!fits || !follows) throw new VerificationError('a batch that does not follow the one before');
    const now = { sequence: entry.sequence, batch: batch.hash, file: entry.file };
    return { chain: new WarningChain({ ...this.#state, read: now, seen: index.time }), warnings: batch.warnings };
  }

  /** Plain JSON for the device. */
  toJson(): WarningChainJson {
    return this.#state;
  }

  /** Reads what {@link toJson} wrote. @throws {MalformedError} another form */
  static fromJson(json: unknown): WarningChain {
    const { type, authority, region, read, seen } = membersOf(json, ['type', 'authority', 'region', 'read', 'seen']);
    if (type !== 'warning-chain') throw new MalformedError('not how far somebody has read');
    return new WarningChain({
      type, authority: hashOf(authority), region: wholeNumber(region, 0, 63), read: read === null ? null : readOf(read),
      seen: wholeNumber(seen, 0, Number.MAX_SAFE_INTEGER),
    });
  }
}

const signingKey = ({ line }: PlacedAuthority): Ed25519Key => Ed25519Key.parse(fromHex(line.signing_key, Ed25519Key.LENGTH));

function readOf(value: unknown): NonNullable<WarningChainJson['read']> {
  const { sequence, batch, file } = membersOf(value, ['sequence', 'batch', 'file']);
  return { sequence: wholeNumber(sequence, 0, Number.MAX_SAFE_INTEGER - 1), batch: hashOf(batch), file: hashOf(file) };
}

function hashOf(value: unknown): string {
  if (!isHex(value, HASH_LENGTH)) throw new MalformedError('a hash was expected');
  return value;
}
