/*
 * The lines of a register (register.md 2), with exactly the members of their JSON. Keys, hashes and signatures are
 * lowercase hexadecimal and times stay texts, so that a line prints to the bytes it was read from.
 */

/** The leaf hash of a line as lowercase hexadecimal: the only way lines refer to each other. */
export type Leaf = string;

/** One text for each language of the office. */
export type Texts = Readonly<Record<string, string>>;

/** Something that has an id and a name in each language. */
export interface Named {
  readonly id: string;
  readonly names: Texts;
}

/** Who keeps the register: line 0, and only there (register.md 2.1). */
export interface OfficeLine {
  readonly type: 'office';
  readonly contact: string;
  readonly cosign_key: string;
  readonly languages: readonly string[];
  readonly names: Texts;
  readonly origin: string;
  readonly profile: 1;
  readonly register_key: string;
}

/** A new register key, signed by the one before (register.md 2.2). */
export interface KeyLine {
  readonly type: 'key';
  readonly key: string;
  readonly number: number;
  readonly signature: string;
}

/** The values an attribute may have (register.md 2.3). */
export type Domain =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'day-month' }
  | { readonly kind: 'letter' }
  | { readonly kind: 'year'; readonly first: number; readonly last: number };

/** One attribute of a scheme. */
export interface Attribute extends Named {
  readonly domain: Domain;
  readonly identity: boolean;
  readonly special: boolean;
}

/** How long an epoch lasts. */
export type EpochKind = 'day' | 'week' | 'month' | 'event';

/** What the paper question asks. */
export interface PaperRule {
  readonly attributes: readonly number[];
  readonly scope: number | null;
}

/** A kind of pass: what it says, for what right, until when (register.md 2.3). */
export interface SchemeLine extends Named {
  readonly type: 'scheme';
  readonly ahead: number;
  readonly attributes: readonly Attribute[];
  readonly daily_cap: number;
  readonly default: readonly number[];
  readonly default_scope: 0 | null;
  readonly epoch: { readonly kind: EpochKind; readonly zone: string };
  readonly legal_basis: Texts;
  readonly paper: PaperRule | null;
  readonly purpose: Texts;
  readonly replacement: boolean;
  readonly scopes: readonly Named[];
  readonly special_basis: Texts | null;
  readonly specimen: boolean;
  readonly sunset: string;
}

/** Somebody who may ask for more than the default (register.md 2.4). */
export interface AskerLine {
  readonly type: 'asker';
  readonly attributes: readonly number[];
  readonly doors: readonly string[];
  readonly key: string;
  readonly names: Texts;
  readonly scheme: Leaf;
  readonly scopes: readonly number[];
  readonly until: string;
}

/** A time under one issuing key (register.md 2.5). */
export interface EpochLine {
  readonly type: 'epoch';
  readonly from: string;
  readonly holders: number;
  readonly key: string;
  readonly number: number;
  readonly scheme: Leaf;
  readonly spare: boolean;
  readonly until: string;
}

/** Ends a scheme, an asker or an epoch early (register.md 2.6). */
export interface StopLine {
  readonly type: 'stop';
  readonly from: string;
  readonly target: Leaf;
  readonly why: Texts;
}

/** Publishes an epoch's secret key, after which its showings prove nothing (register.md 2.7). */
export interface ClosedLine {
  readonly type: 'closed';
  readonly epoch: Leaf;
  readonly issued: number;
  readonly key: string;
  readonly replaced: number;
}

/** A health authority that can warn, together with a venue (register.md 2.8). */
export interface AuthorityLine extends Named {
  readonly type: 'authority';
  readonly proof: string;
  readonly regions: readonly Named[];
  readonly retention: number;
  readonly signing_key: string;
  readonly tracing_key: string;
}

/** The digest of a published build (register.md 2.9). */
export interface BuildLine {
  readonly type: 'build';
  readonly app: 'wallet' | 'checker';
  readonly digest: string;
  readonly version: string;
}

/** Any line. */
export type Line =
  | OfficeLine | KeyLine | SchemeLine | AskerLine | EpochLine | StopLine | ClosedLine | AuthorityLine | BuildLine;
