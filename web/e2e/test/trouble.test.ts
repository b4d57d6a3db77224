import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAGS } from '../../ui/src/languages.ts';
import { addPass, check, choose, codeOn, installed, launch, Phone, setUpDoor, turnClockBack } from '../support/browser.ts';
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

test('installed apps start, show and check with the office gone, and ask the network nothing', async () => {
  const gone = await Town.open();
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, gone.address, gone.offer());
  await setUpDoor(door, gone.address, gone.setup());
  await Promise.all([installed(holder.page), installed(door.page)]);
  for (const phone of [holder, door]) {
    await phone.page.close();
    phone.page = await phone.window();
  }
  const before = gone.requests.length;
  await holder.page.goto(`${gone.address}/wallet/`);
  await holder.show.click();
  const online = await codeOn(holder, holder.say('wallet', 'liveCode'));
  await door.page.goto(`${gone.address}/checker/`);
  await door.checker('start').click();
  expect(await check(door, online)).toBe('Accepted');
  expect(gone.requests.slice(before)).toEqual([]);

  const address = gone.address;
  await gone.close();
  await Promise.all([holder.context.setOffline(true), door.context.setOffline(true)]);
  await holder.page.goto(`${address}/wallet/`);
  await holder.show.click();
  const offline = await codeOn(holder, holder.say('wallet', 'liveCode'));
  await door.page.goto(`${address}/checker/`);
  // A door's staff changes.
  await choose(door.page, ...TAGS, 'en');
  await door.checker('start').click();
  expect(await check(door, offline)).toBe('Accepted');
  // What was accepted before the app was loaded again is not accepted once more.
  await door.checker('close').click();
  expect(await check(door, online)).toBe('Refused');
  expect(await door.page.getByRole('alertdialog').innerText()).toContain(door.say('checker', 'refused.CODE_SEEN'));
  // What the browser's worker holds of a door goes with it.
  expect(await held(door.page)).toHaveLength(2);
  await door.checker('close').click();
  await door.page.goBack();
  await door.checker('remove').click();
  await door.checker('removeSure').click();
  await door.checker('setUpAction').waitFor();
  expect(await held(door.page)).toEqual([]);
  await Promise.all([holder.close(), door.close()]);
});

/** What a page would be given that is loaded again. */
function held(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const heard = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
    active!.postMessage('held', [port2]);
    return heard;
  });
}

test('an office that is away, busy or not the one meant is said in a sentence, and nothing is lost', async () => {
  const holder = await Phone.of(browser);
  const { page } = holder;
  await page.goto(`${town.address}/wallet/`);
  await holder.wallet('settings').click();
  await holder.wallet('addOffice').click();
  await holder.field('wallet', 'addressLabel').fill('http://127.0.0.1:9');
  await holder.wallet('next').click();
  await page.getByText(holder.say('wallet', 'failure.offline')).waitFor();
  await holder.field('wallet', 'addressLabel').fill('http://evil.example/path');
  await holder.wallet('next').click();
  await page.getByText(holder.say('wallet', 'failure.address')).waitFor();
  await holder.field('wallet', 'addressLabel').fill(town.address);
  await holder.wallet('next').click();
  await holder.wallet('wordsDiffer').click();
  await page.getByText(holder.say('wallet', 'wordsDifferNote')).waitFor();
  await page.goto(`${town.address}/wallet/`);

  const offer = town.offer();
  town.trouble = { status: 429, error: 'slow_down', seconds: 120 };
  await holder.wallet('addPass').click();
  await holder.wallet('addOffice').click();
  await holder.wallet('next').click();
  await holder.wallet('wordsMatch').click();
  await holder.field('wallet', 'offerLabel').fill(offer.toLowerCase().replaceAll('-', ' '));
  await holder.wallet('next').click();
  await holder.wallet('go').click();
  await page.getByText('try again in 2 min').waitFor();
  town.trouble = null;
  await holder.wallet('go').click();
  await holder.show.waitFor();
  await holder.close();
});

