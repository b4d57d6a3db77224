import { Asked, PendingPass, runningEpoch, systemRandom } from '@safeconduct/core';
import type { Browser } from 'playwright-core';
import { launch, Phone, setUpDoor } from '../../e2e/support/browser.ts';
import { film } from '../../e2e/support/film.ts';
import { Town, VALUES } from '../../e2e/support/town.ts';
import { type Seen, watch } from '../../e2e/support/watch.ts';
import { median, print, quantile, type Row } from './row.ts';
import { slow } from './slow.ts';

const FRAMES_A_SECOND = 30;
/** Each person holds a code into view for half a second, and takes it away for seven tenths: 50 people a minute. */
const HELD = 15;
const GONE = 21;
const LEAD = 90;
/** Codes are made as late as a door takes them, because drawing the film takes time: they hold for two minutes from now on. */
const AHEAD_SECONDS = 30;
const BOUNDS = { median: 250, most: 600, slowMedian: 1000, people: 40 } as const;
const THROTTLE = 4;
/** Few, so that on a slow machine their film is drawn before their codes are over. */
const SLOW_PEOPLE = 8;

/** A steady line of people before the built checker's camera, at full speed and on a phone four times slower. */
export async function main(args: readonly string[]): Promise<void> {
  const people = args.includes('--quick') ? 8 : 24;
  const town = await Town.open();
  const studio = await launch();
  try {
    const fast = await line(town, studio, people, false);
    const slowed = await line(town, studio, SLOW_PEOPLE, true);
    print([...rowsOf('', people, fast), ...rowsOf(`, slowed x${THROTTLE}`, SLOW_PEOPLE, slowed)], args.includes('--json'));
  } finally {
    await studio.close();
    await town.close();
  }
}

interface Line { readonly seen: readonly Seen[]; readonly slower: number | null }

async function line(town: Town, studio: Browser, people: number, slowed: boolean): Promise<Line> {
  const scenes = codes(town, people).flatMap((text) => [{ text, frames: HELD }, { text: null, frames: GONE }]);
  const camera = await launch(await film(studio, [{ text: null, frames: LEAD }, ...scenes]));
  try {
    const door = await Phone.of(camera);
    await setUpDoor(door, town.address, town.setup());
    await door.checker('start').click();
    const end = slowed ? await slow(camera, THROTTLE) : null;
    const frames = LEAD + people * (HELD + GONE);
    const seen = await watch(door.page, people, (1000 * frames) / FRAMES_A_SECOND);
    const slower = end === null ? null : await end();
    return { seen, slower };
  } finally {
    await camera.close();
  }
}

/** A live code of a pass of its own for each of so many people. */
function codes(town: Town, people: number): string[] {
  const now = Math.floor(Date.now() / 1000);
  const { known, office, scheme } = town;
  const epoch = runningEpoch(known.register, scheme, now)!;
  return Array.from({ length: people }, () => {
    const pending = PendingPass.make(known, epoch, now, systemRandom);
    const pass = pending.receive(office.issue(pending.request, VALUES), known.register);
    const shown = pass.show(Asked.default(known.register, scheme, now + AHEAD_SECONDS), 0, known.register, systemRandom);
    if (shown.kind !== 'SHOWN') throw new Error(shown.reason);
    return shown.showing.toText();
  });
}

function rowsOf(how: string, people: number, { seen, slower }: Line): Row[] {
  const accepted = seen.filter(({ word }) => word === 'Accepted').map(({ took }) => took);
  const minutes = (people * (HELD + GONE)) / FRAMES_A_SECOND / 60;
  const milliseconds = (name: string, value: number, bound: number | null): Row => ({ name: `${name}${how}`, value, unit: 'ms', bound });
  return [
    milliseconds('scan to verdict, median', median(accepted), slower === null ? BOUNDS.median : BOUNDS.slowMedian),
    milliseconds('scan to verdict, 95 of 100', quantile(accepted, 0.95), slower === null ? BOUNDS.most : null),
    { name: `people let in a minute${how}`, value: accepted.length / minutes, unit: 'people', bound: BOUNDS.people, least: true },
    { name: `people let in, of ${people}${how}`, value: accepted.length, unit: 'people', bound: null },
    { name: `other verdicts${how}`, value: seen.length - accepted.length, unit: 'people', bound: null },
    ...(slower === null ? [] : [{ name: 'how much slower the pages were', value: slower, unit: 'times', bound: null }]),
  ];
}
