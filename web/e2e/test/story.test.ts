import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPass, check, codeOn, decide, launch, Phone, setUpDoor, verdictOf } from '../support/browser.ts';
import { Town } from '../support/town.ts';

const PASSPHRASE = 'four quiet river stones';

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

async function ask(holder: Phone, question: string): Promise<void> {
  await holder.wallet('answerDoor').click();
  await holder.field('wallet', 'questionLabel').fill(question);
  await holder.wallet('questionRead').click();
}

test('a signed question names the door, says what it learns and what becomes linkable, and is answered once', async () => {
  const [holder, door, other] = await Promise.all([Phone.of(browser), Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, town.address, town.offer('123456'), 'Maria', '123456');
  await setUpDoor(door, town.address, town.signedSetup());
  await setUpDoor(other, town.address, town.signedSetup({ door: 1 }));
  await door.checker('start').click();
  await ask(holder, await codeOn(door, door.say('checker', 'question')));
  await holder.wallet('agree').waitFor();
  const consent = await holder.page.getByRole('main').innerText();
  for (const told of ['Town guard', 'Bridge gate', 'Town centre pass', 'Maria', 'First letter of the name: K', 'Kind of access: resident', 'Birthday', 'One entry']) {
    expect(consent.replace(/[\u2068\u2069]/g, '')).toContain(told);
  }
  expect(consent).toMatch(/1,213 people/);
  // A stamp is recognised again, so nothing else may be promised.
  expect(consent).toContain(holder.say('wallet', 'willNotShowPerson'));
  expect(consent).not.toContain(holder.say('wallet', 'willNotShowRest'));
  await holder.wallet('agree').click();
  const code = await codeOn(holder, holder.say('wallet', 'liveCode'));
  expect(await holder.page.locator('main.live').innerText()).toBe('');

  expect(await check(door, code)).toBe('Check the identity');
  expect(await door.page.getByRole('alertdialog').innerText()).toMatch(/K[\s\S]*resident/);
  expect(await decide(door, 'identityYes')).toBe('Accepted');
  await door.checker('close').click();
  expect(await door.page.content()).not.toContain('resident');
  await holder.page.goBack();
  await ask(holder, await codeOn(door, door.say('checker', 'question')));
  await holder.wallet('agree').click();
  expect(await check(door, await codeOn(holder, holder.say('wallet', 'liveCode')))).toBe('Refused');
  expect(await door.page.getByRole('alertdialog').innerText()).toContain(door.say('checker', 'refused.ALREADY_USED'));

  // The paired door hears of it by a code, and refuses too.
  await door.checker('close').click();
  await door.page.goBack();
  await door.checker('stamps').click();
  await door.checker('stampsShow').click();
  const stamps = await codeOn(door, door.say('checker', 'codeFor'));
  await other.checker('stamps').click();
  await other.checker('stampsRead').click();
  await other.field('checker', 'pasteLabel').fill(stamps);
  await other.page.locator('form').getByRole('button').click();
  await other.page.getByText('1 new stamp taken over').waitFor();
  await other.page.goBack();
  await other.checker('start').click();
  await holder.page.goBack();
  await ask(holder, await codeOn(other, other.say('checker', 'question')));
  await holder.wallet('agree').click();
  expect(await check(other, await codeOn(holder, holder.say('wallet', 'liveCode')))).toBe('Refused');
  expect([...holder.faults, ...door.faults, ...other.faults]).toEqual([]);
  await Promise.all([holder.close(), door.close(), other.close()]);
});

test('on one machine the code goes from window to window by copy and paste, wherever the focus is', async () => {
  const phone = await Phone.of(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
  await addPass(phone, town.address, town.offer());
  await phone.show.click();
  await phone.page.getByRole('img', { name: phone.say('wallet', 'liveCode') }).waitFor();
  await phone.page.keyboard.press('ControlOrMeta+C');
  phone.page = await phone.window();
  await setUpDoor(phone, town.address, town.setup());
  await phone.page.keyboard.press('ControlOrMeta+V');
  expect(await verdictOf(phone)).toBe('Accepted');
  await phone.checker('close').click();
  await phone.page.locator('summary').click();
  const box = phone.field('checker', 'pasteLabel');
  await box.focus();
  await phone.page.keyboard.press('ControlOrMeta+V');
  expect(await verdictOf(phone)).toBe('Refused');
  await phone.checker('close').click();
  await box.focus();
  await phone.page.keyboard.type('SCANNED INTO THE FIELD');
  await phone.page.keyboard.press('Enter');
  expect(await verdictOf(phone)).toBe('Not a pass');
  expect(phone.faults).toEqual([]);
  await phone.close();
});

test('a pass on another person’s name is refused at the identity step, and its stamp stays unused', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, town.address, town.offer());
  await setUpDoor(door, town.address, town.signedSetup());
  await door.checker('start').click();
  for (const [choice, word] of [['identityNo', 'Refused'], ['identityYes', 'Accepted']] as const) {
    await ask(holder, await codeOn(door, door.say('checker', 'question')));
    await holder.wallet('agree').click();
    expect(await check(door, await codeOn(holder, holder.say('wallet', 'liveCode')))).toBe('Check the identity');
    expect(await decide(door, choice)).toBe(word);
    await door.checker('close').click();
    await holder.page.goBack();
  }
  await Promise.all([holder.close(), door.close()]);
});

