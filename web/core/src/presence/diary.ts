import { IbeCiphertext, MalformedError, PreparedCiphertext, type RandomBytes } from '@safeconduct/crypto';
import { concat } from '../wire/bytes.ts';
import { type Hour, HOUR_LENGTH, hourOctets, hourOf, HOURS_A_DAY, LAST_HOUR } from './hour.ts';
import type { Match } from './match.ts';
import { LONGEST_STAY } from './poster.ts';
import type { Venue } from './venue.ts';
import type { Warning } from './warning.ts';

/** Slots of an hour: a third visit in one hour replaces the first. */
const SLOTS_AN_HOUR = 2;
/** Hours prepared beyond the running one: the longest usual stay. */
const HOURS_AHEAD = LONGEST_STAY;
const MOST_DAYS = 30;
const SLOT_LENGTH = HOUR_LENGTH + IbeCiphertext.LENGTH;
const PAIR_LENGTH = SLOTS_AN_HOUR * SLOT_LENGTH;

/** The octets of the two ciphertexts of an hour; while it is not over, the one that came later stands behind the other. */
type Pair = [Uint8Array, Uint8Array];

/**
 * The visits of one phone: two slots for every hour of the retention time and the next twelve, with or without a visit,
 * which nobody can tell apart (presence.md 4).
 *
 * What it stores has the same length, order and look whether its owner went out or stayed at home. It never stores a
 * poster, and it cannot confirm one: even with the poster in hand nothing opens before the hour is warned. Nor does it know
 * which slots hold visits, and it need not: each visit pushes out the older of the two.
 *
 * A ciphertext is looked at when it is tried and not before: to check 700 points takes seconds on a slow phone, and a
 * check-in does not wait for them.
 */
export class Diary {
  readonly #days: number;
  readonly #slots = new Map<Hour, Pair>();

  private constructor(days: number) {
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new RangeError(`a diary keeps 1 to ${MOST_DAYS} days`);
    this.#days = days;
  }

  /**
   * A new diary full of dummies; a second of work, seconds on a slow phone.
   * @param days the retention of the owner's authority, 1 to 30; visits to venues of others fit in as well
   * @param now Unix seconds
   */
  static create(days: number, now: number, random: RandomBytes): Diary {
    const diary = new Diary(days);
    diary.tend(now, random);
    return diary;
  }

  /**
   * Reads what {@link toBytes} wrote; {@link tend} comes next.
   * @throws {MalformedError} not two slots for each of consecutive hours
   */
  static parse(stored: Uint8Array, days: number): Diary {
    const diary = new Diary(days);
    const hours = stored.length / PAIR_LENGTH;
    if (hours === 0 || !Number.isInteger(hours) || hours > MOST_DAYS * HOURS_A_DAY + HOURS_AHEAD) {
      throw new MalformedError('a diary is of no length that it can have');
    }
    const view = new DataView(stored.buffer, stored.byteOffset);
    const first = view.getUint32(0);
    for (let i = 0; i < hours; i++) {
      const at = i * PAIR_LENGTH;
      const hour = view.getUint32(at);
      if (hour !== first + i || hour > LAST_HOUR || view.getUint32(at + SLOT_LENGTH) !== hour) {
        throw new MalformedError('a diary has two slots for each hour in turn');
      }
      const sealed = (start: number): Uint8Array => stored.slice(start + HOUR_LENGTH, start + SLOT_LENGTH);
      diary.#slots.set(hour, [sealed(at), sealed(at + SLOT_LENGTH)]);
    }
    return diary;
  }

  /**
   * Looks at every ciphertext, for a diary that comes from elsewhere: seconds of work.
   * @throws {MalformedError} one is none
   */
  check(): void {
    for (const pair of this.#slots.values()) pair.forEach((sealed) => IbeCiphertext.parse(sealed));
  }

  /** All slots, 164 bytes each, sorted by hour: always as many for the same retention time. */
  toBytes(): Uint8Array {
    const hours = [...this.#slots.keys()].sort((a, b) => a - b);
    return concat(...hours.flatMap((hour) => this.#slots.get(hour)!.flatMap((sealed) => [hourOctets(hour), sealed])));
  }

  /**
   * Erases what is older than the retention time, makes dummies for the hours to come, and shuffles the two slots of every
   * hour that is over. Call it at every start and every hour, and store {@link toBytes} each time, whether or not there was
   * a visit.
   * @param now Unix seconds
   */
  tend(now: number, random: RandomBytes): void {
    const running = hourOf(now);
    const oldest = running + 1 - this.#days * HOURS_A_DAY;
    const last = running + HOURS_AHEAD;
    // Hours after the last are from a clock that was ahead.
    for (const hour of this.#slots.keys()) if (hour < oldest || hour > last) this.#slots.delete(hour);
    const hours = Array.from({ length: last - oldest + 1 }, (_, i) => oldest + i).filter((hour) => !this.#slots.has(hour));
    const dummies = IbeCiphertext.dummies(SLOTS_AN_HOUR * hours.length, random).map((dummy) => dummy.toBytes());
    hours.forEach((hour, i) => this.#slots.set(hour, [dummies[2 * i]!, dummies[2 * i + 1]!]));
    // No visit begins in them any more, so that nobody needs to know which slot came later, and nobody learns it.
    random(running - oldest).forEach((octet, i) => {
      const [first, second] = this.#slots.get(oldest + i)!;
      if ((octet & 1) === 1) this.#slots.set(oldest + i, [second, first]);
    });
  }

  /** Seals a visit into the running hour and those of the usual stay after it (presence.md 4.2). Then forget the venue. */
  checkIn(venue: Venue, now: number, random: RandomBytes): void {
    this.tend(now, random);
    const running = hourOf(now);
    for (let i = 0; i < venue.poster.stay; i++) {
      const hour = running + i;
      const [, later] = this.#slots.get(hour)!;
      this.#slots.set(hour, [later, venue.seal(hour, random).toBytes()]);
    }
  }

  /**
   * Tries every warning against the two slots of its hour (presence.md 7): some milliseconds for each, so call it in a
   * worker. Nobody is told.
   * @param progress is told how many of the warnings were tried, after each
   * @returns what was opened, in the order of the warnings
   * @throws {MalformedError} a slot holds no ciphertext: the stored diary was damaged
   */
  match(warnings: readonly Warning[], progress: (tried: number) => void = () => {}): readonly Match[] {
    const matches: Match[] = [];
    let prepared: { hour: Hour; slots: readonly PreparedCiphertext[] } | null = null;
    warnings.forEach((warning, i) => {
      const { hour, key, identity } = warning;
      // Warnings come sorted by hour, so that the lines of one hour's slots are enough.
      if (prepared?.hour !== hour) prepared = { hour, slots: (this.#slots.get(hour) ?? []).map((sealed) => PreparedCiphertext.stored(sealed)) };
      for (const slot of prepared.slots) {
        // The notice is asked first: its tag refuses in microseconds what the last step of 2.4 refuses in milliseconds.
        const message = slot.decrypt(key, identity, (candidate) => warning.open(candidate) !== null);
        if (message !== null) matches.push({ hour, notice: warning.open(message)! });
      }
      progress(i + 1);
    });
    return matches;
  }

  /** Says nothing of the visits, not even whether there are any. */
  toString(): string {
    return 'Diary[secret]';
  }
}
