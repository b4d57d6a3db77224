import { MalformedError, VerificationError } from '@safeconduct/crypto';
import { fromHex, fromUtf8, hex, isHex, sameOctets, utf8 } from '../wire/bytes.ts';
import { listOf, membersOf, stringOf, wholeNumber } from '../wire/json.ts';
import { DAY, LAST_TIME, ofClock } from '../wire/time.ts';
import { leafHash } from '../wire/hash.ts';
import { Checkpoint } from './checkpoint.ts';
import type { Leaf } from './line.ts';
import { parseLine } from './lineParser.ts';
import { Register } from './register.ts';
import { Tree } from './tree.ts';

/** From this age on a register counts as old, in seconds. */
export const OLD_AFTER = DAY;
/** How long an epoch line is known before a pass is asked for under it (register.md 5.5). */
export const NOTICE = DAY;
/** A clock that is later than the latest cosignature by more seconds is likelier wrong than right (register.md 5.6). */
const FAR = 30 * DAY;
/** Sizes and roots seen in questions that wait for the next fetch. */
const MOST_NOTED = 16;
/** Pieces of evidence that are kept; one is enough to show a split. */
const MOST_EVIDENCE = 16;

/**
 * The office signed its register more than a day later than this device's clock says: one of the two clocks is wrong.
 * Nothing is changed; whoever took it would accept nothing until that time came (register.md 5.6).
 */
export class AheadError extends Error {
  override readonly name = 'AheadError';
  /** The time that the office signed, Unix seconds. */
  readonly signedTime: number;

  constructor(signedTime: number) {
    super('signed more than a day ahead of this clock');
    this.signedTime = signedTime;
  }
}

/** A size and root somebody named. */
export interface SizeAndRoot {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What shows that the office shows different registers: a signed note, or what a question named. */
export type Evidence =
  | { readonly kind: 'checkpoint'; readonly held: string; readonly note: string }
  | { readonly kind: 'question'; readonly held: string; readonly size: number; readonly root: Uint8Array };

/** Whether somebody else's register agrees with ours, as far as can be seen. */
export type Agreement = 'AGREES' | 'DIFFERS' | 'LONGER';

/** What a fetch brought. After `SPLIT` the new lines are not used and the evidence is kept. */
export interface Growth {
  readonly result: 'GROWN' | 'UNCHANGED' | 'SPLIT';
  readonly known: KnownRegister;
}

interface State {
  readonly register: Register;
  readonly checkpoint: Checkpoint;
  readonly signedTime: number | null;
  readonly growths: readonly { readonly size: number; readonly seen: number }[];
  readonly latestTime: number;
  readonly evidence: readonly Evidence[];
  readonly noted: readonly SizeAndRoot[];
}

/**
 * What a device keeps of one office (register.md 5): lines, checkpoint, when each growth was first seen, the latest
 * time seen, and evidence of a split. Every change makes a new value; the device stores {@link toJson}.
 */
export class KnownRegister {
  readonly #state: State;

  private constructor(state: State) {
    this.#state = state;
  }

  /**
   * Meets an office for the first time. That it is the right one, the person compares by its words.
   * @param now Unix seconds
   * @throws {MalformedError} lines or checkpoint are malformed, or not of one size
   * @throws {VerificationError} the checkpoint is not of these lines, or not signed by this office
   * @throws {AheadError} the office's clock or this one is wrong
   */
  static meet(checkpoint: Checkpoint, lines: readonly Uint8Array[], now: number): KnownRegister {
    requireSize(checkpoint, lines);
    const office = parseLine(lines[0]!);
    if (office.type !== 'office') throw new MalformedError('a register begins with its office');
    checkpoint.verifyLines(lines, office, fromHex(office.register_key, 32), 1);
    const register = Register.parse(lines);
    const signedTime = checkpoint.verify(register);
    requireNotAhead(signedTime, now);
    // A clock that is behind the signature was wrong: the signature tells more about the day.
    const seen = Math.max(ofClock(now), signedTime ?? 0);
    return new KnownRegister({
      register, checkpoint, signedTime,
      growths: [{ size: register.size, seen }],
      latestTime: signedTime ?? seen,
      evidence: [], noted: [],
    }).seen(now);
  }

