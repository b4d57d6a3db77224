/** What the wallet's worker tells the screens: plain data, ready to be said. Times are Unix seconds. */
import type { AuthorityLine } from '@safeconduct/core';
import type { Progress } from '@safeconduct/ui/call.ts';

export type Texts = Readonly<Record<string, string>>;

export interface OfficeView {
  readonly leaf: string;
  readonly names: Texts;
  readonly language: string;
  readonly contact: string;
  readonly address: string;
  readonly words: string;
  readonly registerWords: string;
  readonly registerTime: number | null;
  readonly old: boolean;
  readonly split: boolean;
  readonly overdue: number;
}

export interface AttributeView {
  readonly names: Texts;
  readonly value: string;
  /** Whether the value is a day of the year, `02-29`. */
  readonly dayMonth: boolean;
  readonly special: boolean;
}

/** How a pass stands: it can be shown, must be fetched first, or cannot be had any more. */
export type PassState = 'ready' | 'fetch' | 'later' | 'over';

export interface PassView {
  readonly id: string;
  readonly person: string;
  readonly office: OfficeView;
  readonly names: Texts;
  readonly purpose: Texts;
  readonly legalBasis: Texts;
  readonly specialBasis: Texts | null;
  readonly specimen: boolean;
  readonly sunset: number;
  readonly state: PassState;
  /** Until when a showing is possible without fetching; null if not now. */
  readonly readyUntil: number | null;
  readonly nextFrom: number | null;
  readonly expiringSoon: boolean;
  readonly attributes: readonly AttributeView[];
  /** What an ordinary code tells, at a door that asks nothing of its own; null without a pass for now. */
  readonly usual: TellsView | null;
  readonly paper: PaperView | null;
}

/** What one showing would tell, and what it would not. */
export interface TellsView {
  readonly shows: readonly AttributeView[];
  readonly hides: readonly Texts[];
  readonly stampFor: Texts | null;
  readonly stampUntil: number;
  readonly crowd: number;
}

export interface PaperView extends TellsView { readonly until: number }

/** A health authority of a register this wallet knows, and where its warnings are. */
export interface AuthorityView {
  readonly leaf: string;
  readonly line: AuthorityLine;
  readonly address: string;
  /** The first language of its office. */
  readonly language: string;
}

/** A turn at an office that is busy. */
export interface WaitingView { readonly id: string; readonly person: string; readonly office: OfficeView; readonly from: number; readonly until: number }

export interface WalletView {
  readonly offices: readonly OfficeView[];
  readonly authorities: readonly AuthorityView[];
  readonly waiting: readonly WaitingView[];
  readonly passes: readonly PassView[];
  readonly people: readonly string[];
  readonly clockBehind: boolean;
  readonly kept: boolean;
}

export interface OfferView { readonly officeNames: Texts; readonly officeLanguage: string }

/** A code for the display; renewed when `until` has come, unless it is the answer to a question of two minutes. */
export interface CodeView { readonly text: string; readonly from: number; readonly until: number; readonly renews: boolean }

/** One way to answer a question. */
export interface AnswerView extends TellsView {
  readonly pass: string;
  readonly ask: number;
  readonly person: string;
  readonly names: Texts;
  readonly specimen: boolean;
}

export interface QuestionView {
  readonly asker: Texts | null;
  readonly door: string | null;
  readonly officeLanguage: string;
  readonly officeNames: Texts;
  readonly answers: readonly AnswerView[];
  readonly clockCorrected: boolean;
}

export interface WalletEngine {
  wallet(progress: Progress): Promise<WalletView>;
  /** Fetches the register at an address; nothing is kept before `confirmOffice`. */
  meetOffice(progress: Progress, address: string): Promise<OfficeView>;
  confirmOffice(progress: Progress): Promise<void>;
  updateOffice(progress: Progress, leaf: string): Promise<void>;
  removeOffice(progress: Progress, leaf: string): Promise<void>;
  readOffer(progress: Progress, code: string): Promise<OfferView>;
  /** Redeems an offer and fetches its passes. @returns the id of the pass */
  redeem(progress: Progress, code: string, digits: string, person: string): Promise<string>;
  fetchAhead(progress: Progress, pass: string): Promise<void>;
  /** Goes on where the office was too busy, if the turn has come. */
  takeTurn(progress: Progress, pass: string): Promise<void>;
  /** Fetches what is due by the plan, if anything. @returns whether something was fetched */
  fetchDue(progress: Progress): Promise<boolean>;
  live(progress: Progress, pass: string): Promise<CodeView>;
  readQuestion(progress: Progress, code: string): Promise<QuestionView>;
  answer(progress: Progress, pass: string, ask: number): Promise<CodeView>;
  makePaper(progress: Progress, pass: string): Promise<string>;
  rename(progress: Progress, pass: string, person: string): Promise<void>;
  remove(progress: Progress, pass: string): Promise<void>;
  removeAll(progress: Progress): Promise<void>;
  backup(progress: Progress, passphrase: string): Promise<Uint8Array>;
  restore(progress: Progress, file: Uint8Array, passphrase: string): Promise<number>;
}
