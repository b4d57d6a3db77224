import { BbsPublicKey, BbsScalar, Ed25519Key, MalformedError, VerificationError } from '@safeconduct/crypto';
import { concat, fromHex, hex, i2osp } from '../wire/bytes.ts';
import { label } from '../wire/hash.ts';
import { DAY, HOUR, seconds } from '../wire/time.ts';
import type {
  AskerLine, ClosedLine, EpochKind, EpochLine, KeyLine, Leaf, Line, Named, OfficeLine, SchemeLine,
  StopLine, Texts,
} from './line.ts';

/** Seconds: 366 days, and 31 for an epoch that ran already when the scheme was published (register.md 2.5). */
const LONGEST_LIFE = (366 + 31) * DAY;

/** Shortest and longest epoch of each kind, in seconds. */
const LENGTHS: Readonly<Record<EpochKind, readonly [number, number]>> = {
  day: [23 * HOUR, 25 * HOUR],
  week: [7 * DAY - HOUR, 7 * DAY + HOUR],
  month: [28 * DAY - HOUR, 31 * DAY + HOUR],
  event: [1, 31 * DAY],
};

/** What lines say about each other, filled line by line while the rules of register.md 2 are checked. */
export class Contents {
  readonly lines = new Map<Leaf, Line>();
  readonly positions = new Map<Leaf, number>();
  /** Register keys with the position of the line that brought them. */
  readonly keys: { readonly position: number; readonly key: string }[] = [];
  /** Main epochs of each scheme in order. */
  readonly epochs = new Map<Leaf, Leaf[]>();
  /** The spare of each main epoch, and back. */
  readonly spares = new Map<Leaf, Leaf>();
  readonly mains = new Map<Leaf, Leaf>();
  readonly stops = new Map<Leaf, StopLine>();
  readonly closings = new Map<Leaf, ClosedLine>();
  readonly #schemeIds = new Set<string>();
  readonly #epochKeys = new Set<string>();
  /** Main epochs by scheme and number. */
  readonly #numbered = new Map<string, Leaf>();
  #office: { readonly leaf: Leaf; readonly line: OfficeLine } | undefined;

  /** A copy that can grow by itself. */
  copy(): Contents {
    const copy = new Contents();
    this.lines.forEach((line, leaf) => copy.lines.set(leaf, line));
    this.positions.forEach((position, leaf) => copy.positions.set(leaf, position));
    copy.keys.push(...this.keys);
    this.epochs.forEach((list, scheme) => copy.epochs.set(scheme, [...list]));
    this.spares.forEach((spare, main) => copy.spares.set(main, spare));
    this.mains.forEach((main, spare) => copy.mains.set(spare, main));
    this.stops.forEach((stop, target) => copy.stops.set(target, stop));
    this.closings.forEach((closed, epoch) => copy.closings.set(epoch, closed));
    this.#schemeIds.forEach((id) => copy.#schemeIds.add(id));
    this.#epochKeys.forEach((key) => copy.#epochKeys.add(key));
    this.#numbered.forEach((leaf, name) => copy.#numbered.set(name, leaf));
    copy.#office = this.#office;
    return copy;
  }

  /** Line 0 with its leaf hash. */
  get office(): { readonly leaf: Leaf; readonly line: OfficeLine } {
    if (this.#office === undefined) throw new MalformedError('a register begins with its office');
    return this.#office;
  }

  /**
   * Adds the next line.
   * @param verifies whether rotations and published keys are verified: false only for lines that were checked before
   * @throws {MalformedError} a rule of register.md 2 is broken
   */
  add(leaf: Leaf, line: Line, verifies: boolean): void {
    const position = this.lines.size;
    if ((line.type === 'office') !== (position === 0)) throw new MalformedError('the office is line 0, and only line 0');
    if (line.type === 'office') this.#office = { leaf, line };
    // Two equal lines would have one leaf hash, and a reference would not say which it means.
    if (this.lines.has(leaf)) throw new MalformedError('a line stands twice in the register');
    this.#checkLanguages(line);
    switch (line.type) {
      case 'office': this.keys.push({ position, key: line.register_key }); break;
      case 'key': this.#addKey(line, position, verifies); break;
      case 'scheme': this.#addScheme(line); break;
      case 'asker': this.#checkAsker(line); break;
      case 'epoch': this.#addEpoch(leaf, line); break;
      case 'stop': this.#addStop(line); break;
      case 'closed': this.#addClosed(line, verifies); break;
      case 'authority': case 'build': break;
    }
    this.lines.set(leaf, line);
    this.positions.set(leaf, position);
  }

  /** The line of a type that a leaf hash names, or null. */
  find<T extends Line['type']>(type: T, leaf: Leaf): Extract<Line, { type: T }> | null {
    const line = this.lines.get(leaf);
    return line?.type === type ? (line as Extract<Line, { type: T }>) : null;
  }

  #require<T extends Line['type']>(type: T, leaf: Leaf): Extract<Line, { type: T }> {
    const line = this.find(type, leaf);
    if (line === null) throw new MalformedError(`no ${type} line stands before this line under that leaf hash`);
    return line;
  }