  get register(): Register {
    return this.#state.register;
  }

  get checkpoint(): Checkpoint {
    return this.#state.checkpoint;
  }

  /** What shows that the office shows different registers. Not empty means: say so. */
  get evidence(): readonly Evidence[] {
    return this.#state.evidence;
  }

  /** The latest signed time or clock time this device has seen, Unix seconds (register.md 5.6). */
  get latestTime(): number {
    return this.#state.latestTime;
  }

  /** The time of the latest cosignature, Unix seconds, or null if there is none. */
  get signedTime(): number | null {
    return this.#state.signedTime;
  }

  /** Seconds since the office last cosigned, or null if it never did (register.md 4.3). Not since the fetch. */
  age(now: number): number | null {
    return this.#state.signedTime === null ? null : now - this.#state.signedTime;
  }

  /** Whether the register is 24 h old or older, or has no age. */
  isOld(now: number): boolean {
    const age = this.age(now);
    return age === null || age >= OLD_AFTER;
  }

  /**
   * Takes what a fetch brought (register.md 5.1).
   * @param lines all lines of the checkpoint, or null if its size is not above the one held
   * @throws {MalformedError} lines are missing or break a rule
   * @throws {VerificationError} the checkpoint is not of these lines, or not signed by this office: nothing is changed
   * @throws {AheadError} the office's clock or this one is wrong: nothing is changed
   */
  grow(checkpoint: Checkpoint, lines: readonly Uint8Array[] | null, now: number): Growth {
    return checkpoint.size <= this.register.size ? this.#compareWith(checkpoint, now) : this.#extend(checkpoint, lines, now);
  }

  #compareWith(checkpoint: Checkpoint, now: number): Growth {
    const { register, signedTime } = this.#state;
    checkpoint.verifySignature(register);
    if (!sameOctets(register.root(checkpoint.size), checkpoint.root)) return this.#split(checkpoint, now);
    const time = checkpoint.verifyCosignature(register);
    requireNotAhead(time, now);
    const later = checkpoint.size === register.size && time !== null && time > (signedTime ?? 0);
    const known = later ? this.#changed({ checkpoint, signedTime: time }) : this;
    return { result: 'UNCHANGED', known: known.#settled(now).seen(Math.max(now, time ?? 0)) };
  }

