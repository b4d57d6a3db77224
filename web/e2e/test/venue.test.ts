import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { TracingSheet, VenueCode } from '@safeconduct/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOn, launch, Phone } from '../support/browser.ts';
import { Town } from '../support/town.ts';

const TOKEN = '0123456789ABCDEFGHJKMNPQR0';
/** Points of a page: A4 and A5. */
const A4 = [595, 842];
const A5 = [420, 595];

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

/** Sizes of the pages of a print, in points. */
async function printed(venue: Phone): Promise<number[][]> {
  const pdf = (await venue.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]);
}

async function makeVenue(venue: Phone, rooms: string): Promise<void> {
  await venue.page.goto(`${town.address}/venue/`);
  await venue.venue('make').click();
  await venue.field('venue', 'address').fill(town.address);
  await venue.venue('meet').click();
  await venue.venue('wordsMatch').click();
  await venue.field('venue', 'name').fill('Café Süd');
  await venue.field('venue', 'place').fill('Hauptstraße 1');
  await venue.field('venue', 'rooms').fill(rooms);
  await venue.venue('makeAction').click();
  await venue.venue('sheet').waitFor();
}

test('a venue makes its posters and its sheet, and answers the authority', async () => {
  const venue = await Phone.of(browser);
  await makeVenue(venue, 'Hall\n\n Garden ');

  // A poster on one page of the size chosen, whose code is the venue's.
  await venue.venue('poster').first().click();
  const code = VenueCode.parse(await codeOn(venue, 'Poster'));
  expect(code.poster).toEqual({ name: 'Café Süd', place: 'Hauptstraße 1', room: 'Hall', kind: 'FOOD_AND_DRINK', stay: 2, region: 0, end: null });
  for (const name of ['Deutsch', 'العربية', 'Русский']) await venue.page.getByLabel(name).check();
  await venue.page.locator('section[lang=ar]').waitFor();
  expect(await printed(venue)).toEqual([A4]);
  await venue.page.getByLabel('A5').check();
  expect(await printed(venue)).toEqual([A5]);
  expect(await venue.page.locator('section[lang=de]').textContent()).toContain('Gesundheitsamt');
  await venue.venue('back').click();

  // The sheet, on paper, as a file, and locked.
  await venue.venue('sheet').click();
  const sheet = TracingSheet.parse(await codeOn(venue, 'Tracing sheet'));
  expect(sheet.posters.map(({ poster }) => poster.room)).toEqual(['Hall', 'Garden']);
  const [plain] = await Promise.all([venue.page.waitForEvent('download'), venue.venue('sheetSave').click()]);
  expect(await readFile(await plain.path(), 'utf8')).toBe(sheet.toText());
  await venue.field('venue', 'passphrase').fill('four words are best');
  const [locked] = await Promise.all([venue.page.waitForEvent('download'), venue.venue('sheetLock').click()]);
  const file = await readFile(await locked.path());
  expect(file.toString('latin1')).not.toContain('SCT1:');
  await venue.venue('back').click();

  // Slips are those of the sheet.
  await venue.venue('slips').first().click();
  await venue.page.locator('.slips li').nth(23).waitFor();
  const slips = await venue.page.locator('.slips strong').allTextContents();
  const [first] = await venue.page.locator('input[type=date]').evaluateAll((inputs) => inputs.map((input) => new Date(`${(input as HTMLInputElement).value}T00:00:00`).getTime() / 3_600_000));
  expect(slips[0]!.replace(' ', '')).toBe(sheet.slip(sheet.posters[0]!, first!));
  await venue.venue('back').click();

  // The answer goes to the authority once, and only the hours asked about.
  town.health.token = TOKEN;
  await venue.venue('upload').click();
  await venue.field('venue', 'token').fill(TOKEN.toLowerCase());
  await venue.page.getByLabel('Garden').check();
  await venue.field('venue', 'from').fill('2026-11-21T18:00');
  await venue.field('venue', 'until').fill('2026-11-21T20:00');
  await venue.page.getByRole('button', { name: 'Send the keys of 3 hours' }).click();
  await venue.page.getByText('The keys of 3 hours were sent.').waitFor();
  expect(town.health.hours.map(({ venue: of, hour }) => [of.poster.room, hour])).toEqual([16, 17, 18].map((hour) => ['Garden', Date.UTC(2026, 10, 21, hour) / 3_600_000]));
  await venue.venue('close').click();
  await venue.venue('upload').click();
  await venue.field('venue', 'token').fill(TOKEN);
  await venue.page.getByLabel('Hall').check();
  await venue.field('venue', 'from').fill('2026-11-21T18:00');
  await venue.field('venue', 'until').fill('2026-11-21T18:00');
  await venue.page.getByRole('button', { name: 'Send the key of 1 hour' }).click();
  await venue.page.getByText('This token is unknown, was used before, or was withdrawn.').waitFor();

  // Another device opens the locked file and has the venue again.
  const other = await Phone.of(browser);
  await other.page.goto(`${town.address}/venue/`);
  await other.venue('openSheet').click();
  await other.field('venue', 'openFile').setInputFiles({ name: 'sheet', mimeType: 'application/octet-stream', buffer: file });
  await other.field('venue', 'passphrase').fill('four words are best');
  await other.venue('openAction').first().click();
  await other.venue('poster').nth(1).click();
  expect(VenueCode.parse(await codeOn(other, 'Poster')).equals(sheet.posters[1]!)).toBe(true);
  // The refused answer is the one fault a browser reports.
  expect([...venue.faults.filter((fault) => !fault.includes('400')), ...other.faults]).toEqual([]);
  await venue.close();
  await other.close();
});

test('while a venue is open it now and then sends what looks like an answer, at random times and not at the start', async () => {
  const venue = await Phone.of(browser);
  await makeVenue(venue, 'Hall');
  const posts = () => town.requests.filter((line) => line === 'POST /authority/upload').length;
  const [before, from] = [posts(), town.health.bodies.length];
  await venue.page.clock.install();
  await venue.page.addInitScript(() => {
    const drawn = crypto.getRandomValues.bind(crypto);
    crypto.getRandomValues = (into) => (into instanceof Uint32Array ? into.fill(2 ** 31) : drawn(into));
  });
  await venue.page.reload();
  await venue.venue('sheet').waitFor();
  // Half of all waits are longer than the mean's logarithm of two: six hours times 0.693, behind the first minute.
  const median = 60_000 + Math.LN2 * 6 * 3_600_000;
  await venue.page.clock.runFor(median - 1_000);
  expect(posts()).toBe(before);
  await venue.page.clock.runFor(2_000);
  await expect.poll(posts).toBe(before + 1);
  // The next wait begins with the answer, which the page may not have yet; no step is long enough for two.
  while (posts() < before + 2) await venue.page.clock.runFor(600_000);

  town.health.token = TOKEN;
  await venue.venue('upload').click();
  await venue.field('venue', 'token').fill(TOKEN);
  await venue.page.getByLabel('Hall').check();
  await venue.field('venue', 'from').fill('2026-11-21T18:00');
  await venue.field('venue', 'until').fill('2026-11-21T18:00');
  await venue.page.getByRole('button', { name: 'Send the key of 1 hour' }).click();
  await venue.page.getByText('The key of 1 hour was sent.').waitFor();
  const bodies = town.health.bodies.slice(from);
  expect(bodies.map((body) => body.length)).toEqual([16_384, 16_384, 16_384]);
  expect(bodies.map((body) => body.includes('"posters":[]'))).toEqual([true, true, false]);
  expect(new Set(bodies).size).toBe(3);
  expect(venue.faults).toEqual([]);
  await venue.close();
});
