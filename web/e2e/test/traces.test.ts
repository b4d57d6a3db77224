import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, launch, Phone } from '../support/browser.ts';
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

test('the browser’s history learns neither a pass nor that a code was shown: address and title stay the app’s', async () => {
  const phone = await Phone.of(browser);
  const seen = async (): Promise<string> => `${phone.page.url()} ${await phone.page.title()}`;
  await phone.page.goto(`${town.address}/wallet/`);
  const first = await seen();
  await addPass(phone, town.address, town.offer());
  const met = [await seen()];
  await phone.page.locator('article button.bare').click();
  await phone.page.getByRole('heading', { name: 'Town centre pass' }).first().waitFor();
  met.push(await seen());
  await phone.show.click();
  await phone.page.getByRole('img', { name: phone.say('wallet', 'liveCode') }).waitFor();
  met.push(await seen());
  expect(met).toEqual([first, first, first]);
  expect(await phone.page.title()).toBe('Wallet');
  await phone.close();
});

for (const app of ['wallet', 'checker', 'venue']) {
  test(`inside another page the ${app} shows nothing that could be clicked, also where the host sets no headers`, async () => {
    const phone = await Phone.of(browser);
    await phone.page.route(`**/${app}/`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: await answer.text() });
    });
    const refused = phone.page.waitForEvent('pageerror');
    await phone.page.route('**/elsewhere', (route) => route.fulfill({
      status: 200, contentType: 'text/html', body: `<iframe src="${town.address}/${app}/"></iframe>`,
    }));
    await phone.page.goto(`${town.address}/elsewhere`);
    expect(String(await refused)).toContain('inside another page');
    expect(await phone.page.frames()[1]!.locator('button').count()).toBe(0);
    await phone.close();
  });
}