  #extend(checkpoint: Checkpoint, lines: readonly Uint8Array[] | null, now: number): Growth {
    if (lines === null) throw new MalformedError('the lines of a longer checkpoint are missing');
    requireSize(checkpoint, lines);
    const { register } = this.#state;
    if (!register.lines.every((line, i) => sameOctets(line, lines[i]!))) {
      requireOtherRegister(checkpoint, lines, register);
      return this.#split(checkpoint, now);
    }
    checkpoint.verifyLines(lines, register.office, register.registerKeyAt(register.size), register.size);
    const grown = register.with(lines.slice(register.size));
    const signedTime = checkpoint.verify(grown);
    requireNotAhead(signedTime, now);
    const known = this.#changed({
      register: grown, checkpoint, signedTime, growths: this.#grownBy(grown.size, signedTime, now),
    }).seen(Math.max(now, signedTime ?? 0)).#compareNoted();
    return { result: known.evidence.length > this.evidence.length ? 'SPLIT' : 'GROWN', known };
  }

  #grownBy(size: number, signedTime: number | null, now: number): State['growths'] {
    const { growths } = this.#settled(now).#state;
    const signed = Math.max(this.signedTime ?? 0, signedTime ?? 0);
    // By such a clock nobody knows what day it is. The notice begins when the clock is right again, see settled.
    const lost = now + DAY < signed;
    const seen = Math.max(ofClock(now), signedTime ?? 0, growths[growths.length - 1]!.seen);
    return [...growths, { size, seen: lost ? LAST_TIME : seen }];
  }

  /**
   * No growth is first seen more than a day ahead of the clock, unless the clock is behind a signed time: then it was
   * ahead, or lost, when that growth was seen, and the notice must begin some time (register.md 5.5).
   */
  #settled(now: number): KnownRegister {
    if (now < (this.signedTime ?? 0)) return this;
    const most = ofClock(now + DAY);
    return this.#changed({ growths: this.#state.growths.map(({ size, seen }) => ({ size, seen: Math.min(seen, most) })) });
  }

  #split(checkpoint: Checkpoint, now: number): Growth {
    const known = this.seen(now).#with({ kind: 'checkpoint', held: this.checkpoint.note, note: checkpoint.note });
    return { result: 'SPLIT', known };
  }

  /**
   * Compares with a size and root that a question or another device named (register.md 5.2). `DIFFERS` is kept as
   * evidence, `LONGER` is noted and compared after the next growth.
   */
  compare(size: number, root: Uint8Array): { readonly agreement: Agreement; readonly known: KnownRegister } {
    const { register, noted } = this.#state;
    if (size > register.size) {
      const others = noted.filter((other) => other.size !== size || !sameOctets(other.root, root));
      return { agreement: 'LONGER', known: this.#changed({ noted: [...others, { size, root }].slice(-MOST_NOTED) }) };
    }
    if (sameOctets(register.root(size), root)) return { agreement: 'AGREES', known: this };
    return { agreement: 'DIFFERS', known: this.#with({ kind: 'question', held: this.checkpoint.note, size, root }) };
  }

  #compareNoted(): KnownRegister {
    const { noted, register } = this.#state;
    const start = this.#changed({ noted: noted.filter(({ size }) => size > register.size) });
    return noted.filter(({ size }) => size <= register.size)
      .reduce((known: KnownRegister, { size, root }) => known.compare(size, root).known, start);
  }

  /** Notes a time that was seen, the device's clock or a signed one, unless it is far ahead ({@link isFarAhead}). */
  seen(time: number): KnownRegister {
    const seen = ofClock(time);
    return seen > this.latestTime && !this.isFarAhead(seen) ? this.#changed({ latestTime: seen }) : this;
  }

  /** Whether a clock stands more than 30 days after the latest cosignature: nothing is kept or erased by it (register.md 5.6). */
  isFarAhead(now: number): boolean {
    return this.signedTime !== null && ofClock(now) > this.signedTime + FAR;
  }

  /** Whether a clock stands behind a time already seen (register.md 5.6). */
  isBehind(now: number): boolean {
    return now < this.latestTime;
  }

  /**
   * When a pass may be asked for under an epoch line, Unix seconds: after a day's notice, unless this device met the
   * office less than a day ago (register.md 5.5).
   * @param epoch a line of this register
   */
  mayAskUnder(epoch: Leaf, now: number): boolean {
    const position = this.register.positionOf(epoch);
    if (position === null) throw new RangeError('no such line');
    const [first] = this.#state.growths;
    if (now - first!.seen < NOTICE) return true;
    const growth = this.#state.growths.find(({ size }) => size > position)!;
    return now - growth.seen >= NOTICE;
  }

  #with(piece: Evidence): KnownRegister {
    return this.#changed({ evidence: [...this.evidence, piece].slice(0, MOST_EVIDENCE) });
  }

  #changed(change: Partial<State>): KnownRegister {
    return new KnownRegister({ ...this.#state, ...change });
  }

  /** Plain JSON for the device. Nothing in it is secret, but it tells when this device was used. */
  toJson(): KnownRegisterJson {
    const { register, checkpoint, growths, latestTime, evidence, noted } = this.#state;
    const plain = <T extends SizeAndRoot>(item: T) => ({ ...item, root: hex(item.root) });
    return {
      type: 'known-register',
      lines: register.lines.map(fromUtf8),
      checkpoint: checkpoint.note,
      growths: growths.map(({ size, seen }) => ({ size, seen })),
      latestTime,
      evidence: evidence.map((piece) => (piece.kind === 'question' ? plain(piece) : piece)),
      noted: noted.map(plain),
    };
  }

  /**
   * Reads what {@link toJson} wrote on this device.
   * @throws {MalformedError} another form
   * @throws {VerificationError} the checkpoint is not of these lines
   */
  static fromJson(json: unknown): KnownRegister {
    const members = membersOf(json, ['type', 'lines', 'checkpoint', 'growths', 'latestTime', 'evidence', 'noted']);
    if (members['type'] !== 'known-register') throw new MalformedError('not a known register');
    const checkpoint = Checkpoint.parse(utf8(stringOf(members['checkpoint'])));
    const lines = listOf(members['lines'], 1, checkpoint.size, (line) => utf8(stringOf(line)));
    const register = Register.restore(lines, checkpoint.root);
    const state: State = {
      register, checkpoint,
      signedTime: checkpoint.verify(register),
      growths: listOf(members['growths'], 1, register.size, readGrowth),
      latestTime: wholeNumber(members['latestTime'], 0, Number.MAX_SAFE_INTEGER),
      evidence: listOf(members['evidence'], 0, MOST_EVIDENCE, readEvidence),
      noted: listOf(members['noted'], 0, MOST_NOTED, (value) => readSizeAndRoot(membersOf(value, ['size', 'root']))),
    };
    if (state.growths.some(({ size, seen }, i) => size <= (state.growths[i - 1]?.size ?? 0) || seen < (state.growths[i - 1]?.seen ?? 0))
      || state.growths[state.growths.length - 1]!.size !== register.size) throw new MalformedError('growths ascend to the size');
    return new KnownRegister(state);
  }
}

