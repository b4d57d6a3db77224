import { execFileSync } from 'node:child_process';
import { genCode, genPreTrace, genTrace, match, scan, setupHA, waitReady } from '@c4dt/libcrowdnotifier';
import { JAR, java } from './peer.ts';
import { median, print, type Row } from './row.ts';

const TIMES_FASTER = 5;
const WARM_UP = 40;
const ROUNDS = 150;
const HOUR = 448_000;
const OUTCOMES = ['match', 'no match'] as const;
type Outcome = (typeof OUTCOMES)[number];
type Times = Readonly<Record<Outcome, number>>;

/** One warning against one stored visit: the Java program beside CrowdNotifier's own library, in turns. `--quick` for a first look. */
export async function main(args: readonly string[]): Promise<void> {
  const rounds = args.includes('--quick') ? ROUNDS / 5 : ROUNDS;
  await waitReady();
  const before = ours(rounds);
  const theirs = peer(rounds);
  const after = ours(rounds);
  const rows: Row[] = [];
  for (const outcome of OUTCOMES) {
    const own = median([before[outcome], after[outcome]]);
    rows.push({ name: `${outcome}, Java, a core's time`, value: own, unit: 'ms', bound: null });
    rows.push({ name: `${outcome}, peer in Node`, value: theirs[outcome], unit: 'ms', bound: null });
    rows.push({ name: `${outcome}, peer against Java`, value: theirs[outcome] / own, unit: 'times', bound: TIMES_FASTER, least: true });
  }
  print(rows, args.includes('--json'));
}

/** What `bench crypto` says of opening a slot with its lines worked out, as a phone with several warnings of an hour does. */
function ours(rounds: number): Times {
  const said = execFileSync(java(), ['-jar', JAR, 'bench', 'crypto', '--json', '--warm-up', '300', '--rounds', String(rounds)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const rows = said.trim().split('\n').map((line) => JSON.parse(line) as { readonly name: string; readonly value: number });
  const of = (outcome: Outcome): number => rows.find(({ name }) => name === `open, ${outcome}`)!.value / 1000;
  return { match: of('match'), 'no match': of('no match') };
}

/** The peer's `match`, of a visit and the trace of its hour, and of a visit and the trace of the next hour. */
function peer(rounds: number): Times {
  const authority = setupHA();
  const info = new TextEncoder().encode('Café Süd');
  const { ent, pEnt, mtr } = genCode(authority.publicKey, info);
  const visit = scan(ent, pEnt, info, HOUR, new Uint8Array(32));
  const trace = (hour: number) => genTrace(authority, genPreTrace(mtr, hour)[0])!;
  const traces = { match: trace(HOUR), 'no match': trace(HOUR + 1) };
  const time = (outcome: Outcome): number => {
    const start = process.cpuUsage();
    if ((match(visit, traces[outcome]) !== undefined) !== (outcome === 'match')) throw new Error('the peer said something else');
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const times: Record<Outcome, number[]> = { match: [], 'no match': [] };
  for (let i = 0; i < WARM_UP + rounds; i++) {
    for (const outcome of OUTCOMES) {
      const taken = time(outcome);
      if (i >= WARM_UP) times[outcome].push(taken);
    }
  }
  return { match: median(times.match), 'no match': median(times['no match']) };
}
