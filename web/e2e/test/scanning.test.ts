import { randomBytes } from 'node:crypto';
import { runningEpoch, StampBook } from '@safeconduct/core';
import type { Browser } from 'playwright-core';
import { encode } from 'uqr';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, codeOn, launch, Phone, setUpDoor, verdictOf } from '../support/browser.ts';
import { film, FINE } from '../support/film.ts';
import { PAIRED, Town } from '../support/town.ts';
import { knowOffice } from '../support/visits.ts';

/** Pictures of one code. */
const HELD = 24;
/** Three codes full of stamps. */
const STAMPS = 300;
const STAMP_LENGTH = 48;
/** Of a module of a poster on A4, two metres away from a camera of 3840 pixels over 65 degrees (bench:poster). */
const PIXELS = 3.5;

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
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

test('a wallet reads a poster from two metres, out of the middle of what a fine camera sees', async () => {
  const venue = town.health.venue('Café Süd');
  const modules = encode(venue.code, { ecc: 'Q', boostEcc: false, border: 4 }).size;
  const camera = await launch(await film(browser, [{ text: venue.code, frames: 5, side: PIXELS * modules, level: 'Q' }], FINE));
  const visitor = await Phone.of(camera);
  await knowOffice(visitor, town.address, town.address);
  await visitor.wallet('checkIn').click();
  await visitor.wallet('checkInNow').waitFor();
  expect(await visitor.page.getByRole('main').innerText()).toContain('Café Süd');
  expect(visitor.faults).toEqual([]);
  await camera.close();
});

test('a door reads a stamp book of many codes from another door’s display, and says when it has them all', async () => {
  const [shows, spare] = await Promise.all([Phone.of(browser), Town.open()]);
  const { register } = spare.known;
  const stamps = Array.from({ length: STAMPS }, () => randomBytes(STAMP_LENGTH).toString('hex'));
  const book = new StampBook(runningEpoch(register, spare.scheme, Math.floor(Date.now() / 1000))!, 0, stamps);
  const setup = spare.signedSetup();
  await setUpDoor(shows, spare.address, setup);
  await shows.checker('stamps').click();
  await shows.checker('stampsRead').click();
  for (const code of book.exchange(PAIRED)) {
    await shows.field('checker', 'pasteLabel').fill(code);
    await shows.page.locator('form').getByRole('button').click();
  }
  await shows.page.getByText(`${STAMPS} passes have been used`).waitFor();
  await shows.checker('stampsShow').click();
  const codes = new Set<string>();
  await expect.poll(async () => codes.add(await codeOn(shows, shows.say('checker', 'codeFor'))).size, { timeout: 20_000 }).toBe(STAMPS / 100);

  const camera = await launch(await film(browser, [...codes].map((text) => ({ text, frames: HELD }))));
  const reads = await Phone.of(camera);
  await setUpDoor(reads, spare.address, setup);
  await reads.checker('stamps').click();
  await reads.checker('stampsRead').click();
  await reads.page.getByText(`${STAMPS} new stamps taken over`).waitFor();
  await reads.page.reload();
  await reads.checker('stamps').click();
  await reads.page.getByText(`${STAMPS} passes have been used`).waitFor();
  expect([...shows.faults, ...reads.faults]).toEqual([]);
  await camera.close();
  await shows.close();
  await spare.close();
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