/** What {@link KnownRegister.toJson} writes. */
export interface KnownRegisterJson {
  readonly type: 'known-register';
  readonly lines: readonly string[];
  readonly checkpoint: string;
  readonly growths: readonly { readonly size: number; readonly seen: number }[];
  readonly latestTime: number;
  readonly evidence: readonly object[];
  readonly noted: readonly object[];
}

function requireSize(checkpoint: Checkpoint, lines: readonly Uint8Array[]): void {
  if (lines.length !== checkpoint.size) throw new MalformedError('not as many lines as the checkpoint says');
}

function requireNotAhead(signedTime: number | null, now: number): void {
  if (signedTime !== null && signedTime > ofClock(now) + DAY) throw new AheadError(signedTime);
}

/**
 * Lines that do not extend the register are evidence only if they are those of a checkpoint that the office signed, by
 * a key of ours or, if the other register has rotated its key, by one that goes back to the same office line. Damaged
 * lines are not evidence.
 */
function requireOtherRegister(checkpoint: Checkpoint, lines: readonly Uint8Array[], register: Register): void {
  if (!sameOctets(Tree.EMPTY.with(lines.map(leafHash)).root(), checkpoint.root)) {
    throw new VerificationError('the checkpoint is of other lines');
  }
  try {
    checkpoint.verifySignature(register);
  } catch (error) {
    if (!(error instanceof VerificationError) || !sameOctets(register.lines[0]!, lines[0]!)) throw error;
    checkpoint.verifySignature(Register.parse(lines));
  }
}

function readGrowth(value: unknown): { size: number; seen: number } {
  const growth = membersOf(value, ['size', 'seen']);
  return {
    size: wholeNumber(growth['size'], 1, Number.MAX_SAFE_INTEGER),
    seen: wholeNumber(growth['seen'], 0, Number.MAX_SAFE_INTEGER),
  };
}

function readEvidence(value: unknown): Evidence {
  if ((value as { kind?: unknown } | null)?.kind === 'checkpoint') {
    const { held, note } = membersOf(value, ['kind', 'held', 'note']);
    return { kind: 'checkpoint', held: stringOf(held), note: stringOf(note) };
  }
  const members = membersOf(value, ['kind', 'held', 'size', 'root']);
  if (members['kind'] !== 'question') throw new MalformedError('evidence of an unknown kind');
  return { kind: 'question', held: stringOf(members['held']), ...readSizeAndRoot(members) };
}

function readSizeAndRoot({ size, root }: { readonly [name: string]: unknown }): SizeAndRoot {
  if (!isHex(root, 32)) throw new MalformedError('a root has 32 bytes');
  return { size: wholeNumber(size, 1, Number.MAX_SAFE_INTEGER), root: fromHex(root, 32) };
}
