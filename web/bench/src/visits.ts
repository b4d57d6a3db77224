import type { Page } from 'playwright-core';
import { hourOf } from '@safeconduct/core';
import { launch, Phone } from '../../e2e/support/browser.ts';
import { Town } from '../../e2e/support/town.ts';
import { followAll, knowOffice, readPoster, slotsOf } from '../../e2e/support/visits.ts';
import { median, print, type Row } from './row.ts';
import { slow } from './slow.ts';

const WARNINGS = 500;
const DAYS = 14;
/** Of an hour, as stored. */
const SLOTS_OCTETS = 2 * 164;
const THROTTLE = 4;
const CHECK_INS = 5;
const BOUNDS = { checkIn: 100, matching: 30_000, block: 50 } as const;
const PATIENCE = 180_000;

declare global {
  /** The longest task of the page so far, milliseconds. */
  var longest: number;
}

/**
 * The built wallet as a phone runs it, four times slower, with all its workers: from the tap to the visit that is safely
 * stored, and a day's warnings of a region against two slots of each hour. `--quick` takes a tenth of the warnings.
 */
export async function main(args: readonly string[]): Promise<void> {
  const count = args.includes('--quick') ? WARNINGS / 10 : WARNINGS;
  const [town, browser] = await Promise.all([Town.open({}, DAYS), launch()]);
  try {
    const phone = await Phone.of(browser);
    await knowOffice(phone, town.address, town.address);
    await followAll(phone);
    await asIfKeptForLong(phone.page);
    const hours = (await slotsOf(phone)).length / SLOTS_OCTETS;
    if (hours < DAYS * 24) throw new Error(`The wallet has slots for ${hours} hours, too few for ${DAYS} days of warnings.`);
    await phone.page.evaluate(watchTasks);
    const rows = await rowsAt(town, phone, count, 1);
    const end = await slow(browser, THROTTLE);
    const slowRows = await rowsAt(town, phone, count, THROTTLE);
    const times = await end();
    print([...rows, ...slowRows, { name: 'the phone was slower', value: times, unit: 'times', bound: null }], args.includes('--json'));
  } finally {
    await browser.close();
    await town.close();
  }
}

async function rowsAt(town: Town, phone: Phone, count: number, rate: number): Promise<Row[]> {
  const { page } = phone;
  const slowly = rate === 1 ? '' : `, x${rate} slower`;
  const bound = (most: number): number | null => (rate === 1 ? null : most);
  const taken: number[] = [];
  for (let i = 0; i < CHECK_INS; i++) {
    await readPoster(phone, town.health.venue(`Place ${i}`).code);
    taken.push(await page.evaluate(tap, phone.say('wallet', 'checkInNow')));
    await phone.wallet('close').click();
  }
  const now = hourOf(Date.now() / 1000);
  // Of hours that are over: what warns of the running one is tried again by the next look, together with what is new then.
  const over = DAYS * 24 - 1;
  const hours = Array.from({ length: count }, (_, i) => now - over + Math.floor((i * over) / count));
  town.health.publish({ advice: 'TEST', day: 20_800 }, hours);
  await phone.wallet('checkins').click();
  await page.evaluate(() => { longest = 0; });
  const matching = await page.evaluate(look, phone.say('wallet', 'look'));
  const block = await page.evaluate(() => longest);
  await page.goBack();
  await phone.wallet('checkIn').waitFor({ timeout: PATIENCE });
  const padded = Math.ceil(count / 32) * 32;
  return [
    { name: `tap to stored${slowly}`, value: median(taken), unit: 'ms', bound: bound(BOUNDS.checkIn) },
    { name: `${WARNINGS} warnings${slowly}`, value: (matching * WARNINGS) / padded, unit: 'ms', bound: bound(BOUNDS.matching) },
    { name: `longest task of the page${slowly}`, value: block, unit: 'ms', bound: bound(BOUNDS.block) },
  ];
}

/** Presses check in and waits for the word that the visit is stored. */
function tap(name: string): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
  const start = performance.now();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('p[role=status]') === null) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    button.click();
  });
}

/** Presses look and waits until the button is back. */
function look(name: string): Promise<number> {
  const find = () => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  const start = performance.now();
  return new Promise((resolve) => {
    let gone = false;
    const observer = new MutationObserver(() => {
      gone ||= find() === undefined;
      if (!gone || find() === undefined) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    find()!.click();
  });
}

/** The browser tells of tasks over fifty milliseconds, which is what would be too long. */
function watchTasks(): void {
  globalThis.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
  }).observe({ type: 'longtask' });
}

/** Warnings of hours before the slots were made are not tried; this wallet has had its slots for two weeks. */
async function asIfKeptForLong(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('safeconduct-visits');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction('times', 'readwrite');
      writing.objectStore('times').put(0, 'begun');
      writing.oncomplete = () => { opening.result.close(); resolve(); };
    };
  }));
}