  #addKey(line: KeyLine, position: number, verifies: boolean): void {
    if (line.number !== this.keys.length) throw new MalformedError('register keys are numbered one after another');
    if (this.keys.some(({ key }) => key === line.key) || line.key === this.office.line.cosign_key) {
      throw new MalformedError('a new register key is new');
    }
    if (verifies) this.#verifyRotation(line);
    this.keys.push({ position, key: line.key });
  }

  #verifyRotation(line: KeyLine): void {
    const before = fromHex(this.keys[this.keys.length - 1]!.key, 32);
    asMalformed('the new register key is not signed by the one before', () => verifyRotation(line, this.office.leaf, before));
  }

  #addScheme(line: SchemeLine): void {
    if (this.#schemeIds.has(line.id)) throw new MalformedError('two schemes with one id');
    this.#schemeIds.add(line.id);
  }

  #checkAsker(line: AskerLine): void {
    const scheme = this.#require('scheme', line.scheme);
    const beyond = (indexes: readonly number[], count: number) => indexes.some((index) => index >= count);
    if (beyond(line.attributes, scheme.attributes.length) || beyond(line.scopes, scheme.scopes.length)) {
      throw new MalformedError('an asker may ask only for what its scheme has');
    }
    if (line.until > scheme.sunset) throw new MalformedError('an asker ends with its scheme');
  }

  #addEpoch(leaf: Leaf, line: EpochLine): void {
    const scheme = this.#require('scheme', line.scheme);
    if (line.until > scheme.sunset) throw new MalformedError('an epoch ends with its scheme');
    // P7: nobody needs a clock to see that a scheme was never meant to end.
    if (seconds(line.from) < seconds(scheme.sunset) - LONGEST_LIFE) throw new MalformedError('a scheme lives for 366 days at most');
    if (this.#epochKeys.has(line.key)) throw new MalformedError('every epoch has a key of its own');
    this.#epochKeys.add(line.key);
    const list = this.epochs.get(line.scheme) ?? [];
    if (line.spare) {
      this.#addSpare(leaf, line);
    } else {
      checkFollows(line, scheme, list.length === 0 ? null : this.#require('epoch', list[list.length - 1]!));
      // In place: the lists are this value's own since copy().
      list.push(leaf);
      this.epochs.set(line.scheme, list);
      this.#numbered.set(`${line.scheme} ${line.number}`, leaf);
    }
  }

  #addSpare(leaf: Leaf, line: EpochLine): void {
    const main = this.#numbered.get(`${line.scheme} ${line.number}`);
    if (main === undefined) throw new MalformedError('a spare epoch stands behind its main epoch');
    const { from, until } = this.#require('epoch', main);
    if (from !== line.from || until !== line.until) throw new MalformedError('a spare epoch lasts as its main epoch');
    if (this.spares.has(main)) throw new MalformedError('an epoch has one spare');
    this.spares.set(main, leaf);
    this.mains.set(leaf, main);
  }

  #addStop(line: StopLine): void {
    const target = this.lines.get(line.target)?.type;
    if (target !== 'scheme' && target !== 'asker' && target !== 'epoch') {
      throw new MalformedError('only an earlier scheme, asker or epoch is stopped');
    }
    if (this.stops.has(line.target)) throw new MalformedError('what is stopped stays stopped');
    this.stops.set(line.target, line);
  }

  #addClosed(line: ClosedLine, verifies: boolean): void {
    const epoch = this.#require('epoch', line.epoch);
    if (this.closings.has(line.epoch)) throw new MalformedError('an epoch is closed once');
    if (verifies && hex(BbsPublicKey.of(BbsScalar.parse(fromHex(line.key, 32))).toBytes()) !== epoch.key) {
      throw new MalformedError('the published secret key is not the one of the epoch');
    }
    this.closings.set(line.epoch, line);
  }

  #checkLanguages(line: Line): void {
    const languages = this.office.line.languages;
    for (const texts of textsOf(line)) {
      const found = Object.keys(texts);
      if (found.length !== languages.length || !languages.every((tag) => Object.hasOwn(texts, tag))) {
        throw new MalformedError("a text stands in exactly the office's languages");
      }
    }
  }
}

/**
 * Verifies that the key before signed a new one (register.md 2.2).
 * @throws {VerificationError} it did not
 */
export function verifyRotation(line: KeyLine, office: Leaf, before: Uint8Array): void {
  const signed = concat(label('register-key'), fromHex(office, 32), i2osp(line.number, 4), fromHex(line.key, 32));
  Ed25519Key.parse(before).verify(signed, fromHex(line.signature, 64));
}

/** Main epochs ascend in number and time without overlap, and are as long as their kind says (register.md 2.5). */
function checkFollows(line: EpochLine, scheme: SchemeLine, before: EpochLine | null): void {
  if (before !== null && (line.number <= before.number || line.from < before.until)) {
    throw new MalformedError('main epochs follow each other in number and time');
  }
  const [shortest, longest] = LENGTHS[scheme.epoch.kind];
  const length = seconds(line.until) - seconds(line.from);
  const mayBeShorter = before === null || line.until === scheme.sunset;
  if (length > longest || (length < shortest && !mayBeShorter)) throw new MalformedError('an epoch is as long as its kind says');
}

function textsOf(line: Line): readonly Texts[] {
  const namesOf = (list: readonly Named[]) => list.map(({ names }) => names);
  switch (line.type) {
    case 'office': case 'asker': return [line.names];
    case 'scheme': return [
      line.names, line.purpose, line.legal_basis, ...(line.special_basis === null ? [] : [line.special_basis]),
      ...namesOf(line.attributes), ...namesOf(line.scopes),
    ];
    case 'stop': return [line.why];
    case 'authority': return [line.names, ...namesOf(line.regions)];
    case 'key': case 'epoch': case 'closed': case 'build': return [];
  }
}

/** Inside a register a signature that does not hold is a broken rule like any other. */
function asMalformed(what: string, verify: () => void): void {
  try {
    verify();
  } catch (error) {
    if (error instanceof VerificationError) throw new MalformedError(what);
    throw error;
  }
}
