import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../support/audit.ts';
import { launch } from '../support/browser.ts';
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

test('axe finds nothing on any screen, in light and in dark, and nothing is wider than 320 pixels', async () => {
  const { found, screens } = await audit(browser, town, 'en-GB');
  expect(found).toEqual([]);
  expect(screens.length).toBeGreaterThanOrEqual(46);
}, 240_000);
