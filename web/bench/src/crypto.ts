import type { CDPSession, Page } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { launch } from '../../e2e/support/browser.ts';
import { median, print, type Row } from './row.ts';

const TURNS = 6;
/** A compiler in the browser needs some dozens of runs before it has seen enough of either program. */
const WARM_UP = 40;
const BOUNDS = { prove: 12, verify: 15 } as const;
const THROTTLED_BOUND = 70;
/** How much slower a slow phone is than this machine. */
export const THROTTLE = 4;
const TIMES_FASTER = 3;

/** Wall times of single runs, and the page's processor time for all of them, in milliseconds. */
interface Times {
  readonly wall: number[];
  processor: number;
}

/** Proving and verifying in Chromium, beside the bars and beside the peer, all in one page. */
export async function main(args: readonly string[]): Promise<void> {
  const rounds = args.includes('--quick') ? 3 : 12;
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await script('page.js') });
    const all = await measured(page, await browser.newBrowserCDPSession(), rounds);
    const throttle = await page.context().newCDPSession(page);
    await throttle.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const slow = { prove: await run(page, 'prove', rounds * 2), verify: await run(page, 'verify', rounds * 2) };
    print([...rowsOf(all), ...rowsOfSlow(slow)], args.includes('--json'));
  } finally {
    await browser.close();
  }
}

const run = (page: Page, name: string, rounds: number): Promise<number[]> =>
  page.evaluate(([what, times]) => (globalThis as unknown as { run: (name: string, rounds: number) => Promise<number[]> }).run(what, times), [name, rounds] as const);

/** Takes the operations in turns, so that whatever else the machine does falls on all of them. */
async function measured(page: Page, session: CDPSession, rounds: number): Promise<Record<string, Times>> {
  const names = ['prove', 'prove, first time in a scope', 'verify', 'prove, plain BBS', 'verify, plain BBS', 'prove, peer', 'verify, peer'];
  const all: Record<string, Times> = Object.fromEntries(names.map((name) => [name, { wall: [], processor: 0 }]));
  for (const name of names) await run(page, name, WARM_UP);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const name of names) {
      const before = await processor(session);
      all[name]!.wall.push(...await run(page, name, rounds));
      all[name]!.processor += await processor(session) - before;
    }
  }
  return all;
}

/** Milliseconds of processor time that all pages of this browser have used, to a hundredth of a second. */
export async function processor(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

function rowsOf(all: Record<string, Times>): Row[] {
  const wall = (name: string): number => median(all[name]!.wall);
  const processorOf = (name: string): number => all[name]!.processor / all[name]!.wall.length;
  const rows: Row[] = [];
  for (const act of ['verify', 'prove'] as const) {
    rows.push({ name: act, value: wall(act), unit: 'ms', bound: BOUNDS[act] });
    rows.push({ name: `${act}, processor time, mean`, value: processorOf(act), unit: 'ms', bound: BOUNDS[act] });
    if (act === 'prove') rows.push({ name: 'prove, first time in a scope', value: wall('prove, first time in a scope'), unit: 'ms', bound: BOUNDS.prove });
    rows.push({ name: `${act}, plain BBS`, value: wall(`${act}, plain BBS`), unit: 'ms', bound: null });
    rows.push({ name: `${act}, plain BBS, peer`, value: wall(`${act}, peer`), unit: 'ms', bound: null });
    rows.push({ name: `${act}, peer against a pass with stamp`, value: wall(`${act}, peer`) / wall(act), unit: 'times', bound: TIMES_FASTER, least: true });
    rows.push({ name: `${act}, peer against plain BBS`, value: wall(`${act}, peer`) / wall(`${act}, plain BBS`), unit: 'times', bound: TIMES_FASTER, least: true });
  }
  return rows;
}

const rowsOfSlow = (slow: Readonly<Record<string, readonly number[]>>): Row[] => Object.entries(slow)
  .map(([name, times]) => ({ name: `${name}, throttled x${THROTTLE}`, value: median(times), unit: 'ms', bound: THROTTLED_BOUND }));

/** A page's script in one piece. */
export async function script(page: string): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error', resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
    build: {
      write: false, target: 'es2022',
      lib: { entry: new URL(`./${page}`, import.meta.url).pathname, formats: ['iife'], name: 'bench' },
    },
  }) as Rollup.RollupOutput[];
  return built[0]!.output[0].code;
}