test('paper says what it is before it is made, has a verdict of its own, and counts once', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, town.address, town.offer());
  await holder.page.locator('article button.bare').click();
  await holder.wallet('paper').click();
  expect(await holder.page.getByRole('main').innerText()).toContain('one showing shown many times');
  await holder.wallet('paperMake').click();
  const code = await codeOn(holder, holder.say('wallet', 'paperCard'));
  await setUpDoor(door, town.address, town.setup());
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Check the identity');
  expect(await door.page.getByRole('alertdialog').innerText()).toContain('29 February');
  expect(await decide(door, 'identityYes')).toBe('Accepted, on paper');
  await door.checker('close').click();
  expect(await check(door, code)).toBe('Refused');

  const strict = await Phone.of(browser);
  await setUpDoor(strict, town.address, town.setup({ takesPaper: false }));
  await strict.checker('start').click();
  expect(await check(strict, code)).toBe('Refused');
  expect(await strict.page.getByRole('alertdialog').innerText()).toContain('takes no paper');
  await Promise.all([holder.close(), door.close(), strict.close()]);
});

test('a poster’s question is answered, and the plain code is not an answer to it', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(holder, town.address, town.offer());
  await setUpDoor(door, town.address, town.setup({ mode: 'static' }));
  await door.checker('poster').click();
  const question = await codeOn(door, door.say('checker', 'codeFor'));
  await door.page.reload();
  await door.checker('start').click();
  await holder.show.click();
  const plain = await codeOn(holder, holder.say('wallet', 'liveCode'));
  expect(await check(door, plain)).toBe('Refused');
  await door.checker('close').click();
  await holder.page.goBack();
  await ask(holder, question);
  await holder.page.getByText(holder.say('wallet', 'unknownDoor'), { exact: true }).waitFor();
  await holder.wallet('agree').click();
  const answer = await codeOn(holder, holder.say('wallet', 'liveCode'));
  expect(await check(door, answer)).toBe('Accepted');

  // After a new poster the answer to the old one no longer counts.
  await door.checker('close').click();
  await door.page.goBack();
  await door.checker('poster').click();
  await door.checker('posterNew').click();
  await expect.poll(() => codeOn(door, door.say('checker', 'codeFor')), { timeout: 10_000 }).not.toBe(question);
  await door.page.goBack();
  await door.checker('start').click();
  expect(await check(door, answer)).toBe('Refused');
  expect(await door.page.getByRole('alertdialog').innerText()).toContain(door.say('checker', 'refused.OTHER_QUESTION'));
  await Promise.all([holder.close(), door.close()]);
});

test('passes move to a new phone under a passphrase, and everything is deleted with one decision', async () => {
  const [old, fresh] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await addPass(old, town.address, town.offer(), 'Maria');
  await old.wallet('settings').click();
  await old.wallet('backup').click();
  await old.field('wallet', 'passphrase').fill(PASSPHRASE);
  const coming = old.page.waitForEvent('download');
  await old.wallet('backupMake').click();
  const file = await (await coming).path();
  expect(readFileSync(file).toString('latin1')).not.toContain('Maria');

  await fresh.page.goto(`${town.address}/wallet/`);
  await fresh.wallet('restore').click();
  await fresh.field('wallet', 'restoreFile').setInputFiles(file);
  await fresh.field('wallet', 'passphrase').fill('another passphrase');
  await fresh.wallet('restoreMake').click();
  await fresh.page.getByText(fresh.say('wallet', 'failure.backup')).waitFor();
  await fresh.field('wallet', 'passphrase').fill(PASSPHRASE);
  await fresh.wallet('restoreMake').click();
  await fresh.page.getByText('1 pass was brought over').waitFor();
  await fresh.wallet('homeTitle').click();
  await fresh.show.click();
  expect(await codeOn(fresh, fresh.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);

  await old.page.goBack();
  await old.wallet('removeAll').click();
  await old.wallet('removeAllSure').click();
  await old.page.getByText(old.say('wallet', 'homeEmpty')).waitFor();
  await old.page.reload();
  await old.page.getByText(old.say('wallet', 'homeEmpty')).waitFor();
  await Promise.all([old.close(), fresh.close()]);
});
