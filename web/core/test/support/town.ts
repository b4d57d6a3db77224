import { Ed25519Secret, type RandomBytes } from '@safeconduct/crypto';
import { IbeSecretKey } from '@safeconduct/crypto/extracting';
import {
  type AuthorityLine, Diary, type Hour, hourOf, type Leaf, type Notice, type PlacedAuthority, type Poster, type Register, scan, type Texts,
  TracingSheet, Venue, type VenueCode, type VenueHour, Warning,
} from '../../src/index.ts';
import { sealNotice } from '../../src/presence/notice.ts';
import { signFile } from '../../src/presence/signedFile.ts';
import { hourOctets } from '../../src/presence/hour.ts';
import { compareOctets, concat, fromHex, hex } from '../../src/wire/bytes.ts';
import type { Cbor } from '../../src/wire/cbor.ts';
import { sha256 } from '../../src/wire/hash.ts';
import { NOW, Office } from './office.ts';
import { seededRandom } from './random.ts';

export { NOW };
export const HOUR: Hour = hourOf(NOW);
export const NOTICE: Notice = { advice: 'TEST', day: 20_800 };
export const CAFE: Poster = { name: 'Café Süd', place: 'Hauptstraße 1', room: 'Hall', kind: 'FOOD_AND_DRINK', stay: 2, region: 0, end: null };
export const CHOIR: Poster = { name: 'Choir', place: 'Town hall', room: null, kind: 'MEETING', stay: 3, region: 0, end: null };

const both = (text: string) => ({ en: text, et: `${text} (et)` });

/** A town with an authority, as tests need it, and two venues. Real authorities are Java. */
export class Town {
  readonly random: RandomBytes;
  readonly tracing: IbeSecretKey;
  readonly signing: Ed25519Secret;
  readonly authority: PlacedAuthority;
  readonly sheet: TracingSheet;
  readonly cafe: VenueCode;
  readonly choir: VenueCode;

  readonly #office: Office;

  constructor(seed = 'town', office = new Office(), names: (text: string) => Texts = both, retention = 14) {
    this.#office = office;
    this.random = seededRandom(seed);
    this.tracing = IbeSecretKey.random(this.random);
    this.signing = Ed25519Secret.fromSeed(this.random(32));
    const line: AuthorityLine = {
      type: 'authority', id: 'health', names: names('Health'), proof: hex(this.tracing.prove().toBytes()),
      regions: [{ id: 'north', names: names('North') }, { id: 'south', names: names('South') }], retention,
      signing_key: hex(this.signing.publicKey.toBytes()), tracing_key: hex(this.tracing.publicKey.toBytes()),
    };
    const leaf: Leaf = office.publish(line);
    this.authority = { leaf, line };
    this.sheet = TracingSheet.create(this.random).with(CAFE, leaf, this.random).with(CHOIR, leaf, this.random);
    [this.cafe, this.choir] = this.sheet.posters as [VenueCode, VenueCode];
  }

  get register(): Register {
    return this.#office.known().register;
  }

  scan(code: VenueCode, now = NOW): Venue {
    const scanned = scan(code.toText(), [this.register], now);
    if (!(scanned instanceof Venue)) throw new Error(scanned.reason);
    return scanned;
  }

  diary(now = NOW, days = 1): Diary {
    return Diary.create(days, now, this.random);
  }

  /** The warning of hours whose parts a venue uploaded, without the looking and testing of a real authority. */
  warnings(parts: readonly VenueHour[], notice = NOTICE): Warning[] {
    return parts.map(({ venue, hour, part }) => {
      const identity = venue.identity(hour);
      const key = part.plus(this.tracing.extract(identity));
      return Warning.parse(concat(hourOctets(hour), identity, key.toBytes(), sealNotice(notice, venue.message(hour), this.random)));
    });
  }

  dummy(hour: Hour): Warning {
    const identity = this.random(32);
    return Warning.parse(concat(hourOctets(hour), identity, this.tracing.extract(identity).toBytes(), this.random(60)));
  }

  /** Warnings and dummies up to a multiple of 32, sorted. */
  padded(warnings: readonly Warning[], hour = HOUR): Warning[] {
    const missing = Math.max(1, Math.ceil(warnings.length / 32)) * 32 - warnings.length;
    const all = [...warnings, ...Array.from({ length: missing }, () => this.dummy(hour))];
    return all.sort((a, b) => compareOctets(a.toBytes(), b.toBytes()));
  }

  /** The fields of a batch, for tests to change one. */
  batchFields(sequence: number, previous: string, warnings: readonly Warning[]): Cbor[] {
    const joined = concat(...warnings.map((warning) => warning.toBytes()));
    return [1, fromHex(this.authority.leaf, 32), 0, sequence, fromHex(previous, 32), HOUR - 24, HOUR + 24, joined];
  }

  sign(name: 'batch' | 'batch-index', fields: Cbor, key = this.signing): Uint8Array {
    return signFile(name, fields, key);
  }

  index(time: number, files: readonly Uint8Array[], from = 0): Uint8Array {
    return this.sign('batch-index', [1, fromHex(this.authority.leaf, 32), time, files.map((file, i) => [0, from + i, sha256(file)])]);
  }
}
