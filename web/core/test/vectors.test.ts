import { Ed25519Key, Ed25519Secret } from '@safeconduct/crypto';
import { BbsSecretKey } from '@safeconduct/crypto/issuing';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AheadError, Asked, askerState, Checker, Checkpoint, DoorSetup, epochState, KnownRegister, type Leaf, lineOctets, MalformedError, Offer, parseLine,
  PassGrant, PendingPass, Question, readExchange, Register, rootWords, schemeState, seconds, SentQuestion, StampBook, VerificationError,
} from '../src/index.ts';
import { fromBase45 } from '../src/wire/base45.ts';
import { hex, utf8 } from '../src/wire/bytes.ts';
import { type Cbor, decodeCbor } from '../src/wire/cbor.ts';
import { type CodeKind, PREFIXES, readCodeOctets } from '../src/wire/code.ts';
import { label, leafHash, sha256 } from '../src/wire/hash.ts';
import { parseJson } from '../src/wire/json.ts';
import { id, isText, language, shortText } from '../src/wire/text.ts';
import { formatTime } from '../src/wire/time.ts';
import { checkRequest, issueGrant } from './support/issuer.ts';
import { IBE_KINDS, PRESENCE_KINDS } from './support/presenceCases.ts';

/** One case of the shared files (vectors/README.md). */
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly input: any;
  readonly valid: boolean;
  readonly expect: any;
  readonly [more: string]: any;
}

const folder = resolve(import.meta.dirname, '../../../vectors');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const casesOf = (file: string): readonly Case[] => JSON.parse(readFileSync(join(folder, file), 'utf8'));


/** A list of lines: the first of the file's first register, then others. */
type Lines = readonly string[] | { readonly take: number; readonly then: readonly string[] };

const plain = (value: Cbor): unknown =>
  Array.isArray(value) ? value.map(plain)
    : value instanceof Uint8Array ? { bytes: hex(value) } : typeof value === 'string' ? { text: value } : value;

/** Ranges of the code points of a plane that make a text between two brackets. */
function letters(plane: number): string[] {
  const ranges: string[] = [];
  let first = -1;
  for (let point = plane << 16; point <= (plane + 1) << 16; point++) {
    const letter = point < (plane + 1) << 16 && isText(`(${String.fromCodePoint(point)})`);
    if (letter && first < 0) first = point;
    if (letter || first < 0) continue;
    ranges.push([first, point - 1].map((end) => end.toString(16).padStart(4, '0')).join('-'));
    first = -1;
  }
  return ranges;
}

/** A reader of one kind of case: what it makes of the input is compared with `expect`. */
type Reader = (input: any, given: Case, linesOf: (list: Lines) => Uint8Array[]) => unknown;

