import type { CDPSession, Page } from 'playwright-core';
import { launch } from '../../e2e/support/browser.ts';
import { processor, script, THROTTLE } from './crypto.ts';
import { median, print, type Row } from './row.ts';

const WARNINGS = 500;
const MATCHING_BOUND = 30_000;
const CHECK_IN_BOUND = 100;
/** Tries that make the browser compile the arithmetic. */
const WARM_UP = 20;
const ROUNDS = 7;

declare global {
  function run(name: string, rounds: number): number[];
  function published(count: number): void;
  function match(): number;
}

/** A phone's work for check-ins and warnings: 672 slots, 500 warnings of one region, two slots each. `--quick` takes 50. */
export async function main(args: readonly string[]): Promise<void> {
  const count = args.includes('--quick') ? WARNINGS / 10 : WARNINGS;
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await script('presencePage.js') });
    const session = await browser.newBrowserCDPSession();
    const throttle = await page.context().newCDPSession(page);
    const rows = await rowsAt(page, session, count, 1);
    await throttle.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    print([...rows, ...await rowsAt(page, session, count, THROTTLE)], args.includes('--json'));
  } finally {
    await browser.close();
  }
}

async function rowsAt(page: Page, session: CDPSession, count: number, rate: number): Promise<Row[]> {
  const slow = rate === 1 ? '' : `, throttled x${rate}`;
  const bound = (most: number): number | null => (rate === 1 ? null : most);
  const of = async (name: string, rounds: number): Promise<number> =>
    median(await page.evaluate(([what, times]) => run(what, times), [name, rounds] as const));
  const rows: Row[] = [{ name: `make a diary of 14 days${slow}`, value: await of('make a diary of 14 days', 1), unit: 'ms', bound: null }];
  for (const name of ['scan a poster', 'seal a stay of 2 hours', 'check in, sealed', 'check in, not sealed']) {
    rows.push({ name: `${name}${slow}`, value: await of(name, ROUNDS), unit: 'ms', bound: name === 'check in, sealed' ? bound(CHECK_IN_BOUND) : null });
  }
  await page.evaluate((some) => { published(some); match(); }, WARM_UP);
  await page.evaluate((some) => published(some), count);
  const before = await processor(session);
  const wall = await page.evaluate(() => match());
  const used = await processor(session) - before;
  const whole = WARNINGS / count;
  rows.push({ name: `500 warnings, two slots each${slow}`, value: wall * whole, unit: 'ms', bound: bound(MATCHING_BOUND) });
  rows.push({ name: `the same, processor time${slow}`, value: used * whole, unit: 'ms', bound: null });
  return rows;
}
