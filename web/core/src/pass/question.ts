import { Ed25519Key, type Ed25519Secret, MalformedError, type RandomBytes, VerificationError } from '@safeconduct/crypto';
import { concat, fromHex, hex, sameOctets } from '../wire/bytes.ts';
import { anyArray, arrayOf, type Cbor, decodeCbor, encodeCbor, indexesOf, octetsOf, orNull, uint } from '../wire/cbor.ts';
import { codeText, readCode } from '../wire/code.ts';
import { HASH_LENGTH, label, sha256 } from '../wire/hash.ts';
import { DAY } from '../wire/time.ts';
import type { Leaf, SchemeLine } from '../register/line.ts';
import { MOST_LINES } from '../register/register.ts';

/** Octets of a nonce. */
export const NONCE_LENGTH = 16;
/** Seconds a fresh question lives. */
export const FRESH_FOR = 120;
/** Seconds a posted question lives at most. */
export const STATIC_FOR = 366 * DAY;

const PROFILE = 1;
const MOST_ASKS = 4;
const MOST_ATTRIBUTE = 7;
const MOST_SCOPE = 3;
const MOST_DOOR = 199;
const SIGNATURE_LENGTH = 64;
const SOURCES = ['default', 'static', 'fresh', 'paper'] as const;

/** Where a question comes from: computed by both sides, posted, on the checker's screen, or printed. */
export type Source = (typeof SOURCES)[number];

/** What is asked of the pass of one scheme. */
export interface Ask {
  readonly scheme: Leaf;
  /** Indexes of attributes to disclose, ascending. */
  readonly attributes: readonly number[];
  /** The scope of the stamp to give, or null for none. */
  readonly scope: number | null;
}

/** The fields of a question (pass.md 3.1). Times are Unix seconds. */
export interface QuestionFields {
  readonly source: Source;
  readonly asks: readonly Ask[];
  readonly asker: Leaf | null;
  readonly door: number | null;
  readonly nonce: Uint8Array | null;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly size: number | null;
  readonly root: Uint8Array | null;
}

const UNSENT = { asker: null, door: null, nonce: null, notBefore: null, notAfter: null, size: null, root: null };

/** A question in one of the six forms of pass.md 3.2. Whether it may ask what it asks, its register tells. */
export class Question implements QuestionFields {
  readonly source: Source;
  readonly asks: readonly Ask[];
  readonly asker: Leaf | null;
  readonly door: number | null;
  readonly nonce: Uint8Array | null;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly size: number | null;
  readonly root: Uint8Array | null;
  /** The canonical bytes. */
  readonly bytes: Uint8Array;
  /** qhash, 32 bytes (pass.md 3.3). */
  readonly hash: Uint8Array;

  private constructor(fields: QuestionFields, bytes: Uint8Array) {
    this.source = fields.source;
    this.asks = fields.asks;
    this.asker = fields.asker;
    this.door = fields.door;
    this.nonce = fields.nonce;
    this.notBefore = fields.notBefore;
    this.notAfter = fields.notAfter;
    this.size = fields.size;
    this.root = fields.root;
    this.bytes = bytes;
    this.hash = sha256(label('question'), bytes);
  }

  /**
   * A question of these fields.
   * @throws {MalformedError} no form of pass.md 3.2
   */
  static of(fields: QuestionFields): Question {
    return Question.parse(encodeCbor([
      PROFILE, SOURCES.indexOf(fields.source),
      fields.asks.map(({ scheme, attributes, scope }) => [fromHex(scheme, HASH_LENGTH), attributes, scope]),
      fields.asker === null ? null : fromHex(fields.asker, HASH_LENGTH),
      fields.door, fields.nonce, fields.notBefore, fields.notAfter, fields.size, fields.root,
    ]));
  }

  /**
   * Reads the canonical bytes.
   * @throws {MalformedError} another encoding, or no form of pass.md 3.2
   */
  static parse(bytes: Uint8Array): Question {
    const [profile, source, asks, asker, door, nonce, notBefore, notAfter, size, root] = arrayOf(decodeCbor(bytes), 10);
    uint(profile, PROFILE);
    if (profile !== PROFILE) throw new MalformedError('an unknown profile');
    const fields: QuestionFields = {
      source: SOURCES[uint(source, SOURCES.length - 1)]!,
      asks: anyArray(asks).map(readAsk),
      asker: orNull(asker, (value) => hex(octetsOf(value, HASH_LENGTH))),
      door: orNull(door, (value) => uint(value, MOST_DOOR)),
      nonce: orNull(nonce, (value) => octetsOf(value, NONCE_LENGTH)),
      notBefore: orNull(notBefore, (value) => uint(value)),
      notAfter: orNull(notAfter, (value) => uint(value)),
      size: orNull(size, (value) => uint(value, MOST_LINES)),
      root: orNull(root, (value) => octetsOf(value, HASH_LENGTH)),
    };
    requireForm(fields);
    return new Question(fields, bytes.slice());
  }

