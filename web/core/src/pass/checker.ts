import { BbsVerifierKey, MalformedError, VerificationError } from '@safeconduct/crypto';
import { hex, sameOctets, utf8 } from '../wire/bytes.ts';
import { sha256 } from '../wire/hash.ts';
import { DAY, seconds } from '../wire/time.ts';
import { isValue } from '../register/domain.ts';
import type { EpochLine, Leaf, SchemeLine } from '../register/line.ts';
import type { KnownRegister } from '../register/knownRegister.ts';
import type { Register } from '../register/register.ts';
import { epochState } from '../register/validity.ts';
import { EARLY_BY } from './asked.ts';
import { headerOf, nymBbs, presentationHeader } from './layout.ts';
import { Pass } from './pass.ts';
import { permission } from './permission.ts';
import { type Ask, defaultAsk, Question } from './question.ts';
import { formNumber, Showing, stepOf } from './showing.ts';
import { stampContext } from './stamp.ts';
import { type Exchange, StampBook } from './stampBook.ts';
import { type Accepted, cannotTell, refused, type Verdict } from './verdict.ts';

/** Steps around the clock's own in which a code counts: one early, three late (pass.md 5.3). */
const EARLY_STEPS = 1;
const LATE_STEPS = 3;
/** Seconds for which a fresh question still counts after it was replaced (pass.md 5.1). */
const REPLACED_FOR = 60;
/** Seconds for which accepted codes are remembered (pass.md 5.5): as long as a live code could come again ... */
const REMEMBERED = 150;
/** ... and for paper without a stamp, which could come again for ever, two hours. */
const PAPER_REMEMBERED = 7_200;

/** Seconds for which a book is kept after its epoch where only the device's clock tells that it is over (pass.md 6.1). */
const KEPT_BY_CLOCK = 2 * DAY;

/** An accepted code: the SHA-256 of its bytes in hexadecimal, and until when it is remembered, Unix seconds. */
export type SeenCode = readonly [hash: string, until: number];

/** What a checker asks: the default questions of schemes, or one question of its own. */
export type Asking =
  | { readonly kind: 'DEFAULT'; readonly schemes: readonly Leaf[] }
  | { readonly kind: 'OWN'; readonly question: Question };

/** How a checker starts. */
export interface CheckerSetting {
  /** The register, or null if the device has none: then the checker cannot tell. */
  readonly known: KnownRegister | null;
  readonly asking: Asking;
  /** Whether the paper questions of its schemes are taken too. */
  readonly takesPaper: boolean;
  /** Stamp books kept from before. */
  readonly books?: readonly StampBook[];
}

/** How a stamp stands to what was asked; told only of a proof that verified. */
type StampState = 'AS_ASKED' | 'STAMP_MISSING' | 'STAMP_UNASKED';

interface Matched {
  readonly question: Question;
  readonly ask: Ask;
  readonly leaf: Leaf;
  readonly epoch: EpochLine;
  readonly scheme: SchemeLine;
}

/**
 * Says of each showing whether it is good for what this checker asks (pass.md 5). It needs no network, holds no key of
 * anybody, and keeps of what was shown only hashes for some minutes and, when told to, stamps. Not pure: it remembers;
 * a web worker keeps one, made from plain data.
 */
export class Checker {
  #known: KnownRegister | null;
  #asking: Asking;
  #replaced: { readonly question: Question; readonly until: number } | null = null;
  #latestTime = 0;
  readonly #takesPaper: boolean;
  /** Keys with their half of the pairing prepared, by epoch. */
  readonly #keys = new Map<Leaf, BbsVerifierKey>();
  readonly #books = new Map<string, StampBook>();
  /** Hashes of accepted codes with the time until which they are remembered. */
  readonly #seen = new Map<string, number>();

