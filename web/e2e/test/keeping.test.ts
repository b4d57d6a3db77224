import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, check, choose, codeOn, installed, keptLanguages, launch, Phone, setUpDoor } from '../support/browser.ts';
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

test('where the device is full in the middle of a fetch, what was there stays, and the rest comes when there is room', async () => {
  const holder = await Phone.of(browser);
  const { page } = holder;
  await addPass(holder, town.address, town.offer());
  const asked: string[] = [];
  await holder.context.route('**/credential', async (route) => {
    asked.push(route.request().postData() ?? '');
    await route.continue();
  });
  // As a browser does that finds no room: the write is begun, and taken back.
  await page.workers()[0]!.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given): IDBRequest<IDBValidKey> {
      const writing = put.apply(this, given);
      if (this.name === 'passes') this.transaction.abort();
      return writing;
    };
  });
  await holder.wallet('addPass').click();
  await holder.field('wallet', 'offerLabel').fill(town.offer());
  await holder.wallet('next').click();
  await holder.field('wallet', 'personLabel').fill('Maria');
  await holder.wallet('go').click();
  await page.getByText(holder.say('wallet', 'failure.storage')).waitFor();
  await page.reload();
  await holder.show.click();
  expect(await codeOn(holder, holder.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  await page.goBack();
  await holder.wallet('fetch').click();
  await page.locator('button.show').nth(1).waitFor();
  expect(asked[1]).toBe(asked[0]);
  expect(await page.locator('button.show').count()).toBe(2);
  await holder.close();
});

test('a new version waits while the apps are open, is told of, and changes nothing that is kept, nor its languages', async () => {
  const changing = await Town.open();
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, changing.address, changing.offer());
  await setUpDoor(door, changing.address, changing.setup());
  for (const phone of [holder, door]) {
    await installed(phone.page);
    await phone.page.reload();
  }
  await holder.wallet('settings').click();
  await choose(holder.page, 'tr', 'en');
  await holder.page.goBack();
  await holder.show.click();
  await holder.page.getByRole('img', { name: holder.say('wallet', 'liveCode') }).waitFor();
  changing.release = '00000000000000aa';
  for (const [phone, app] of [[holder, 'wallet'], [door, 'checker']] as const) {
    await (await phone.context.newCDPSession(phone.page)).send('Network.clearBrowserCache');
    await phone.page.evaluate(async () => { void (await navigator.serviceWorker.getRegistration())!.update(); });
    await expect.poll(() => phone.page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      return registration.waiting !== null && navigator.serviceWorker.controller === registration.active;
    }), { message: app, timeout: 30_000 }).toBe(true);
  }
  // Nothing happens to a code that is being shown, nor to a door that is checking.
  const code = await codeOn(holder, holder.say('wallet', 'liveCode'));
  await holder.page.goBack();
  await holder.page.getByText(holder.say('wallet', 'newVersion')).waitFor();
  await holder.wallet('settings').click();
  await choose(holder.page, 'ar', 'en');
  await holder.page.goBack();
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Accepted');
  await door.checker('close').click();
  await door.page.goBack();

  await Promise.all([holder.wallet('newVersionUse').click(), door.checker('newVersionUse').click()]);
  await Promise.all([holder.wallet('newVersionUse').waitFor({ state: 'detached' }), door.checker('newVersionUse').waitFor({ state: 'detached' })]);
  await Promise.all([holder.show.waitFor(), door.checker('start').waitFor()]);
  // What the old version had accepted, the new one does not accept again.
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Refused');
  await expect.poll(() => keptLanguages(holder.page, 'safeconduct-wallet-00000000000000aa')).toEqual(['ar', 'tr']);
  expect(await keptLanguages(door.page, 'safeconduct-checker-00000000000000aa')).toEqual(['ar', 'de', 'es', 'fr', 'ru', 'tr', 'uk']);
  await changing.close();
  await Promise.all([holder.context.setOffline(true), door.context.setOffline(true)]);
  await Promise.all([holder.page.reload(), door.page.reload()]);
  await holder.show.click();
  await door.checker('start').click();
  expect(await check(door, await codeOn(holder, holder.say('wallet', 'liveCode')))).toBe('Accepted');
  await Promise.all([holder.close(), door.close()]);
});
