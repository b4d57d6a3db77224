import type { Leaf } from '../register/line.ts';
import type { EpochState } from '../register/validity.ts';
import type { Form } from './showing.ts';

/** A disclosed value by the index of its attribute. */
export interface Disclosed {
  readonly attribute: number;
  readonly value: string;
}

/** The pass is good for what was asked. After the identity step, if any, the stamp is recorded. */
export interface Accepted {
  readonly verdict: 'ACCEPTED';
  readonly form: Form;
  readonly scheme: Leaf;
  readonly epoch: Leaf;
  readonly disclosed: readonly Disclosed[];
  readonly stamp: { readonly scope: number; readonly bytes: Uint8Array } | null;
}

/** Everything verified, in a scheme whose passes prove nothing: never green. */
export interface Specimen {
  readonly verdict: 'SPECIMEN';
  readonly form: Form;
  readonly scheme: Leaf;
}

/** Why a showing is refused (pass.md 5.4). It is about the pass, never about the person. */
export type RefusedReason =
  | 'NOT_A_PASS' | 'OTHER_QUESTION' | 'OTHER_SCHEME' | 'PAPER_NOT_TAKEN' | 'UNKNOWN_EPOCH' | 'VALUE_NOT_ALLOWED'
  | 'STAMP_MISSING' | 'STAMP_UNASKED' | 'CODE_EXPIRED' | 'CODE_EARLY'
  | Exclude<EpochState, 'VALID'>
  | 'CODE_SEEN' | 'ALREADY_USED';

/** The showing does not prove what was asked. */
export interface Refused {
  readonly verdict: 'REFUSED';
  readonly reason: RefusedReason;
}

/** Why this device cannot tell (pass.md 5.4). */
export type CannotTellReason = 'CLOCK_BEHIND' | 'REGISTER_OLD' | 'REGISTER_MISSING';

/** The fault is this device's, not the pass's. */
export interface CannotTell {
  readonly verdict: 'CANNOT_TELL';
  readonly reason: CannotTellReason;
}

/** What a checker says of a showing: plain data, which a web worker can post. */
export type Verdict = Accepted | Specimen | Refused | CannotTell;

export const refused = (reason: RefusedReason): Refused => ({ verdict: 'REFUSED', reason });
export const cannotTell = (reason: CannotTellReason): CannotTell => ({ verdict: 'CANNOT_TELL', reason });
