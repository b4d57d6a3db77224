import { MalformedError, VerificationError } from '@safeconduct/crypto';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Diary, openBatch, openBatchIndex, scan, TracingSheet, Upload, UploadToken, VenueCode, WarningChain } from '../src/index.ts';
import { base45, fromBase45 } from '../src/wire/base45.ts';
import { sameOctets, utf8 } from '../src/wire/bytes.ts';
import { HOUR, NOW, Town } from './support/town.ts';

/*
 * 20,000 mutations of everything that is read from outside: nothing changed is taken for what it was, and nothing throws
 * anything but the two errors. Seeds are fixed, so that a failure can be repeated.
 */
const SEED = 20261122;
const town = new Town('mutations');
const { sheet, cafe, random, register } = town;
const key = town.signing.publicKey;
const token = UploadToken.parse('0'.repeat(26));
const warnings = town.padded(town.warnings([sheet.part(cafe, HOUR)]));
const batch = town.sign('batch', town.batchFields(0, '0'.repeat(64), warnings));
const index = town.index(NOW, [batch]);

interface Target {
  readonly name: string;
  readonly runs: number;
  readonly good: Uint8Array;
  /** Reads the octets; true if they are taken for the good ones, or read as something that they do not spell. */
  taken(octets: Uint8Array): boolean;
}

const targets: Target[] = [
  {
    name: 'a poster', runs: 5_000, good: cafe.toBytes(),
    taken: (octets) => {
      const text = `SCV1:${base45(octets)}`;
      if (scan(text, [register], NOW).kind === 'REFUSED') return false;
      // Another poster of this venue is a venue as well, but in one form only, and never this one.
      const read = VenueCode.parse(text);
      return read.toText() !== text || sameOctets(read.identity(HOUR), cafe.identity(HOUR));
    },
  },
  {
    name: 'a tracing sheet', runs: 2_000, good: fromBase45(sheet.toText().slice(5)),
    taken: (octets) => {
      const text = `SCT1:${base45(octets)}`;
      const read = TracingSheet.parse(text).toText();
      return read !== text || read === sheet.toText();
    },
  },
  {
    name: 'an upload', runs: 2_000, good: utf8(Upload.of(token, [sheet.part(cafe, HOUR)]).toJson()),
    taken: (octets) => {
      const { hours, token: read } = Upload.parse(octets);
      if (read.toText() !== token.toText()) throw new VerificationError('another token');
      for (const { venue, hour, part, slip } of hours) {
        venue.key.verifyPart(part, venue.identity(hour));
        if (slip !== sheet.slip(cafe, HOUR)) throw new VerificationError('another slip');
      }
      return true;
    },
  },
  { name: 'a batch', runs: 4_000, good: batch, taken: (octets) => openBatch(octets, key).warnings.length > 0 },
  { name: 'an index', runs: 4_000, good: index, taken: (octets) => openBatchIndex(octets, key).entries.length > 0 },
  {
    name: 'how far somebody has read', runs: 1_000, good: utf8(JSON.stringify(WarningChain.begin(town.authority.leaf, 0).toJson())),
    taken: (octets) => {
      const json = parsed(octets);
      return json !== undefined && !isDeepStrictEqual(WarningChain.fromJson(json).toJson(), json);
    },
  },
  {
    name: 'a diary', runs: 2_000, good: Diary.create(1, NOW, random).toBytes(),
    taken: (octets) => {
      const diary = Diary.parse(octets, 1);
      return !sameOctets(diary.toBytes(), octets);
    },
  },
];

function parsed(octets: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(octets));
  } catch {
    return undefined;
  }
}

const mutation = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255), fc.nat(4));

function mutate(octets: Uint8Array, changes: readonly (readonly [number, number, number])[]): Uint8Array {
  return changes.reduce((some, [part, byte, kind]) => {
    const at = Math.floor(part * some.length);
    const copy = [...some];
    switch (kind) {
      case 0: copy[at]! ^= 1 << (byte % 8); break;
      case 1: copy[at] = byte; break;
      case 2: copy.splice(at, 0, byte); break;
      case 3: copy.splice(at, 1); break;
      default: [copy[at], copy[byte % copy.length]] = [copy[byte % copy.length]!, copy[at]!];
    }
    return Uint8Array.from(copy);
  }, octets);
}

describe('20,000 mutations', () => {
  it('areCounted', () => expect(targets.reduce((sum, { runs }) => sum + runs, 0)).toBe(20_000));

  it.each(targets)('of $name are all refused', ({ good, runs, taken }) => {
    fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (changes) => {
      const octets = mutate(good, changes);
      if (sameOctets(octets, good)) return;
      try {
        expect(taken(octets)).toBe(false);
      } catch (error) {
        if (!(error instanceof MalformedError || error instanceof VerificationError)) throw error;
      }
    }), { seed: SEED, numRuns: runs });
  }, 60_000);
});
