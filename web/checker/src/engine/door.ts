import {
  type Accepted, type Asking, Checker, DoorSetup, KnownRegister, MalformedError, readExchange, runningEpoch, seconds,
  type SeenCode, SentQuestion, StampBook, systemRandom, type Verdict, VerificationError,
} from '@safeconduct/core';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { meet, update } from '@safeconduct/ui/office.ts';
import type { Store } from '@safeconduct/ui/store.ts';
import type { DoorView, QuestionView, TakenView, VerdictView } from './views.ts';

/** A fresh question is replaced so often; the one before counts for another minute (pass.md 5.1). */
const RENEW_SECONDS = 60;

interface Kept {
  readonly setup: string;
  readonly known: unknown;
  readonly books: readonly unknown[];
  readonly question: string | null;
}

/** A door that is set up: what it was told, the office's register, and what it remembers. */
interface Standing {
  readonly setup: DoorSetup;
  known: KnownRegister;
  checker: Checker;
  question: SentQuestion | null;
  asked: number;
}

/** The one door of this device. It asks the network only when it is set up or told to update, never when it checks. */
export class Door {
  readonly #store: Store;
  #standing: Standing | null = null;
  #proposed: Standing | null = null;
  readonly #steps = new Map<number, Accepted>();
  #lastStep = 0;

  private constructor(store: Store) {
    this.#store = store;
  }

  /** Opens what this device keeps. Two windows would each have a stamp book of their own, so only one may check. */
  static async open(store: Store): Promise<Door> {
    if (!await onlyWindow()) throw new Failure('elsewhere');
    const door = new Door(store);
    const kept = await store.get('door', 'door') as Kept | undefined;
    if (kept !== undefined) door.#standing = restore(kept, clock());
    return door;
  }

  async view(): Promise<DoorView | null> {
    if (this.#standing === null) return null;
    await this.#keep();
    return this.#view(this.#standing);
  }

  async setUp(code: string, progress: Progress): Promise<DoorView> {
    const setup = readSetup(code);
    const now = clock();
    const known = await meet(setup.fields.address, now, progress);
    if (known.register.officeLeaf !== setup.fields.office) throw new Failure('other_office');
    if (known.register.scheme(setup.fields.ask.scheme) === null) throw new Failure('no_scheme');
    if (!setup.fits(known)) throw new Failure('no_asker');
    this.#proposed = stand(setup, known, [], null, now);
    return this.#view(this.#proposed);
  }

  async confirm(): Promise<DoorView> {
    if (this.#proposed !== null) this.#standing = this.#proposed;
    this.#proposed = null;
    await this.#keep();
    return this.#view(this.#door());
  }

  async update(progress: Progress): Promise<DoorView> {
    const door = this.#door();
    const before = door.known.evidence.length;
    door.known = await update(door.setup.fields.address, door.known, clock(), progress);
    door.checker.useRegister(door.known);
    await this.#keep();
    if (door.known.evidence.length > before) throw new Failure('split');
    return this.#view(door);
  }

  async check(code: string): Promise<VerdictView> {
    const door = this.#door();
    const now = clock();
    door.checker.sweep(now);
    const verdict = door.checker.check(code, now);
    if (verdict.verdict !== 'ACCEPTED') return plain(verdict);
    const attributes = door.known.register.scheme(verdict.scheme)?.attributes ?? [];
    const disclosed = verdict.disclosed.map(({ attribute, value }) => {
      const { names, identity, domain } = attributes[attribute]!;
      return { names, value, identity, dayMonth: domain.kind === 'day-month' };
    });
    const needsIdentity = verdict.form === 'paper' || disclosed.some(({ identity }) => identity);
    if (needsIdentity) return { kind: 'accepted', form: verdict.form, disclosed, step: this.#wait(verdict) };
    return await this.#record(verdict) ? { kind: 'accepted', form: verdict.form, disclosed, step: null }
      : { kind: 'refused', reason: 'ALREADY_USED' };
  }

  async identity(step: number, same: boolean): Promise<boolean> {
    const accepted = this.#steps.get(step);
    this.#steps.delete(step);
    return accepted !== undefined && same && await this.#record(accepted);
  }

  /** Codes accepted a moment ago. */
  seen(): readonly SeenCode[] {
    return this.#door().checker.seen;
  }

  /** The codes that were accepted before this page was loaded again. */
  recall(seen: readonly SeenCode[]): void {
    this.#standing?.checker.recall(seen);
  }

  question(): QuestionView | null {
    const door = this.#door();
    if (door.setup.fields.mode === 'fresh' && clock() >= door.asked + RENEW_SECONDS) return this.#renew(door);
    return questionView(door);
  }

  async renewQuestion(): Promise<QuestionView> {
    const renewed = this.#renew(this.#door());
    await this.#keep();
    return renewed;
  }

  exchangeCodes(): readonly string[] {
    const { setup, checker, known } = this.#door();
    const { pairingSecret } = setup.fields;
    const book = bookOf(checker, setup, known);
    return pairingSecret === null || book === undefined || book.size === 0 ? [] : book.exchange(pairingSecret);
  }

  async takeExchange(code: string): Promise<TakenView> {
    const { setup, checker } = this.#door();
    if (setup.fields.pairingSecret === null) throw new Failure('exchange');
    try {
      const exchange = readExchange(code, setup.fields.pairingSecret);
      const added = checker.merge(exchange);
      await this.#keep();
      return { added, part: exchange.part, parts: exchange.parts };
    } catch (error) {
      if (error instanceof MalformedError || error instanceof VerificationError) throw new Failure('exchange');
      throw error;
    }
  }

  async remove(): Promise<void> {
    this.#standing = this.#proposed = null;
    this.#steps.clear();
    await this.#store.clear();
  }

  /** Only the latest step can be answered: another code before the answer means that the first was given up. */
  #wait(accepted: Accepted): number {
    this.#steps.clear();
    this.#steps.set(++this.#lastStep, accepted);
    return this.#lastStep;
  }

  async #record(accepted: Accepted): Promise<boolean> {
    const isNew = this.#door().checker.record(accepted);
    if (isNew && accepted.stamp !== null) await this.#keep();
    return isNew;
  }

  #renew(door: Standing): QuestionView {
    const now = clock();
    door.question = door.setup.question(door.known, now, systemRandom);
    door.asked = now;
    if (door.setup.fields.mode === 'static') {
      // Only fresh questions follow each other in one checker: behind a new poster stands a new one, with the old one's stamps.
      door.known = door.known.seen(door.checker.latestTime);
      const { checker } = stand(door.setup, door.known, door.checker.books, door.question, now);
      checker.recall(door.checker.seen);
      door.checker = checker;
    } else if (door.question !== null) {
      door.checker.ask(door.question.question, now);
    }
    const view = questionView(door);
    if (view === null) throw new Failure('internal');
    return view;
  }