  constructor({ known, asking, takesPaper, books = [] }: CheckerSetting) {
    this.#known = known;
    this.#asking = asking;
    this.#takesPaper = takesPaper;
    this.#latestTime = known?.latestTime ?? 0;
    books.forEach((book) => this.#books.set(bookKey(book.epoch, book.scope), book));
    this.#requirePermitted(asking);
  }

  /** Uses a newer register. */
  useRegister(known: KnownRegister): void {
    this.#known = known;
    this.#latestTime = Math.max(this.#latestTime, known.latestTime);
  }

  /** Replaces a fresh question by the next one, which asks the same. The one before still counts for a minute. */
  ask(question: Question, now: number): void {
    const before = this.#asking.kind === 'OWN' ? this.#asking.question : null;
    if (before?.source !== 'fresh' || question.source !== 'fresh' || !asksTheSame(before, question)) {
      throw new RangeError('a fresh question follows one that asks the same');
    }
    const asking: Asking = { kind: 'OWN', question };
    this.#requirePermitted(asking);
    this.#replaced = { question: before, until: now + REPLACED_FOR };
    this.#asking = asking;
  }

  /** The latest time this checker has seen, Unix seconds, for the device to keep. */
  get latestTime(): number {
    return this.#latestTime;
  }

  /** The stamp books, for the device to keep. */
  get books(): readonly StampBook[] {
    return [...this.#books.values()];
  }

  /** Accepted codes that are remembered, for a checker that follows this one within their time. They are never stored. */
  get seen(): readonly SeenCode[] {
    return [...this.#seen];
  }

  /** Takes over the codes that the checker before this one accepted. */
  recall(seen: readonly SeenCode[]): void {
    seen.forEach(([hash, until]) => this.#seen.set(hash, until));
  }

  /**
   * Checks a scanned code, in the order of pass.md 5.2.
   * @param now the device's clock, Unix seconds
   */
  check(code: string, now: number): Verdict {
    const showing = readShowing(code);
    if (showing === null) return refused('NOT_A_PASS');
    if (this.#known === null) return cannotTell('REGISTER_MISSING');
    if (now < this.#latestTime) return cannotTell('CLOCK_BEHIND');
    if (!this.#known.isFarAhead(now)) this.#latestTime = now;
    const matched = this.#match(showing, this.#known, now);
    if ('verdict' in matched) return matched;
    const values = showing.disclosed;
    if (!areValues(matched, values)) return refused('VALUE_NOT_ALLOWED');
    const stamp = this.#verify(showing, matched);
    if (stamp === null) return refused('NOT_A_PASS');
    return this.#judge(showing, matched, stamp, this.#known.register, now);
  }

  /** Steps (3) and (4): the epoch line, and the question this answers. */
  #match(showing: Showing, known: KnownRegister, now: number): Matched | Verdict {
    const { register } = known;
    const leaf = register.leafAt(showing.epoch);
    const epoch = leaf === null ? null : register.epoch(leaf);
    if (leaf === null || epoch === null) return known.isOld(now) ? cannotTell('REGISTER_OLD') : refused('UNKNOWN_EPOCH');
    const scheme = register.scheme(epoch.scheme)!;
    if (!this.#asksFor(epoch.scheme)) return refused('OTHER_SCHEME');
    const paper = this.#paperQuestion(epoch.scheme, scheme);
    if (showing.form === 'paper' && paper === null) return refused('PAPER_NOT_TAKEN');
    const questions = showing.form === 'paper' ? [paper!] : this.#liveQuestions(epoch.scheme, scheme, now);
    for (const question of questions) {
      const ask = question.asks[showing.ask];
      if (ask?.scheme === epoch.scheme && sameOctets(question.hash.subarray(0, 4), showing.q)) {
        return { question, ask, leaf, epoch, scheme };
      }
    }
    return refused('OTHER_QUESTION');
  }

  #asksFor(scheme: Leaf): boolean {
    const asking = this.#asking;
    return asking.kind === 'DEFAULT' ? asking.schemes.includes(scheme) : asking.question.asks.some((ask) => ask.scheme === scheme);
  }

  /** The questions that a pass of this scheme may be the answer to now. */
  #liveQuestions(leaf: Leaf, scheme: SchemeLine, now: number): readonly Question[] {
    if (this.#asking.kind === 'DEFAULT') return [Question.default(leaf, scheme)];
    const replaced = this.#replaced !== null && now < this.#replaced.until ? [this.#replaced.question] : [];
    return [this.#asking.question, ...replaced].filter((question) => isAsked(question, now));
  }

  /**
   * The paper question, where paper is taken. Where a stamp is asked for, paper must stamp in the same scope: otherwise one
   * pass would count once live and once more on paper.
   */
  #paperQuestion(leaf: Leaf, scheme: SchemeLine): Question | null {
    const own = this.#asking.kind === 'OWN' ? this.#asking.question.asks.find((ask) => ask.scheme === leaf) : undefined;
    const { scope } = own ?? defaultAsk(leaf, scheme);
    if (!this.#takesPaper || (scope !== null && scope !== scheme.paper?.scope)) return null;
    return Question.paper(leaf, scheme);
  }

  /** Step (6): the proof, in the form that was asked for, and otherwise in the forms whose verdict says what is wrong. */
  #verify(showing: Showing, matched: Matched): StampState | null {
    const { ask, scheme } = matched;
    if (showing.proof.hidden !== 1 + scheme.scopes.length + scheme.attributes.length - showing.disclosed.length) return null;
    if (showing.stamp === null) {
      if (!this.#holds(showing, matched, null)) return null;
      return ask.scope === null ? 'AS_ASKED' : 'STAMP_MISSING';
    }
    if (ask.scope !== null && this.#holds(showing, matched, ask.scope)) return 'AS_ASKED';
    const unasked = scheme.scopes.some((_, scope) => scope !== ask.scope && this.#holds(showing, matched, scope));
    return unasked ? 'STAMP_UNASKED' : null;
  }

  #holds(showing: Showing, { question, ask, leaf, epoch, scheme }: Matched, scope: number | null): boolean {
    try {
      nymBbs(scheme).verify({
        key: this.#keyOf(leaf, epoch), header: headerOf(leaf),
        presentationHeader: presentationHeader(formNumber(showing.form), question.hash, showing.ask, showing.step),
        proof: showing.proof,
        context: scope === null ? null : stampContext(leaf, scope),
        pseudonym: showing.stamp,
        disclosed: new Map(ask.attributes.map((index, i) => [index, utf8(showing.disclosed[i]!)])),
      });
      return true;
    } catch (error) {
      if (error instanceof VerificationError) return false;
      throw error;
    }
  }

  #keyOf(leaf: Leaf, epoch: EpochLine): BbsVerifierKey {
    const key = this.#keys.get(leaf) ?? BbsVerifierKey.of(Pass.keyOf(epoch));
    this.#keys.set(leaf, key);
    return key;
  }

  /** Steps (7) to (9), of a proof that verified. */
  #judge(showing: Showing, { question, ask, leaf, epoch, scheme }: Matched, stampState: StampState, register: Register, now: number): Verdict {
    const state = epochState(register, leaf, now);
    if (state !== 'VALID') return refused(state);
    const late = showing.form === 'live' ? lateness(showing.step, question, now) : null;
    if (late !== null) return refused(late);
    if (this.#wasSeen(showing, now)) return refused('CODE_SEEN');
    if (stampState !== 'AS_ASKED') return refused(stampState);
    const stamp = showing.stamp?.toBytes() ?? null;
    if (stamp !== null && this.#books.get(bookKey(leaf, ask.scope!))?.has(stamp)) return refused('ALREADY_USED');
    if (scheme.specimen) return { verdict: 'SPECIMEN', form: showing.form, scheme: epoch.scheme };
    this.#remember(showing, now);
    return {
      verdict: 'ACCEPTED', form: showing.form, scheme: epoch.scheme, epoch: leaf,
      disclosed: ask.attributes.map((attribute, i) => ({ attribute, value: showing.disclosed[i]! })),
      stamp: stamp === null ? null : { scope: ask.scope!, bytes: stamp },
    };
  }

  #wasSeen({ bytes }: Showing, now: number): boolean {
    this.#seen.forEach((until, code) => {
      if (now >= until) this.#seen.delete(code);
    });
    return this.#seen.has(hex(sha256(bytes)));
  }

  #remember({ bytes, form, stamp }: Showing, now: number): void {
    this.#seen.set(hex(sha256(bytes)), now + (form === 'paper' && stamp === null ? PAPER_REMEMBERED : REMEMBERED));
  }

  /**
   * Records the stamp of an accepted showing, when the identity step, if any, is done. The device then stores the books.
   * @returns whether the stamp was new; if not, the pass was used meanwhile and is refused as `ALREADY_USED`
   */
  record({ epoch, stamp }: Accepted): boolean {
    if (stamp === null) return true;
    const book = this.#bookOf(epoch, stamp.scope);
    if (book.has(stamp.bytes)) return false;
    book.record(stamp.bytes);
    return true;
  }

  /**
   * Adds the stamps a paired door told of.
   * @returns how many were new
   * @throws {MalformedError} no such epoch or scope in the register
   */
  merge(exchange: Exchange): number {
    const epoch = this.#known?.register.epoch(exchange.epoch) ?? null;
    const scopes = epoch === null ? 0 : this.#known!.register.scheme(epoch.scheme)!.scopes.length;
    if (exchange.scope >= scopes) throw new MalformedError('stamps of an epoch or scope that the register does not have');
    return this.#bookOf(exchange.epoch, exchange.scope).merge(exchange);
  }

  /**
   * Erases books of epochs that are surely over, and forgets codes (pass.md 6.1). The device then stores the books. The
   * clock alone is believed late, and nothing of an epoch that the register does not know yet: a book erased too early
   * lets every right count again.
   */
  sweep(now: number): void {
    const signed = this.#known?.signedTime ?? 0;
    const over = (leaf: Leaf): boolean => {
      const epoch = this.#known?.register.epoch(leaf) ?? null;
      return epoch !== null && (signed >= seconds(epoch.until) || (now >= seconds(epoch.until) + KEPT_BY_CLOCK && this.#known?.isFarAhead(now) !== true));
    };
    this.#books.forEach((book, key) => over(book.epoch) && this.#books.delete(key));
    this.#keys.forEach((_, leaf) => over(leaf) && this.#keys.delete(leaf));
    this.#seen.forEach((until, code) => now >= until && this.#seen.delete(code));
  }

  #bookOf(epoch: Leaf, scope: number): StampBook {
    const key = bookKey(epoch, scope);
    const book = this.#books.get(key) ?? new StampBook(epoch, scope);
    this.#books.set(key, book);
    return book;
  }

  /** A checker that asks what it may not would collect what no wallet gives: a programmer's error. */
  #requirePermitted(asking: Asking): void {
    if (asking.kind === 'DEFAULT' || this.#known === null) return;
    const { source } = asking.question;
    if (source === 'default' || source === 'paper') throw new RangeError('a question of its own is static or fresh');
    const refusal = permission(asking.question, this.#known.register);
    if (refusal !== null) throw new RangeError(`the register does not permit this question: ${refusal}`);
  }
}

function readShowing(code: string): Showing | null {
  try {
    return Showing.parse(code);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

const areValues = ({ ask, scheme }: Matched, values: readonly string[]): boolean =>
  values.length === ask.attributes.length
  && ask.attributes.every((index, i) => isValue(scheme.attributes[index]!.domain, values[i]!));

/** A poster is asked between its times; a fresh question goes by the step of its answers. */
const isAsked = ({ source, notBefore, notAfter }: Question, now: number): boolean =>
  source !== 'static' || notBefore === null || notAfter === null || (now >= notBefore - EARLY_BY && now <= notAfter);

/** pass.md 5.3: the answer to a fresh question has the question's step and no other. */
function lateness(step: number, { source, notBefore }: Question, now: number): 'CODE_EXPIRED' | 'CODE_EARLY' | null {
  const clock = stepOf(now);
  const asked = source === 'fresh' ? stepOf(notBefore!) : null;
  if (step < Math.max(clock - LATE_STEPS, asked ?? 0)) return 'CODE_EXPIRED';
  return step > Math.min(clock + EARLY_STEPS, asked ?? step) ? 'CODE_EARLY' : null;
}

const asksTheSame = (a: Question, b: Question): boolean => JSON.stringify(a.asks) === JSON.stringify(b.asks);

const bookKey = (epoch: Leaf, scope: number): string => `${epoch}/${scope}`;
