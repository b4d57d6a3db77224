import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES, type Tag, TAGS } from '../../ui/src/languages.ts';
import { choose, installed, keptLanguages, launch, Phone } from '../support/browser.ts';
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

test('a phone keeps the languages that somebody wants, and says of another that it is not there', async () => {
  const phone = await Phone.of(browser, { locale: 'de-DE' });
  const { page } = phone;
  const spoken = async (): Promise<string[]> => [await page.evaluate(() => document.documentElement.lang), await page.getByRole('combobox').inputValue()];
  const start = async (tag: Tag): Promise<void> => {
    await page.goto(`${town.address}/wallet/`);
    await page.getByRole('combobox').waitFor();
    expect(await spoken()).toEqual([tag, tag]);
  };
  // French is chosen before there is a service worker, and comes when there is one: the page has to tell it all the same.
  await page.addInitScript(() => {
    const { register } = ServiceWorkerContainer.prototype;
    const asked = new Promise((resolve) => Object.assign(globalThis, { asked: resolve }));
    ServiceWorkerContainer.prototype.register = async function (...words) {
      await asked;
      return register.apply(this, words);
    };
  });
  await page.route(/texts-fr-/, async (route) => {
    await page.evaluate('asked()');
    await installed(page);
    await route.continue();
  }, { times: 1 });
  await start('de');
  await choose(page, 'fr');
  const [cache] = await page.evaluate(() => caches.keys());
  await expect.poll(() => keptLanguages(page, cache!)).toEqual(['de', 'fr']);
  await choose(page, 'de');
  const before = town.requests.length;
  await start('de');
  expect(town.requests.slice(before)).toEqual([]);

  await phone.context.setOffline(true);
  await page.getByRole('combobox').selectOption('tr');
  await page.getByText(phone.say('wallet', 'languageMissing', { language: LANGUAGES.tr })).waitFor();
  expect(await spoken()).toEqual(['de', 'de']);
  await start('de');
  await choose(page, 'fr');
  await start('fr');

  await phone.context.setOffline(false);
  await choose(page, 'tr');
  expect(town.requests.slice(before)).toEqual([expect.stringMatching(/^GET \/wallet\/assets\/texts-tr-/)]);
  await phone.context.setOffline(true);
  await start('tr');

  // What is remembered may be lost; the screen is not empty for that.
  await page.evaluate(() => localStorage.setItem('safeconduct-language', 'uk'));
  await start('de');
  await phone.close();
});
