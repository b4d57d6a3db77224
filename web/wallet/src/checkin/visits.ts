import { Diary, hourOf, MalformedError, scan, systemRandom, type Venue } from '@safeconduct/core';
import { Failure } from '@safeconduct/ui/call.ts';
import { clock } from '../engine/clock.ts';
import type { AuthorityView } from '../engine/views.ts';
import type { Keeping } from './keeping.ts';
import type { VenueView } from './views.ts';

/** One window at a time reads the slots and writes them again. */
const LOCK = 'safeconduct-wallet-visits';

/** Checks in (presence.md 4): the poster lives here from the scan to the tap, the visit in a slot that nobody reads. */
export class Visits {
  readonly #keeping: Keeping;
  #venue: Venue | null = null;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** Writes all slots, whether or not there was a visit. */
  async tend(authorities: readonly AuthorityView[]): Promise<void> {
    await this.#change(authorities, (diary) => diary.tend(clock(), systemRandom));
  }

  read(text: string, authorities: readonly AuthorityView[]): VenueView {
    this.forget();
    const known = { authority: (leaf: string) => authorities.find((one) => one.leaf === leaf)?.line ?? null };
    const scanned = scan(text, [known], clock());
    if (scanned.kind === 'REFUSED') throw new Failure(`poster.${scanned.reason}`);
    this.#venue = scanned;
    const { name, place, room, kind, stay, region } = scanned.poster;
    return { name, place, room, kind, stay, region, authority: authorities.find(({ line }) => line === scanned.authority)!.leaf };
  }

  prepare(): void {
    this.#venue?.prepare(clock(), systemRandom);
  }

  /** @returns what the poster said, for the private diary */
  async checkIn(authorities: readonly AuthorityView[]): Promise<Venue['poster']> {
    const venue = this.#venue;
    if (venue === null) throw new Failure('poster.NOT_A_POSTER');
    await this.#change(authorities, (diary) => diary.checkIn(venue, clock(), systemRandom));
    this.forget();
    return venue.poster;
  }

  forget(): void {
    this.#venue = null;
  }

  /** The slots, for trying warnings on them; null before there are any. */
  async diary(authorities: readonly AuthorityView[]): Promise<Diary | null> {
    const stored = await this.#keeping.slots();
    return stored === null ? null : Diary.parse(stored, retention(authorities));
  }

  /** Warnings of hours before this one need not be tried: there are no visits yet. */
  async #begin(authorities: readonly AuthorityView[]): Promise<Diary> {
    await this.#keeping.putBegun(hourOf(clock()));
    return Diary.create(retention(authorities), clock(), systemRandom);
  }

  #change(authorities: readonly AuthorityView[], act: (diary: Diary) => void): Promise<void> {
    return navigator.locks.request(LOCK, async () => {
      const diary = await this.diary(authorities).catch(damaged) ?? await this.#begin(authorities);
      act(diary);
      await this.#keeping.putSlots(diary.toBytes());
    });
  }
}

/** Slots do not say whose they are: of several authorities the one with the longest retention counts. */
const retention = (authorities: readonly AuthorityView[]): number => Math.max(1, ...authorities.map(({ line }) => line.retention));

/** What cannot be read any more is begun anew; nobody could open it either. */
function damaged(error: unknown): null {
  if (error instanceof MalformedError) return null;
  throw error;
}
