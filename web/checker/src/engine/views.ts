/** What the checker's worker tells the screens: plain data, ready to be said. */
import type { SeenCode } from '@safeconduct/core';
import type { Progress } from '@safeconduct/ui/call.ts';

export type Texts = Readonly<Record<string, string>>;

/** The door as it was set up, and how it stands now. Times are Unix seconds. */
export interface DoorView {
  readonly officeNames: Texts;
  readonly officeLanguage: string;
  readonly officeWords: string;
  readonly schemeNames: Texts;
  readonly specimen: boolean;
  readonly door: string | null;
  readonly askerNames: Texts | null;
  readonly mode: 'default' | 'static' | 'fresh';
  readonly asks: readonly Texts[];
  readonly scopeNames: Texts | null;
  readonly paper: boolean;
  readonly paired: boolean;
  readonly stamps: number;
  readonly sunset: number;
  readonly epochUntil: number | null;
  readonly registerTime: number | null;
  readonly registerWords: string;
  readonly registerOld: boolean;
  readonly clockBehind: boolean;
  /** The office showed different registers; both are kept. */
  readonly split: boolean;
  readonly kept: boolean;
}

export interface DisclosedView {
  readonly names: Texts;
  readonly value: string;
  readonly identity: boolean;
  /** Whether the value is a day of the year, `02-29`. */
  readonly dayMonth: boolean;
}

/** A verdict, ready for the screen. `step` names the identity step that has to be answered before anything is green. */
export type VerdictView =
  | { readonly kind: 'accepted'; readonly form: 'live' | 'paper'; readonly disclosed: readonly DisclosedView[]; readonly step: number | null }
  | { readonly kind: 'specimen'; readonly form: 'live' | 'paper' }
  | { readonly kind: 'refused' | 'cannot'; readonly reason: string };

export interface QuestionView { readonly text: string; readonly until: number }

/** One code of another door's stamps: how many were new, and which part of how many it was. */
export interface TakenView { readonly added: number; readonly part: number; readonly parts: number }

export interface CheckerEngine {
  /** The door of this device, or null before its set-up. */
  door(progress: Progress): Promise<DoorView | null>;
  /** Reads a set-up code and fetches its register; nothing is kept before `confirm`. */
  setUp(progress: Progress, code: string): Promise<DoorView>;
  confirm(progress: Progress): Promise<DoorView>;
  update(progress: Progress): Promise<DoorView>;
  check(progress: Progress, code: string): Promise<VerdictView>;
  /** Ends the identity step: only with `same` the stamp is recorded. @returns whether it was, and was new */
  identity(progress: Progress, step: number, same: boolean): Promise<boolean>;
  /** Codes accepted a moment ago, for the page to have them remembered while it is loaded again. */
  seen(progress: Progress): Promise<readonly SeenCode[]>;
  recall(progress: Progress, seen: readonly SeenCode[]): Promise<void>;
  question(progress: Progress): Promise<QuestionView | null>;
  renewQuestion(progress: Progress): Promise<QuestionView>;
  exchangeCodes(progress: Progress): Promise<readonly string[]>;
  takeExchange(progress: Progress, code: string): Promise<TakenView>;
  remove(progress: Progress): Promise<void>;
}
