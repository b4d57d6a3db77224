import { Buffer } from 'node:buffer';
import { Asked, Checker, type KnownRegister, PassGrant, Pass, PendingPass, type SentQuestion, systemRandom } from '@safeconduct/core';
import { NOW, type Office } from '../../core/test/support/office.ts';
import { Draw, type Kind, officeOf, questionOf, valuesOf } from './passes.ts';
import { Peer } from './peer.ts';
import { seeded } from './random.ts';
import { print } from './row.ts';

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** What a door says, in words that both languages share. */
type Said = Readonly<Record<string, unknown>>;

/** One half: a wallet that shows what the other half issued, and a door that checks what the other half shows. */
interface Half {
  show(kind: Kind, question: SentQuestion | null, values: readonly string[]): Promise<string>;
  check(kind: Kind, question: SentQuestion | null, code: string): Promise<Said>;
}

/** What came of a run: how many showings went which way. Anything that is not as it should be is thrown. */
export interface Counts { toJava: number; toTypeScript: number; spoilt: number }

/** `--passes 1000`: that many random passes each way between Java and TypeScript. `--seed 7` repeats a run. */
export async function main(args: readonly string[]): Promise<void> {
  const number = (name: string, otherwise: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
  const seed = number('--seed', Math.floor(Math.random() * 2 ** 31));
  const passes = number('--passes', 50);
  const start = Date.now();
  const { toJava, toTypeScript, spoilt } = await interop(passes, seed, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${passes}`);
  });
  const row = (name: string, value: number, bound: number) => ({ name, value, unit: 'passes', bound, least: true });
  print([
    row('Java issued, TypeScript showed, Java accepted', toJava, passes),
    row('TypeScript issued, Java showed, TypeScript accepted', toTypeScript, passes),
    row('spoilt codes refused alike by both', spoilt, 2 * passes),
    { name: 'seed', value: seed, unit: '', bound: null }, { name: 'time', value: (Date.now() - start) / 1000, unit: 's', bound: null },
  ], args.includes('--json'));
}

/**
 * Random schemes, values and questions; every pass goes from one language to the other and back, and both doors must say
 * the same of it, stamp included. A code with one other character must be refused by both for the same reason.
 */
export async function interop(passes: number, seed: number, progress: (done: number) => void = () => undefined): Promise<Counts> {
  const draw = new Draw(seeded(seed));
  const { office, kinds, known } = officeOf(draw, `interop ${seed}`);
  const peer = Peer.open();
  try {
    const halves: readonly [Half, Half] = [typeScript(known, peer), java(office, peer)];
    await peer.ask({
      do: 'meet', lines: office.lines.map(hex), note: hex(Buffer.from(office.note())), now: NOW,
      keys: Object.fromEntries(kinds.map(({ epoch }) => [epoch, hex(office.epochKey(epoch).toBytes())])),
    });
    const counts: Counts = { toJava: 0, toTypeScript: 0, spoilt: 0 };
    for (let i = 0; i < passes; i++) {
      const [toJava, toTypeScript] = [draw.one(kinds), draw.one(kinds)];
      counts.spoilt += await go(draw, office, toJava, halves, `seed ${seed}, pass ${i}, shown by TypeScript`);
      counts.toJava++;
      counts.spoilt += await go(draw, office, toTypeScript, [halves[1], halves[0]], `seed ${seed}, pass ${i}, shown by Java`);
      counts.toTypeScript++;
      progress(i + 1);
    }
    return counts;
  } finally {
    peer.close();
  }
}

/** One pass from one half to the other. */
async function go(draw: Draw, office: Office, kind: Kind, [wallet, door]: readonly [Half, Half], name: string): Promise<number> {
  const values = valuesOf(draw, kind.line);
  const question = questionOf(draw, office, kind);
  const ask = question?.question.asks[0] ?? { attributes: kind.line.default, scope: kind.line.default_scope };
  const code = await wallet.show(kind, question, values);
  const said = await door.check(kind, question, code);
  const wanted = { disclosed: ask.attributes.map((index) => values[index]), verdict: 'ACCEPTED' };
  requireSame(name, { ...said, stamp: said['stamp'] === null ? null : 'some' }, { ...wanted, stamp: ask.scope === null ? null : 'some' });
  requireSame(`${name}, both doors`, await wallet.check(kind, question, code), said);
  const spoilt = spoil(draw, code);
  const refused = await door.check(kind, question, spoilt);
  if (refused['verdict'] !== 'REFUSED') throw new Error(`${name}: a spoilt code was not refused: ${spoilt}`);
  requireSame(`${name}, spoilt: ${spoilt}`, await wallet.check(kind, question, spoilt), refused);
  return 1;
}

/** Another character at one place behind the prefix. */
function spoil(draw: Draw, code: string): string {
  const place = 5 + draw.below(code.length - 5);
  const other = draw.one([...CHARACTERS].filter((character) => character !== code[place]));
  return code.slice(0, place) + other + code.slice(place + 1);
}

function requireSame(name: string, one: Said, other: Said): void {
  const [a, b] = [one, other].map((said) => JSON.stringify(Object.entries(said).sort()));
  if (a !== b) throw new Error(`${name}: ${a} is not ${b}`);
}

/** A wallet and a door in TypeScript; Java issues. */
const typeScript = (known: KnownRegister, peer: Peer): Half => ({
  async show({ scheme, epoch }, question, values) {
    const pending = PendingPass.make(known, epoch, NOW, systemRandom);
    const grant = PassGrant.parse(await peer.ask({ do: 'issue', ...pending.request, values }));
    const pass = Pass.fromJson(pending.receive(grant, known.register).toJson());
    const shown = pass.show(asked(question, known, scheme), 0, known.register, systemRandom);
    if (shown.kind !== 'SHOWN') throw new Error(shown.reason);
    return shown.showing.toText();
  },
  async check({ scheme }, question, code) {
    const asking = question === null ? { kind: 'DEFAULT', schemes: [scheme] } as const : { kind: 'OWN', question: question.question } as const;
    const verdict = new Checker({ known, asking, takesPaper: false }).check(code, NOW);
    if (verdict.verdict !== 'ACCEPTED') return 'reason' in verdict ? { verdict: verdict.verdict, reason: verdict.reason } : { verdict: verdict.verdict };
    const { disclosed, stamp } = verdict;
    return { verdict: 'ACCEPTED', disclosed: disclosed.map(({ value }) => value), stamp: stamp === null ? null : hex(stamp.bytes) };
  },
});

/** A wallet and a door in Java; TypeScript issues. */
const java = (office: Office, peer: Peer): Half => ({
  async show({ scheme, epoch }, question, values) {
    const { commitment } = await peer.ask({ do: 'request', epoch });
    const grant = office.issue({ epoch, commitment: String(commitment) }, values);
    await peer.ask({ do: 'receive', ...grant.toJson() });
    return String((await peer.ask({ do: 'show', scheme, question: question?.toText() ?? null, now: NOW }))['code']);
  },
  check: ({ scheme }, question, code) => peer.ask({ do: 'check', scheme, question: question?.toText() ?? null, code, now: NOW }),
});

function asked(question: SentQuestion | null, known: KnownRegister, scheme: string): Asked {
  if (question === null) return Asked.default(known.register, scheme, NOW);
  const { asked: read } = Asked.read(question, known, NOW);
  if (read.kind !== 'ASKED') throw new Error(read.reason);
  return read;
}

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
