import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, codeOn, launch, Phone, setUpDoor } from '../support/browser.ts';
import { film } from '../support/film.ts';
import { Town } from '../support/town.ts';
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
