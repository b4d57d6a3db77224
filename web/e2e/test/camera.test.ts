import type { Browser } from 'playwright-core';
import { encode } from 'uqr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, codeOn, launch, Phone, setUpDoor, verdictOf } from '../support/browser.ts';
import { film } from '../support/film.ts';
import { Town } from '../support/town.ts';
import { knowOffice } from '../support/visits.ts';
import { watch } from '../support/watch.ts';

const CODES = 9;
const HELD = 24;
const GONE = 36;
/** From the first picture with a code to the verdict on the screen. */
const MOST_MILLISECONDS = 250;

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

test('a door reads one code after another without a touch, and says each verdict within a quarter of a second', async () => {
  const holder = await Phone.of(browser);
  await addPass(holder, town.address, town.offer());
  const codes: string[] = [];
  while (codes.length < CODES) {
    await holder.show.click();
    codes.push(await codeOn(holder, holder.say('wallet', 'liveCode')));
    await holder.page.goBack();
    await holder.show.waitFor();
  }
  expect(new Set(codes).size).toBe(CODES);
  const texts = [...codes, 'https://example.org/menu'];
  const camera = await launch(await film(browser, texts.flatMap((text) => [{ text: null, frames: GONE }, { text, frames: HELD }])));
  const door = await Phone.of(camera);
  await setUpDoor(door, town.address, town.setup());
  const before = town.requests.length;
  await door.checker('start').click();
  const seen = await watch(door.page, CODES + 1);
  console.log(`scan to verdict, milliseconds: ${seen.map(({ took }) => Math.round(took)).join(' ')}`);
  expect(seen.filter(({ word }) => word === 'Accepted').length).toBe(CODES);
  expect(seen.filter(({ word }) => word === 'Not a pass').length).toBe(1);
  const sorted = seen.map(({ took }) => took).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(MOST_MILLISECONDS);
  expect(town.requests.slice(before).filter((request) => !/\/checker\/assets\/(reader|zxing)/.test(request))).toEqual([]);
  expect(door.faults).toEqual([]);
  await camera.close();
  await holder.close();
});

test('a wallet reads the question of a door with its camera, and the holder is asked', async () => {
  const door = await Phone.of(browser);
  await setUpDoor(door, town.address, town.signedSetup());
  await door.checker('start').click();
  const question = await codeOn(door, door.say('checker', 'question'));
  const camera = await launch(await film(browser, [{ text: null, frames: 15 }, { text: question, frames: 45 }]));
  const holder = await Phone.of(camera);
  await addPass(holder, town.address, town.offer());
  await holder.wallet('answerDoor').click();
  await holder.wallet('agree').waitFor();
  expect(await holder.page.getByRole('main').innerText()).toContain('Bridge gate');
  await holder.wallet('refuse').click();
  await holder.show.waitFor();
  await camera.close();
  await door.close();
});

test('a wallet reads a poster with its camera, also when each module is less than two pixels wide', async () => {
  const venue = town.health.venue('Café Süd');
  const modules = encode(venue.code, { ecc: 'L', boostEcc: false, border: 4 }).size;
  const camera = await launch(await film(browser, [{ text: venue.code, frames: 60, side: 1.6 * modules }]));
  const visitor = await Phone.of(camera);
  await knowOffice(visitor, town.address, town.address);
  await visitor.wallet('checkIn').click();
  await visitor.wallet('checkInNow').waitFor();
  expect(await visitor.page.getByRole('main').innerText()).toContain('Café Süd');
  expect(visitor.faults).toEqual([]);
  await camera.close();
});

test('a hand scanner types a code at any time, and the door checks it', async () => {
  const holder = await Phone.of(browser);
  await addPass(holder, town.address, town.offer());
  await holder.show.click();
  const code = await codeOn(holder, holder.say('wallet', 'liveCode'));
  const door = await Phone.of(browser);
  await setUpDoor(door, town.address, town.setup());
  await door.checker('start').click();
  await door.page.keyboard.type(code);
  await door.page.keyboard.press('Enter');
  expect(await verdictOf(door)).toBe('Accepted');
  await holder.close();
  await door.close();
});
