import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, check, codeOn, launch, Phone, setUpDoor } from '../support/browser.ts';
import { Town } from '../support/town.ts';

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

test('an offer becomes a pass, the pass a live code, the code a verdict', async () => {
  const holder = await Phone.of(browser);
  await addPass(holder, town.address, town.offer());
  await holder.show.click();
  const code = await codeOn(holder, 'Your code');
  expect(code).toMatch(/^SCS1:/);

  const door = await Phone.of(browser);
  await setUpDoor(door, town.address, town.setup());
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Accepted');
  await door.checker('close').click();
  expect(await check(door, code)).toBe('Refused');
  await door.checker('close').click();
  expect(await check(door, 'https://example.org/not-a-pass')).toBe('Not a pass');
  expect([...holder.faults, ...door.faults]).toEqual([]);
  await holder.close();
  await door.close();
});
