import { MalformedError, VerificationError } from '@safeconduct/crypto';
import { compareOctets, concat, fromHex, hex, isHex, sameCode } from '../wire/bytes.ts';
import { arrayOf, type Cbor, encodeCbor, octetsOf, uint } from '../wire/cbor.ts';
import { codeText, readCode } from '../wire/code.ts';
import { HASH_LENGTH, hmacSha256, label } from '../wire/hash.ts';
import { listOf, membersOf, wholeNumber } from '../wire/json.ts';
import type { Leaf } from '../register/line.ts';
import { leafOf } from './passRequest.ts';
import { PREFIX_LENGTH, STAMP_LENGTH, stampPrefix } from './stamp.ts';

const PROFILE = 1;
/** Prefixes of a full part. */
const PART = 100;
const MOST_PARTS = 100_000;
const MOST_STAMPS = PART * MOST_PARTS;
const MAC_LENGTH = 16;

/** Stamps that paired doors tell each other: one part of a book (pass.md 6.2). */
export interface Exchange {
  readonly epoch: Leaf;
  readonly scope: number;
  /** From 0. */
  readonly part: number;
  readonly parts: number;
  /** Hexadecimal, 8 bytes each, ascending. */
  readonly prefixes: readonly string[];
}

/** What {@link StampBook.toJson} writes: sorted, without time or door. */
export interface StampBookJson {
  readonly type: 'stamp-book';
  readonly epoch: Leaf;
  readonly scope: number;
  readonly stamps: readonly string[];
  readonly heard: readonly string[];
}

/**
 * Which stamps of one scope were used in one epoch (pass.md 6.1), at this door and, by their prefixes, at paired ones.
 * It holds no time, no door and no order; it is erased when the epoch is surely over.
 */
export class StampBook {
  readonly epoch: Leaf;
  readonly scope: number;
  readonly #stamps: Set<string>;
  /** Prefixes of stamps used at any door, this one included. */
  readonly #prefixes: Set<string>;

  /** An empty book. */
  constructor(epoch: Leaf, scope: number, stamps: readonly string[] = [], heard: readonly string[] = []) {
    this.epoch = epoch;
    this.scope = scope;
    this.#stamps = new Set(stamps);
    this.#prefixes = new Set([...heard, ...stamps.map((stamp) => prefixOf(fromHex(stamp, STAMP_LENGTH)))]);
  }

  /** The number of stamps used here or heard of. */
  get size(): number {
    return this.#prefixes.size;
  }

  /** Whether a stamp was used, here or at a paired door. */
  has(stamp: Uint8Array): boolean {
    return this.#prefixes.has(prefixOf(stamp));
  }

  /** Records a stamp. */
  record(stamp: Uint8Array): void {
    this.#stamps.add(hex(stamp));
    this.#prefixes.add(prefixOf(stamp));
  }

  /** The codes that tell a paired door of all stamps in this book, heard ones included. */
  exchange(pairingSecret: Uint8Array): readonly string[] {
    const prefixes = [...this.#prefixes].sort();
    const parts = Math.max(1, Math.ceil(prefixes.length / PART));
    return Array.from({ length: parts }, (_, part) => {
      const some = prefixes.slice(part * PART, (part + 1) * PART).map((prefix) => fromHex(prefix, PREFIX_LENGTH));
      const told = [PROFILE, fromHex(this.epoch, HASH_LENGTH), this.scope, part, parts, concat(...some)];
      return codeText('stampBook', [...told, macOf(told, pairingSecret)]);
    });
  }

  /** Adds what a paired door told. Returns how many stamps were new. */
  merge(exchange: Exchange): number {
    if (exchange.epoch !== this.epoch || exchange.scope !== this.scope) throw new RangeError('an exchange of another book');
    const before = this.#prefixes.size;
    exchange.prefixes.forEach((prefix) => this.#prefixes.add(prefix));
    return this.#prefixes.size - before;
  }

  /** Plain JSON for the device. */
  toJson(): StampBookJson {
    const stamps = [...this.#stamps].sort();
    const own = new Set(stamps.map((stamp) => prefixOf(fromHex(stamp, STAMP_LENGTH))));
    const heard = [...this.#prefixes].filter((prefix) => !own.has(prefix)).sort();
    return { type: 'stamp-book', epoch: this.epoch, scope: this.scope, stamps, heard };
  }

  /**
   * Reads what {@link toJson} wrote.
   * @throws {MalformedError} another form
   */
  static fromJson(json: unknown): StampBook {
    const { type, epoch, scope, stamps, heard } = membersOf(json, ['type', 'epoch', 'scope', 'stamps', 'heard']);
    if (type !== 'stamp-book') throw new MalformedError('not a stamp book');
    return new StampBook(
      leafOf(epoch), wholeNumber(scope, 0, 3), sortedHex(stamps, STAMP_LENGTH), sortedHex(heard, PREFIX_LENGTH),
    );
  }
}

/**
 * Reads one code of an exchange.
 * @param pairingSecret what both doors got at set-up, 32 bytes
 * @throws {MalformedError} another form
 * @throws {VerificationError} it does not come from a paired door
 */
export function readExchange(text: string, pairingSecret: Uint8Array): Exchange {
  const fields = arrayOf(readCode('stampBook', text), 7);
  const [profile, epoch, scope, part, parts, prefixes, mac] = fields;
  if (profile !== PROFILE) throw new MalformedError('an unknown profile');
  const partCount = uint(parts, MOST_PARTS);
  const octets = octetsOf(prefixes);
  const exchange: Exchange = {
    epoch: hex(octetsOf(epoch, HASH_LENGTH)), scope: uint(scope, 3), part: uint(part), parts: partCount,
    prefixes: readPrefixes(octets),
  };
  const isLast = exchange.part === partCount - 1;
  if (exchange.part >= partCount) throw new MalformedError('a part beyond the last');
  if (!isLast && exchange.prefixes.length !== PART) throw new MalformedError('a part that is not full');
  if (partCount > 1 && exchange.prefixes.length === 0) throw new MalformedError('a part of nothing');
  if (!sameCode(macOf(fields.slice(0, 6), pairingSecret), octetsOf(mac, MAC_LENGTH))) {
    throw new VerificationError('the code does not come from a paired door');
  }
  return exchange;
}

function readPrefixes(octets: Uint8Array): readonly string[] {
  const count = octets.length / PREFIX_LENGTH;
  if (!Number.isInteger(count) || count > PART) throw new MalformedError(`a part has at most ${PART} prefixes`);
  const prefixes = Array.from({ length: count }, (_, i) => octets.subarray(i * PREFIX_LENGTH, (i + 1) * PREFIX_LENGTH));
  if (prefixes.some((prefix, i) => i > 0 && compareOctets(prefixes[i - 1]!, prefix) >= 0)) {
    throw new MalformedError('prefixes ascend without repeats');
  }
  return prefixes.map(hex);
}

const macOf = (told: readonly Cbor[], pairingSecret: Uint8Array): Uint8Array =>
  hmacSha256(pairingSecret, label('stamp-book'), encodeCbor(told)).slice(0, MAC_LENGTH);

const prefixOf = (stamp: Uint8Array): string => hex(stampPrefix(stamp));

function sortedHex(value: unknown, length: number): readonly string[] {
  const list = listOf(value, 0, MOST_STAMPS, (item) => {
    if (!isHex(item, length)) throw new MalformedError('stamps are written in hexadecimal digits');
    return item;
  });
  if (list.some((item, i) => i > 0 && item <= list[i - 1]!)) throw new MalformedError('stamps ascend without repeats');
  return list;
}