test('a turn at a busy office is taken on whichever screen is open, but never while a code is shown', async () => {
  const holder = await Phone.of(browser);
  const { page } = holder;
  const asked = (): number => town.requests.filter((request) => request === 'POST /token').length;
  const wait = async (seconds: number): Promise<number> => {
    town.trouble = { status: 503, error: 'overloaded', seconds };
    await holder.wallet('addPass').click();
    await holder.field('wallet', 'offerLabel').fill(town.offer());
    await holder.wallet('next').click();
    await holder.wallet('go').click();
    await holder.wallet('cancel').waitFor();
    return Date.now() + seconds * 1100;
  };
  await addPass(holder, town.address, town.offer());
  const turn = await wait(1);
  await holder.show.click();
  await codeOn(holder, holder.say('wallet', 'liveCode'));
  const before = asked();
  // The turn comes, and the app looks for it twice.
  await page.waitForFunction((until) => Date.now() > until, turn + 1000);
  expect(asked()).toBe(before);
  town.trouble = null;
  await page.goBack();
  await expect.poll(() => page.locator('button.show').count(), { timeout: 20_000 }).toBe(2);

  await wait(2);
  await holder.wallet('settings').click();
  town.trouble = null;
  await expect.poll(() => town.requests.at(-1), { timeout: 20_000 }).toBe('POST /credential');
  await holder.wallet('backup').waitFor();
  await page.goBack();
  await expect.poll(() => page.locator('button.show').count(), { timeout: 20_000 }).toBe(3);
  expect(holder.faults.filter((fault) => !fault.includes('503'))).toEqual([]);
  await holder.close();
});

test('an offer of an office that is not known leads to adding it, and tells no address itself', async () => {
  const other = await Town.open();
  const holder = await Phone.of(browser);
  await holder.page.goto(`${town.address}/wallet/`);
  await holder.wallet('addPass').click();
  await holder.field('wallet', 'offerLabel').fill(other.offer());
  await holder.wallet('next').click();
  await holder.page.getByText(holder.say('wallet', 'addOfficeFirst')).waitFor();
  expect(other.requests).toEqual([]);
  await holder.close();
  await other.close();
});

test('where storage is denied the wallet works as long as it is open, and says so', async () => {
  const holder = await Phone.of(browser);
  await holder.context.route(/engine\.worker-.*\.js$/, async (route) => {
    const answer = await route.fetch();
    const denial = "Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('', 'SecurityError'); } });\n";
    await route.fulfill({ response: answer, body: denial + await answer.text() });
  });
  await holder.context.addInitScript("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });");
  await addPass(holder, town.address, town.offer());
  await holder.page.getByText(holder.say('wallet', 'notKept')).waitFor();
  await holder.show.click();
  expect(await codeOn(holder, holder.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  await holder.close();
});

test('a camera that is denied is said, and pasting goes on', async () => {
  const camera = await launch(undefined);
  const door = await Phone.of(camera);
  await door.context.addInitScript("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); };");
  await setUpDoor(door, town.address, town.setup());
  await door.checker('start').click();
  await door.page.getByText(door.say('checker', 'cameraDenied')).waitFor();
  expect(await check(door, 'WIFI:S:guests;;')).toBe('Not a pass');
  await camera.close();
});

test('the back button closes a code and leaves no trace of it in the address or in the history', async () => {
  const holder = await Phone.of(browser);
  await addPass(holder, town.address, town.offer());
  const before = holder.page.url();
  await holder.show.click();
  await codeOn(holder, holder.say('wallet', 'liveCode'));
  expect(holder.page.url()).toBe(before);
  expect(await holder.page.evaluate(() => JSON.stringify(history.state))).toMatch(/^\{"depth":\d+\}$/);
  await holder.page.goBack();
  await holder.show.waitFor();
  await holder.page.reload();
  await holder.show.waitFor();
  await holder.close();
});

test('a second window of the checker is told of the first; a second window of the wallet shows the same passes', async () => {
  const phone = await Phone.of(browser);
  await setUpDoor(phone, town.address, town.setup());
  const second = await phone.window();
  await second.goto(`${town.address}/checker/`);
  await second.getByText(phone.say('checker', 'failure.elsewhere')).waitFor();
  await addPass(phone, town.address, town.offer());
  await second.goto(`${town.address}/wallet/`);
  await second.locator('button.show').waitFor();
  await phone.close();
});

test('a device whose clock went back cannot tell at the door, and is warned of in the wallet', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, town.address, town.offer());
  await setUpDoor(door, town.address, town.setup());
  await holder.show.click();
  const code = await codeOn(holder, holder.say('wallet', 'liveCode'));
  await Promise.all([turnClockBack(holder), turnClockBack(door)]);
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Cannot tell');
  await holder.page.getByText(holder.say('wallet', 'clockWrong')).waitFor();
  await Promise.all([holder.close(), door.close()]);
});