  async #keep(): Promise<void> {
    if (this.#standing === null) return;
    const { setup, checker, question } = this.#standing;
    checker.sweep(clock());
    this.#standing.known = this.#standing.known.seen(checker.latestTime).seen(clock());
    await this.#store.put('door', 'door', {
      setup: setup.toText(), known: this.#standing.known.toJson(), books: checker.books.map((book) => book.toJson()),
      question: setup.fields.mode === 'static' ? question?.toText() ?? null : null,
    } satisfies Kept);
  }

  #door(): Standing {
    if (this.#standing === null) throw new Failure('internal');
    return this.#standing;
  }

  #view({ setup, known, checker }: Standing): DoorView {
    const { register } = known;
    const { ask, asker: askerLeaf, door, mode, takesPaper, pairingSecret } = setup.fields;
    const scheme = register.scheme(ask.scheme);
    if (scheme === null) throw new Failure('no_scheme');
    const asker = askerLeaf === null ? null : register.asker(askerLeaf);
    const now = clock();
    const running = runningEpoch(register, ask.scheme, now);
    return {
      officeNames: register.office.names, officeLanguage: register.office.languages[0] ?? 'en', officeWords: register.officeWords,
      schemeNames: scheme.names, specimen: scheme.specimen,
      door: door === null ? null : asker?.doors[door] ?? null, askerNames: asker?.names ?? null,
      mode, asks: ask.attributes.map((index) => scheme.attributes[index]?.names ?? {}),
      scopeNames: ask.scope === null ? null : scheme.scopes[ask.scope]?.names ?? null,
      paper: takesPaper && scheme.paper !== null, paired: pairingSecret !== null,
      stamps: bookOf(checker, setup, known)?.size ?? 0,
      sunset: seconds(scheme.sunset), epochUntil: running === null ? null : seconds(register.epoch(running)?.until ?? scheme.sunset),
      registerTime: known.signedTime, registerWords: register.rootWords, registerOld: known.isOld(now),
      clockBehind: known.isBehind(now), split: known.evidence.length > 0, kept: this.#store.kept,
    };
  }
}

const clock = (): number => Math.floor(Date.now() / 1000);

function readSetup(code: string): DoorSetup {
  try {
    return DoorSetup.parse(code);
  } catch (error) {
    if (error instanceof MalformedError) throw new Failure('not_code');
    throw error;
  }
}

function stand(setup: DoorSetup, known: KnownRegister, books: readonly StampBook[], posted: SentQuestion | null, now: number): Standing {
  const question = posted ?? setup.question(known, now, systemRandom);
  const asking: Asking = question === null ? { kind: 'DEFAULT', schemes: [setup.fields.ask.scheme] } : { kind: 'OWN', question: question.question };
  return { setup, known, checker: new Checker({ known, asking, takesPaper: setup.fields.takesPaper, books }), question, asked: now };
}

function restore({ setup, known, books, question }: Kept, now: number): Standing {
  return stand(DoorSetup.parse(setup), KnownRegister.fromJson(known), books.map((book) => StampBook.fromJson(book)),
    question === null ? null : SentQuestion.parse(question), now);
}

function bookOf(checker: Checker, { fields: { ask } }: DoorSetup, { register }: KnownRegister): StampBook | undefined {
  const running = runningEpoch(register, ask.scheme, clock());
  return checker.books.find(({ epoch, scope }) => epoch === running && scope === ask.scope);
}

function questionView({ setup, question, asked }: Standing): QuestionView | null {
  if (question === null) return null;
  const until = setup.fields.mode === 'fresh' ? asked + RENEW_SECONDS : question.question.notAfter ?? 0;
  return { text: question.toText(), until };
}

function plain(verdict: Exclude<Verdict, Accepted>): VerdictView {
  if (verdict.verdict === 'SPECIMEN') return { kind: 'specimen', form: verdict.form };
  return { kind: verdict.verdict === 'REFUSED' ? 'refused' : 'cannot', reason: verdict.reason };
}

/** How long a window that is being closed or loaded again may take to let go. */
const PATIENCE_MILLISECONDS = 1500;

/** Holds a lock as long as this window lives; false if another window holds it. */
function onlyWindow(): Promise<boolean> {
  return new Promise((resolve) => {
    const held = navigator.locks.request('safeconduct-checker', { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) }, () => {
      resolve(true);
      return new Promise(() => undefined);
    });
    held.catch(() => resolve(false));
  });
}
