import { Ed25519Key, Ed25519Secret } from '@safeconduct/crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  askerState, Checkpoint, epochState, KnownRegister, type Leaf, lineOctets, MalformedError, parseLine, Register, rootWords,
  schemeState, seconds, VerificationError,
} from '../src/index.ts';
import { fromBase45 } from '../src/wire/base45.ts';
import { hex, utf8 } from '../src/wire/bytes.ts';
import { type Cbor, decodeCbor } from '../src/wire/cbor.ts';
import { type CodeKind, PREFIXES, readCodeOctets } from '../src/wire/code.ts';
import { leafHash } from '../src/wire/hash.ts';
import { parseJson } from '../src/wire/json.ts';
import { id, language, shortText } from '../src/wire/text.ts';
import { formatTime } from '../src/wire/time.ts';

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
const example: readonly string[] = casesOf('register.json')[0]!.input;

/** A list of lines: the first of the example, then others. */
const linesOf = (list: readonly string[] | { take: number; then: readonly string[] }): Uint8Array[] =>
  ('take' in list ? [...example.slice(0, list.take), ...list.then] : list).map(utf8);

const plain = (value: Cbor): unknown =>
  Array.isArray(value) ? value.map(plain)
    : value instanceof Uint8Array ? { bytes: hex(value) } : typeof value === 'string' ? { text: value } : value;

/** What each kind of case makes of its input, to be compared with `expect`. */
const KINDS: Readonly<Record<string, (input: any, given: Case) => unknown>> = {
  cbor: (input) => plain(decodeCbor(bytes(input))),
  base45: (input) => ({ bytes: hex(fromBase45(input)) }),
  code: (input, { prefix }) => {
    const kind = (Object.keys(PREFIXES) as CodeKind[]).find((one) => PREFIXES[one] === prefix)!;
    return { bytes: hex(readCodeOctets(kind, input)) };
  },
  json: (input) => parseJson(bytes(input)),
  text: (input) => shortText(input),
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
  register: (input, given) => {
    const register = Register.parse(linesOf(input));
    const root = hex(register.root());
    if (given.expect.leaves === undefined) return { root };
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
  append: (input, { valid }) => {
    const lines = linesOf(input);
    if (valid) return { root: hex(Register.parse(lines).root()) };
    const before = Register.parse(lines.slice(0, -1));
    return before.with(lines.slice(-1));
  },
  checkpoint: (input, { register }) => {
    const time = Checkpoint.parse(utf8(input)).verify(Register.parse(linesOf(register)));
    return { cosigned: time === null ? null : formatTime(time) };
  },
  extension: ({ held, held_checkpoint, lines, checkpoint }) => {
    const known = KnownRegister.meet(Checkpoint.parse(utf8(held_checkpoint)), linesOf(held), 0);
    try {
      const { result } = known.grow(Checkpoint.parse(utf8(checkpoint)), linesOf(lines), 0);
      return { outcome: result === 'SPLIT' ? 'not-an-extension' : 'accepted' };
    } catch (error) {
      if (error instanceof MalformedError || error instanceof VerificationError) return { outcome: 'malformed' };
      throw error;
    }
  },
  split: ({ register, size, root }) => {
    const lines = linesOf(register);
    const known = KnownRegister.meet(checkpointOf(lines), lines, 0);
    const { agreement } = known.compare(size, bytes(root));
    return { outcome: { AGREES: 'same', DIFFERS: 'split', LONGER: 'later' }[agreement] };
  },
  validity: ({ register, leaf, time }) => {
    const known = Register.parse(linesOf(register));
    return { outcome: stateOf(known, leaf, seconds(time)) };
  },
};

/** A checkpoint of these lines from among the cases: only the office can sign one. */
function checkpointOf(lines: readonly Uint8Array[]): Checkpoint {
  const root = hex(Register.parse(lines).root());
  const notes = casesOf('register.json').flatMap(({ kind, input }) => (kind === 'extension' ? [input.held_checkpoint, input.checkpoint] : []));
  const checkpoints = notes.flatMap((note) => {
    try {
      return [Checkpoint.parse(utf8(note))];
    } catch {
      return [];
    }
  });
  return checkpoints.find((checkpoint) => hex(checkpoint.root) === root)!;
}

function stateOf(register: Register, leaf: Leaf, now: number): string {
  if (register.scheme(leaf) !== null) return schemeState(register, leaf, now);
  return register.epoch(leaf) !== null ? epochState(register, leaf, now) : askerState(register, leaf, now);
}

describe('the shared cases', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

  it('areThere', () => expect(files).toEqual(expect.arrayContaining(['register.json', 'wire.json'])));

  describe.each(files)('%s', (file) => {
    it.each(casesOf(file).map((given, i) => [`${i} ${given.kind}: ${given.name}`, given] as const))('%s', (_, given) => {
      const read = KINDS[given.kind];
      if (read === undefined) throw new Error(`a case of unknown kind: ${given.kind}`);
      if (given.valid || given.expect.failure === undefined) {
        expect(read(given.input, given)).toEqual(given.expect);
      } else {
        const failures: Readonly<Record<string, typeof MalformedError | typeof VerificationError>> = { malformed: MalformedError, verification: VerificationError };
        expect(() => read(given.input, given)).toThrow(failures[given.expect.failure]!);
      }
    });
  });
});