  /** The default question of a scheme: nobody sends it, both sides compute it. */
  static default(leaf: Leaf, scheme: SchemeLine): Question {
    return Question.of({ ...UNSENT, source: 'default', asks: [defaultAsk(leaf, scheme)] });
  }

  /** The paper question of a scheme, or null if it has none. */
  static paper(leaf: Leaf, { paper }: SchemeLine): Question | null {
    return paper === null ? null : Question.of({ ...UNSENT, source: 'paper', asks: [{ scheme: leaf, ...paper }] });
  }

  /** The octets of a new nonce. */
  static nonce(random: RandomBytes): Uint8Array {
    return random(NONCE_LENGTH);
  }
}

/** What the default question of a scheme asks, and an unsigned one. */
export const defaultAsk = (leaf: Leaf, scheme: SchemeLine): Ask =>
  ({ scheme: leaf, attributes: scheme.default, scope: scheme.default_scope });

function readAsk(value: Cbor): Ask {
  const [scheme, attributes, scope] = arrayOf(value, 3);
  return {
    scheme: hex(octetsOf(scheme, HASH_LENGTH)),
    attributes: indexesOf(attributes, MOST_ATTRIBUTE),
    scope: orNull(scope, (value) => uint(value, MOST_SCOPE)),
  };
}

/** The table of pass.md 3.2, as far as it can be told without a register. */
function requireForm(question: QuestionFields): void {
  const { source, asks, asker, door, nonce, notBefore, notAfter, size, root } = question;
  const sent = source === 'static' || source === 'fresh';
  const timed = source === 'fresh' || (sent && asker !== null);
  const several = sent && asker === null;
  requireThat(asks.length >= 1 && asks.length <= (several ? MOST_ASKS : 1), 'the number of asks');
  requireThat(new Set(asks.map(({ scheme }) => scheme)).size === asks.length, 'the schemes of the asks differ');
  requireThat(sent || asker === null, 'only a question that is sent has an asker');
  requireThat(asker !== null || door === null, 'a door belongs to an asker');
  requireThat((nonce !== null) === sent, 'a nonce belongs to a question that is sent');
  requireThat((size !== null) === sent && (root !== null) === sent && size !== 0, 'size and root belong to a question that is sent');
  requireThat((notBefore !== null) === timed && (notAfter !== null) === timed, 'which questions carry times');
  if (notBefore === null || notAfter === null) return;
  const length = notAfter - notBefore;
  requireThat(source === 'fresh' ? length === FRESH_FOR : length > 0 && length <= STATIC_FOR, 'how long a question lives');
}

function requireThat(holds: boolean, what: string): void {
  if (!holds) throw new MalformedError(`no form of a question: ${what}`);
}

/** A question as it is sent: with its asker's signature, or without one. */
export class SentQuestion {
  readonly question: Question;
  readonly signature: Uint8Array | null;

  private constructor(question: Question, signature: Uint8Array | null) {
    this.question = question;
    this.signature = signature;
  }

  /** An unsigned question, "a door that does not say who it is". */
  static unsigned(question: Question): SentQuestion {
    return SentQuestion.#of(question, null);
  }

  /** A question signed by its asker. */
  static sign(question: Question, key: Ed25519Secret): SentQuestion {
    return SentQuestion.#of(question, key.sign(signedBytes(question)));
  }

  static #of(question: Question, signature: Uint8Array | null): SentQuestion {
    if (question.source === 'default' || question.source === 'paper') throw new MalformedError('this question is never sent');
    if ((question.asker === null) !== (signature === null)) throw new MalformedError('a question with an asker is signed, another is not');
    return new SentQuestion(question, signature);
  }

  /**
   * Reads a question code (pass.md 3.4).
   * @throws {MalformedError} another form
   */
  static parse(text: string): SentQuestion {
    const [bytes, signature] = arrayOf(readCode('question', text), 2);
    return SentQuestion.#of(Question.parse(octetsOf(bytes)), orNull(signature, (value) => octetsOf(value, SIGNATURE_LENGTH)));
  }

  /** The question as a code. */
  toText(): string {
    return codeText('question', [this.question.bytes, this.signature]);
  }

  /**
   * Verifies the asker's signature.
   * @param key the asker's Ed25519 key
   * @throws {VerificationError} the question is unsigned or the signature does not hold
   */
  verify(key: Uint8Array): void {
    if (this.signature === null) throw new VerificationError('the question is not signed');
    Ed25519Key.parse(key).verify(signedBytes(this.question), this.signature);
  }

  /** Whether both ask the same question. */
  equals(other: SentQuestion): boolean {
    return sameOctets(this.question.bytes, other.question.bytes);
  }
}

const signedBytes = ({ bytes }: Question): Uint8Array => concat(label('question'), bytes);
