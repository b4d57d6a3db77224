import { VerificationError } from '@safeconduct/crypto';
import { fromHex } from '../wire/bytes.ts';
import type { AskerLine, Leaf, SchemeLine } from '../register/line.ts';
import type { KnownRegister } from '../register/knownRegister.ts';
import type { Register } from '../register/register.ts';
import { type AskerState, askerState } from '../register/validity.ts';
import { type PermissionRefusal, permission } from './permission.ts';
import { Question, type SentQuestion } from './question.ts';

/** Seconds by which a question may seem to be of the future. */
export const EARLY_BY = 60;

/** Why a wallet does not answer a question (pass.md 3.5). */
export type UnansweredReason =
  | PermissionRefusal | 'SIGNATURE_WRONG' | 'QUESTION_EARLY' | 'QUESTION_OVER'
  | 'REGISTERS_DIFFER' | 'OTHER_REGISTER' | Exclude<AskerState, 'VALID'>;

/** A question that is not answered, and why. */
export interface Unanswered {
  readonly kind: 'UNANSWERED';
  readonly reason: UnansweredReason;
}

/** The asker of a signed question, by the register. */
export interface AskedBy {
  readonly leaf: Leaf;
  readonly line: AskerLine;
  readonly door: string | null;
}

/** A question that passed every check of the wallet: the only thing a pass answers, once its holder agrees. */
export class Asked {
  readonly kind = 'ASKED';
  readonly question: Question;
  /** Who asks, or null: the default or paper question, or a door that does not say who it is. */
  readonly by: AskedBy | null;
  /** The time that is right if the signed question is: Unix seconds. The device's own unless {@link clockWrong}. */
  readonly now: number;
  /** The device's clock differs from the signed question's time by too much, and the holder is told. */
  readonly clockWrong: boolean;

  private constructor(question: Question, by: AskedBy | null, now: number, clockWrong: boolean) {
    this.question = question;
    this.by = by;
    this.now = now;
    this.clockWrong = clockWrong;
  }

  /** The default question of a scheme, which needs no door. */
  static default(register: Register, scheme: Leaf, now: number): Asked {
    return new Asked(Question.default(scheme, requireScheme(register, scheme)), null, now, false);
  }

  /** The paper question of a scheme, or null if it has none. */
  static paper(register: Register, scheme: Leaf, now: number): Asked | null {
    const question = Question.paper(scheme, requireScheme(register, scheme));
    return question === null ? null : new Asked(question, null, now, false);
  }

  /**
   * Checks a scanned question (pass.md 3.5).
   * @param now the device's clock, Unix seconds
   * @returns what the holder is asked, or why not; and the register with what the question's size and root taught, which
   *   is nothing unless an asker of the register signed it: anybody can write a root
   */
  static read(sent: SentQuestion, known: KnownRegister, now: number): { readonly asked: Asked | Unanswered; readonly known: KnownRegister } {
    const { question } = sent;
    const asker = question.asker === null ? null : known.register.asker(question.asker);
    // The signature first: a stranger's poster must not make an office look like two.
    if (asker !== null && !isSigned(sent, asker)) return { asked: unanswered('SIGNATURE_WRONG'), known };
    const { agreement, known: taught } = known.compare(question.size!, question.root!);
    const differs = unanswered(asker === null ? 'OTHER_REGISTER' : 'REGISTERS_DIFFER');
    return { asked: agreement === 'DIFFERS' ? differs : Asked.#check(question, known, now), known: asker === null ? known : taught };
  }

  /** Of a question whose signature, if an asker of the register made it, verified. */
  static #check(question: Question, known: KnownRegister, clock: number): Asked | Unanswered {
    const { register } = known;
    const permitted = permission(question, register);
    if (permitted !== null) return unanswered(permitted);
    const by = askedBy(question, register);
    const { now, clockWrong, refused } = timeOf(question, clock, known.signedTime);
    if (refused !== null) return unanswered(refused);
    const state = by === null ? 'VALID' : askerState(register, by.leaf, now);
    return state === 'VALID' ? new Asked(question, by, now, clockWrong) : unanswered(state);
  }
}

const unanswered = (reason: UnansweredReason): Unanswered => ({ kind: 'UNANSWERED', reason });

function askedBy({ asker, door }: Question, register: Register): AskedBy | null {
  if (asker === null) return null;
  const line = register.asker(asker)!;
  return { leaf: asker, line, door: door === null ? null : line.doors[door]! };
}

function isSigned(sent: SentQuestion, asker: AskerLine): boolean {
  try {
    sent.verify(fromHex(asker.key, 32));
    return true;
  } catch (error) {
    if (error instanceof VerificationError) return false;
    throw error;
  }
}

interface TimeOf {
  readonly now: number;
  readonly clockWrong: boolean;
  readonly refused: 'QUESTION_EARLY' | 'QUESTION_OVER' | null;
}

/**
 * A signed fresh question corrects a clock that is behind, but not by a time before the office's last cosignature. Never
 * back: whoever photographed a question could put it up again days later, and collect stamps and attributes with it from
 * everybody whose clock is right.
 */
function timeOf({ source, asker, notBefore, notAfter }: Question, clock: number, signedTime: number | null): TimeOf {
  if (notAfter !== null && clock > notAfter) return { now: clock, clockWrong: false, refused: 'QUESTION_OVER' };
  if (notBefore === null || clock >= notBefore - EARLY_BY) return { now: clock, clockWrong: false, refused: null };
  const corrects = source === 'fresh' && asker !== null && notBefore >= (signedTime ?? 0);
  if (corrects) return { now: notBefore, clockWrong: true, refused: null };
  return { now: clock, clockWrong: false, refused: 'QUESTION_EARLY' };
}

function requireScheme(register: Register, leaf: Leaf): SchemeLine {
  const scheme = register.scheme(leaf);
  if (scheme === null) throw new RangeError('no such scheme');
  return scheme;
}
