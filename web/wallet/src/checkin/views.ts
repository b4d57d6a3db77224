/** What the worker of check-ins tells the screens: plain data, ready to be said. Times are Unix seconds. */
import type { Advice, VenueKind } from '@safeconduct/core';
import type { Progress } from '@safeconduct/ui/call.ts';
import type { AuthorityView } from '../engine/views.ts';

/** A place whose poster was read, before anything is sealed. */
export interface VenueView {
  readonly name: string;
  readonly place: string;
  readonly room: string | null;
  readonly kind: VenueKind;
  /** Hours. */
  readonly stay: number;
  readonly authority: string;
  readonly region: number;
}

/** Hours in a row at a place that was warned. */
export interface NoticeView {
  readonly ids: readonly string[];
  readonly authority: string;
  readonly from: number;
  readonly until: number;
  readonly advice: Advice;
  /** The day of the advice. */
  readonly day: number;
}

export interface CheckinView {
  /** Whether this browser keeps anything. */
  readonly kept: boolean;
  /** The latest first. */
  readonly notices: readonly NoticeView[];
  /** Regions whose warnings are fetched, by the leaf of their authority. */
  readonly followed: Readonly<Record<string, readonly number[]>>;
  /** When the warnings were read last, to the hour; null for never. */
  readonly looked: number | null;
  /** How many entries the private diary has; null without one. */
  readonly entries: number | null;
}

export interface EntryView {
  readonly id: string;
  readonly time: number;
  readonly name: string;
  readonly place: string;
  readonly room: string | null;
}

export interface CheckinEngine {
  /** Erases what is over and makes what is missing; call it at every start and every hour. */
  tend(progress: Progress, authorities: readonly AuthorityView[]): Promise<CheckinView>;
  view(progress: Progress): Promise<CheckinView>;
  /** Reads a poster; nothing is sealed yet. */
  read(progress: Progress, code: string, authorities: readonly AuthorityView[]): Promise<VenueView>;
  /** Seals ahead, while the name is read. */
  prepare(progress: Progress): Promise<void>;
  /** Returns when the visit is safely stored; the poster is then forgotten. @param write whether into the private diary too */
  checkIn(progress: Progress, authorities: readonly AuthorityView[], write: boolean): Promise<void>;
  forget(progress: Progress): Promise<void>;
  follow(progress: Progress, authority: string, region: number, on: boolean): Promise<void>;
  /** Fetches new warnings and tries them: seconds, so in a worker of its own. */
  look(progress: Progress, authorities: readonly AuthorityView[]): Promise<void>;
  removeNotice(progress: Progress, ids: readonly string[]): Promise<void>;
  startDiary(progress: Progress, passphrase: string): Promise<void>;
  openDiary(progress: Progress, passphrase: string): Promise<readonly EntryView[]>;
  closeDiary(progress: Progress): Promise<void>;
  removeEntry(progress: Progress, id: string): Promise<void>;
  removeDiary(progress: Progress): Promise<void>;
  removeAll(progress: Progress): Promise<void>;
}
