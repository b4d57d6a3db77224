import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAGS } from '../../ui/src/languages.ts';
import { audit } from '../support/audit.ts';
import { launch, Phone } from '../support/browser.ts';
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

test('every language can be chosen by the browser and by hand', async () => {
  for (const locale of TAGS) {
    const phone = await Phone.of(browser, { locale });
    await phone.page.goto(`${town.address}/wallet/`);
    await phone.wallet('addPass').waitFor();
    expect(await phone.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr']);
    await phone.close();
  }
  const phone = await Phone.of(browser);
  await phone.page.goto(`${town.address}/wallet/`);
  await phone.page.getByRole('combobox').selectOption('uk');
  await phone.page.getByRole('heading', { name: 'Мої перепустки' }).waitFor();
  await phone.page.reload();
  await phone.page.getByRole('heading', { name: 'Мої перепустки' }).waitFor();
  await phone.close();
});
