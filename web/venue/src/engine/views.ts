import type { Leaf, Poster, Texts } from '@safeconduct/core';
import type { Progress } from '@safeconduct/ui/call.ts';

/** An office that was asked for its register, and the authorities it lists. */
export interface OfficeView {
  readonly names: Texts;
  /** Its first language, for texts that lack ours. */
  readonly language: string;
  readonly officeWords: string;
  readonly authorities: readonly AuthorityView[];
}

export interface AuthorityView {
  readonly leaf: Leaf;
  readonly names: Texts;
  readonly regions: readonly Texts[];
}

/** A poster as the screens draw it; the code is public. */
export interface PosterView extends Poster {
  readonly code: string;
  readonly authority: AuthorityView | null;
}

export interface VenueView {
  readonly posters: readonly PosterView[];
  /** Null for a sheet that was opened on a device that does not know the office yet. */
  readonly office: OfficeView | null;
  /** The office's address without `https://`, as a person would type it. */
  readonly address: string;
  /** Whether this browser keeps anything. */
  readonly kept: boolean;
}

/** What the worker does for the screens. Every act takes the progress first. */
export interface VenueEngine {
  venue(progress: Progress): Promise<VenueView | null>;
  /** Fetches an office's register; it is kept once its words were compared. */
  meet(progress: Progress, address: string): Promise<OfficeView>;
  confirm(progress: Progress): Promise<VenueView | null>;
  /** Makes a key, if there is none yet, and a poster for each. */
  make(progress: Progress, authority: Leaf, posters: readonly Poster[]): Promise<VenueView>;
  /** The tracing sheet. A secret. */
  sheet(progress: Progress): Promise<string>;
  open(progress: Progress, sheet: string): Promise<VenueView>;
  lock(progress: Progress, passphrase: string): Promise<Uint8Array>;
  unlock(progress: Progress, file: Uint8Array, passphrase: string): Promise<VenueView>;
  /** The slip codes of `count` hours from this one on. */
  slips(progress: Progress, poster: number, from: number, count: number): Promise<readonly string[]>;
  /** Sends the venue's parts of the hours from `from` to `until`. @returns how many keys were sent */
  upload(progress: Progress, token: string, posters: readonly number[], from: number, until: number): Promise<number>;
  /** Sends an empty answer of the same length, which the authority drops. */
  dummy(progress: Progress): Promise<void>;
  remove(progress: Progress): Promise<void>;
}