const KINDS: Readonly<Record<string, Reader>> = {
  ...IBE_KINDS,
  ...Object.fromEntries(Object.entries(PRESENCE_KINDS).map(([kind, read]): [string, Reader] =>
    [kind, (input, given, linesOf) => read(input, given, () => everyLine(linesOf))])),
  authority: (input) => parseLine(utf8(input)),
  cbor: (input) => plain(decodeCbor(bytes(input))),
  base45: (input) => ({ bytes: hex(fromBase45(input)) }),
  code: (input, { prefix }) => {
    const kind = (Object.keys(PREFIXES) as CodeKind[]).find((one) => PREFIXES[one] === prefix)!;
    return { bytes: hex(readCodeOctets(kind, input)) };
  },
  json: (input) => parseJson(bytes(input)),
  text: (input) => shortText(input),
  letters: (input) => ({ ranges: letters(Number(input)) }),
  id: (input) => id(input),
  language: (input) => language(input),
  time: (input) => ({ seconds: seconds(input) }),
  'ed25519-key': (input) => ({ key: hex(Ed25519Key.parse(bytes(input)).toBytes()) }),
  ed25519: (input, { key, message }) => {
    Ed25519Key.parse(bytes(key)).verify(bytes(message), bytes(input));
    return {};
  },
  'ed25519-seed': (input, { message }) => {
    const secret = Ed25519Secret.fromSeed(bytes(input));
    return { key: hex(secret.publicKey.toBytes()), signature: hex(secret.sign(bytes(message))) };
  },
  proquint: (input) => ({ words: rootWords(bytes(input)) }),
  register: (input, given, linesOf) => {
    const register = Register.parse(linesOf(input));
    const root = hex(register.root());
    if (given.expect.leaves === undefined) return { ...leavesNamed(register, given.expect), root };
    const sizes = Array.from({ length: register.size }, (_, i) => i + 1);
    return {
      root, roots: sizes.map((size) => hex(register.root(size))), leaves: sizes.map((size) => register.leafAt(size - 1)),
      words: register.rootWords, office_words: register.officeWords,
    };
  },
  line: (input) => {
    const line = parseLine(utf8(input));
    expect(lineOctets(line)).toEqual(utf8(input));
    return { leaf: hex(leafHash(utf8(input))), members: Object.keys(JSON.parse(input)) };
  },
  append: (input, { valid }, linesOf) => {
    const lines = linesOf(input);
    if (valid) return { root: hex(Register.parse(lines).root()) };
    const before = registerOf(lines.slice(0, -1));
    return before.with(lines.slice(-1));
  },
  checkpoint: (input, { register }, linesOf) => {
    const time = Checkpoint.parse(utf8(input)).verify(registerOf(linesOf(register)));
    return { cosigned: time === null ? null : formatTime(time) };
  },
  extension: ({ held, held_checkpoint, lines, checkpoint, now }, _, linesOf) => {
    const known = KnownRegister.meet(Checkpoint.parse(utf8(held_checkpoint)), linesOf(held), seconds(now));
    try {
      const { result } = known.grow(Checkpoint.parse(utf8(checkpoint)), linesOf(lines), seconds(now));
      return { outcome: result === 'SPLIT' ? 'not-an-extension' : 'accepted' };
    } catch (error) {
      if (error instanceof AheadError) return { outcome: 'ahead' };
      if (error instanceof MalformedError || error instanceof VerificationError) return { outcome: 'malformed' };
      throw error;
    }
  },
  split: ({ register, size, root }, _, linesOf) => {
    const { agreement } = knownAt(linesOf(register), 0).compare(size, bytes(root));
    return { outcome: { AGREES: 'same', DIFFERS: 'split', LONGER: 'later' }[agreement] };
  },
  validity: ({ register, leaf, time }, _, linesOf) => {
    const known = registerOf(linesOf(register));
    return { outcome: stateOf(known, leaf, seconds(time)) };
  },
  'pass-request': (input, { epoch }, linesOf) => {
    checkRequest(schemeOf(everyLine(linesOf), epoch), { epoch, commitment: input });
    return { hash: hex(sha256(bytes(input))) };
  },
  issue: ({ key, epoch, row, commitment, values }, _, linesOf) => issueGrant({
    key: BbsSecretKey.parse(bytes(key)), scheme: schemeOf(everyLine(linesOf), epoch), request: { epoch, commitment }, row: bytes(row), values,
  }).toJson(),
  'pass-grant': (input, { pending }, linesOf) => {
    const { values } = PendingPass.fromJson(pending).receive(PassGrant.parse(input), everyLine(linesOf));
    return { values };
  },
  offer: (input, _, linesOf) => {
    const offer = Offer.parse(input);
    const hash = hex(sha256(label('offer-code'), offer.bytes));
    return { code: offer.code, hash, text: offer.toText(), of_city: offer.isOf(everyLine(linesOf).officeLeaf) };
  },
  door: (input) => {
    const { fields, isSecret } = DoorSetup.parse(input);
    const { office, address, mode, ask, takesPaper, asker, door, seed, pairingSecret } = fields;
    return {
      office, address, mode: ['default', 'static', 'fresh'].indexOf(mode), ask, paper: takesPaper, asker, door,
      seed: seed === null ? null : hex(seed), pairing: pairingSecret === null ? null : hex(pairingSecret), secret: isSecret,
    };
  },
  exchange: (input, { pairing }) => readExchange(input, bytes(pairing)),
  'default-question': (input, _, linesOf) => {
    const { asks: [ask], hash } = Question.default(input, everyLine(linesOf).scheme(input)!);
    return { ask, qhash: hex(hash) };
  },
  'paper-question': (input, _, linesOf) => {
    const { asks: [ask], hash } = Question.paper(input, everyLine(linesOf).scheme(input)!)!;
    return { ask, qhash: hex(hash) };
  },
  question: (input) => {
    const { source, asks, asker, door, notBefore, notAfter, size, root, hash } = SentQuestion.parse(input).question;
    const time = (unixSeconds: number | null) => (unixSeconds === null ? null : formatTime(unixSeconds));
    return {
      source: ['default', 'static', 'fresh', 'paper'].indexOf(source), asks, asker, door, not_before: time(notBefore),
      not_after: time(notAfter), size, root: root === null ? null : hex(root), qhash: hex(hash),
    };
  },
  reply: ({ lines, cosigned, question, now }, _, linesOf) => {
    const { asked } = Asked.read(SentQuestion.parse(question), knownAt(linesOf(lines), seconds(cosigned)), seconds(now));
    if (asked.kind === 'UNANSWERED') return { outcome: asked.reason };
    return { outcome: asked.clockWrong ? 'CONSENT CORRECTED' : 'CONSENT' };
  },
  check: ({ lines, door, showing, now }, _, linesOf) => {
    const verdict = checkerOf(door, linesOf(lines)).check(showing, seconds(now));
    if (verdict.verdict !== 'ACCEPTED') return { outcome: 'reason' in verdict ? verdict.reason : verdict.verdict };
    return {
      outcome: 'ACCEPTED', form: verdict.form.toUpperCase(), disclosed: verdict.disclosed.map(({ value }) => value),
      stamp: verdict.stamp === null ? null : hex(verdict.stamp.bytes),
    };
  },
};

