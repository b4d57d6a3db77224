import { type Ed25519Key, MalformedError } from '@safeconduct/crypto';
import type { Leaf } from '../register/line.ts';
import { compareOctets, hex } from '../wire/bytes.ts';
import { arrayOf, octetsOf, uint } from '../wire/cbor.ts';
import { HASH_LENGTH, sha256 } from '../wire/hash.ts';
import { type Hour, LAST_HOUR } from './hour.ts';
import { regionOf } from './poster.ts';
import { openFile } from './signedFile.ts';
import { Warning, WARNING_LENGTH } from './warning.ts';

const VERSION = 1;
/** Warnings come in multiples of this, at least one multiple, filled up with dummies. */
const STEP = 32;
const MOST_WARNINGS = 4_000;
const NONE_BEFORE = '0'.repeat(2 * HASH_LENGTH);

/** The warnings of one region and some hours, in one file that is the same for everybody and never changes (presence.md 6). */
export interface WarningBatch {
  /** The leaf hash of the authority line. */
  readonly authority: Leaf;
  /** Index of the region. */
  readonly region: number;
  /** Its place in the region's chain, from 0. */
  readonly sequence: number;
  /** Hash of the batch before, or zeros. */
  readonly previous: string;
  /** SHA-256 of the batch without its signature: `previous` of the next one. */
  readonly hash: string;
  readonly from: Hour;
  readonly until: Hour;
  /** Dummies among them, sorted. */
  readonly warnings: readonly Warning[];
}

/**
 * Reads a batch file and checks its signature. Its place in the chain is for `WarningChain`.
 * @throws {MalformedError} not the one form of a batch file; nothing of it counts
 * @throws {VerificationError} the signature is not the authority's
 */
export function openBatch(file: Uint8Array, signingKey: Ed25519Key): WarningBatch {
  const { value, octets } = openFile('batch', file, signingKey);
  const [version, authority, region, sequence, previous, from, until, warnings] = arrayOf(value, 8);
  if (version !== VERSION) throw new MalformedError('a batch of an unknown version');
  const batch: WarningBatch = {
    authority: hex(octetsOf(authority, HASH_LENGTH)), region: regionOf(region), sequence: uint(sequence),
    previous: hex(octetsOf(previous, HASH_LENGTH)), hash: hex(sha256(octets)), from: uint(from, LAST_HOUR), until: uint(until, LAST_HOUR),
    warnings: warningsOf(octetsOf(warnings)),
  };
  if ((batch.sequence === 0) !== (batch.previous === NONE_BEFORE)) throw new MalformedError('a batch without its place in a chain');
  if (batch.warnings.some(({ hour }) => hour < batch.from || hour > batch.until)) {
    throw new MalformedError('a warning of another hour than the batch has');
  }
  return batch;
}

function warningsOf(joined: Uint8Array): readonly Warning[] {
  const count = joined.length / WARNING_LENGTH;
  if (count === 0 || count % STEP !== 0 || count > MOST_WARNINGS) throw new MalformedError('a batch has 32, 64, ... warnings');
  const each = Array.from({ length: count }, (_, i) => joined.subarray(i * WARNING_LENGTH, (i + 1) * WARNING_LENGTH));
  if (each.some((octets, i) => i > 0 && compareOctets(each[i - 1]!, octets) >= 0)) {
    throw new MalformedError('warnings ascend without repeats');
  }
  return each.map((octets) => Warning.parse(octets));
}