/** Registers that many cases name, parsed once. */
const parsed = new Map<string, Register>();

function registerOf(lines: readonly Uint8Array[]): Register {
  const key = hex(sha256(...lines));
  const register = parsed.get(key) ?? Register.parse(lines);
  parsed.set(key, register);
  return register;
}

const everyLine = (linesOf: (list: Lines) => Uint8Array[]): Register => registerOf(linesOf({ take: Infinity, then: [] }));

const schemeOf = (register: Register, epoch: Leaf) => register.scheme(register.epoch(epoch)!.scheme)!;

/** Which of the leaves that a case names the register has. */
const leavesNamed = (register: Register, named: Record<string, string>) =>
  Object.fromEntries(Object.entries(named).filter(([, leaf]) => register.positionOf(leaf) !== null));

/**
 * What a device knows that fetched these lines when they were cosigned. The cases hold no checkpoint for most lists of
 * lines, so that this one is put together from its parts.
 */
function knownAt(lines: readonly Uint8Array[], cosigned: number): KnownRegister {
  const register = registerOf(lines);
  return Reflect.construct(KnownRegister, [{
    register, checkpoint: { note: '' }, signedTime: cosigned, growths: [{ size: register.size, seen: cosigned }],
    latestTime: cosigned, evidence: [], noted: [],
  }]);
}

function checkerOf(door: any, lines: readonly Uint8Array[]): Checker {
  const questionOf = (text: string) => SentQuestion.parse(text).question;
  const first = door.before?.question ?? door.own;
  const checker = new Checker({
    known: door.cosigned === null ? null : knownAt(lines, seconds(door.cosigned)),
    asking: first === null ? { kind: 'DEFAULT', schemes: door.default } : { kind: 'OWN', question: questionOf(first) },
    takesPaper: door.paper,
    books: door.stamps.map(({ epoch, scope, stamp }: any) => new StampBook(epoch, scope, [stamp])),
  });
  if (door.before !== null) checker.ask(questionOf(door.own), seconds(door.before.replaced));
  for (const code of door.earlier) checker.check(code, seconds(door.earlier_at));
  return checker;
}

function stateOf(register: Register, leaf: Leaf, now: number): string {
  if (register.scheme(leaf) !== null) return schemeState(register, leaf, now);
  return register.epoch(leaf) !== null ? epochState(register, leaf, now) : askerState(register, leaf, now);
}

describe('the shared cases', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

  it('areThere', () => expect(files).toEqual(expect.arrayContaining(['ibe.json', 'presence.json', 'register.json', 'wire.json'])));

  describe.each(files)('%s', (file) => {
    const [first] = casesOf(file);
    const linesOf = (list: Lines): Uint8Array[] =>
      ('take' in list ? [...(first!.input as readonly string[]).slice(0, list.take), ...list.then] : list).map(utf8);

    it.each(casesOf(file).map((given, i) => [`${i} ${given.kind}: ${given.name}`, given] as const))('%s', (_, given) => {
      const read = KINDS[given.kind];
      if (read === undefined) throw new Error(`a case of unknown kind: ${given.kind}`);
      if (given.valid || given.expect.failure === undefined) {
        expect(read(given.input, given, linesOf)).toEqual(given.expect);
      } else {
        const failures: Readonly<Record<string, typeof MalformedError | typeof VerificationError>> = { malformed: MalformedError, verification: VerificationError };
        expect(() => read(given.input, given, linesOf)).toThrow(failures[given.expect.failure]!);
      }
    });
  });
});
