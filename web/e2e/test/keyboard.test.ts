import { hourOf } from '@safeconduct/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOn, launch, Phone, setUpDoor, verdictOf } from '../support/browser.ts';
import { chooseFile, press, reach, write } from '../support/keyboard.ts';
import { Town } from '../support/town.ts';
import { checkIn, knowOffice, look } from '../support/visits.ts';

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

/** The first button inside this is the way back. */
const back = (phone: Phone) => phone.page.locator('header button').first();

test('a holder gets, shows, answers, prints, moves and erases with the keyboard alone', async () => {
  const [phone, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  const { page } = phone;
  await page.goto(`${town.address}/wallet/`);
  await press(page, phone.wallet('addPass'));
  await press(page, phone.wallet('addOffice'));
  await write(page, phone.field('wallet', 'addressLabel'), town.address);
  await press(page, phone.wallet('next'));
  await press(page, phone.wallet('wordsMatch'));
  await write(page, phone.field('wallet', 'offerLabel'), town.offer());
  await press(page, phone.wallet('next'));
  await write(page, phone.field('wallet', 'personLabel'), 'Maria');
  await press(page, phone.wallet('go'));
  await press(page, phone.show);
  expect(await codeOn(phone, phone.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  await press(page, phone.wallet('close'));

  await setUpDoor(door, town.address, town.signedSetup());
  await door.checker('start').click();
  await press(page, phone.wallet('answerDoor'));
  await write(page, phone.field('wallet', 'questionLabel'), await codeOn(door, door.say('checker', 'question')));
  await press(page, phone.wallet('questionRead'));
  await press(page, phone.wallet('agree'));
  expect(await codeOn(phone, phone.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  await press(page, phone.wallet('close'));

  await press(page, page.locator('article button.bare').first());
  await write(page, phone.field('wallet', 'rename'), 'Mari');
  await press(page, phone.wallet('save'));
  await press(page, phone.wallet('paper'));
  await press(page, phone.wallet('paperMake'));
  await reach(page, phone.wallet('print'));
  await press(page, back(phone));
  await press(page, back(phone));
  await page.getByText(phone.say('wallet', 'forPerson', { person: 'Mari' })).first().waitFor();

  await press(page, phone.wallet('settings'));
  await reach(page, page.getByRole('combobox'));
  await press(page, phone.wallet('update'));
  await press(page, phone.wallet('backup'));
  await write(page, phone.field('wallet', 'passphrase'), 'too short');
  await press(page, phone.wallet('backupMake'));
  await page.getByText(phone.say('wallet', 'passphraseShort')).waitFor();
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  const [kept] = await Promise.all([page.waitForEvent('download'), press(page, phone.wallet('backupMake'))]);
  await press(page, back(phone));
  await press(page, phone.wallet('removeAll'));
  await press(page, phone.wallet('removeAllSure'));
  await page.getByText(phone.say('wallet', 'homeEmpty')).waitFor();

  await press(page, phone.wallet('restore'));
  await chooseFile(page, phone.field('wallet', 'restoreFile'), await kept.path());
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  await press(page, phone.wallet('restoreMake'));
  await press(page, phone.wallet('homeTitle'));
  await press(page, page.locator('article button.bare').first());
  await press(page, phone.wallet('remove'));
  await press(page, phone.wallet('removeSure'));
  await page.getByText(phone.say('wallet', 'homeEmpty')).waitFor();
  await press(page, phone.wallet('settings'));
  await press(page, phone.wallet('removeOffice'));
  await press(page, phone.wallet('removeSure'));
  await phone.wallet('removeOffice').waitFor({ state: 'detached' });
  expect([...phone.faults, ...door.faults]).toEqual([]);
  await Promise.all([phone.close(), door.close()]);
});

test('a door is set up, checks, compares, exchanges stamps and is removed with the keyboard alone', async () => {
  const [phone, holder] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  const { page } = phone;
  await page.goto(`${town.address}/checker/`);
  await write(page, phone.field('checker', 'setUpLabel'), town.signedSetup());
  await press(page, phone.checker('setUpAction'));
  await press(page, phone.checker('wordsMatch'));
  await press(page, phone.checker('start'));
  await press(page, page.locator('summary'));
  await write(page, phone.field('checker', 'pasteLabel'), 'not a pass');
  await press(page, phone.checker('pasteAction'));
  expect(await verdictOf(phone)).toBe('Not a pass');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });

  await holder.page.goto(`${town.address}/wallet/`);
  await holder.wallet('addPass').click();
  await holder.wallet('addOffice').click();
  await holder.wallet('next').click();
  await holder.wallet('wordsMatch').click();
  await holder.field('wallet', 'offerLabel').fill(town.offer());
  await holder.wallet('next').click();
  await holder.wallet('go').click();
  await holder.wallet('answerDoor').click();
  await holder.field('wallet', 'questionLabel').fill(await codeOn(phone, phone.say('checker', 'question')));
  await holder.wallet('questionRead').click();
  await holder.wallet('agree').click();
  await write(page, phone.field('checker', 'pasteLabel'), await codeOn(holder, holder.say('wallet', 'liveCode')));
  await press(page, phone.checker('pasteAction'));
  expect(await verdictOf(phone)).toBe('Check the identity');
  await press(page, phone.checker('identityYes'));
  await phone.checker('identityYes').waitFor({ state: 'detached' });
  expect(await verdictOf(phone)).toBe('Accepted');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });

  await press(page, back(phone));
  await press(page, phone.checker('stamps'));
  await press(page, phone.checker('stampsShow'));
  await page.getByRole('img', { name: phone.say('checker', 'codeFor') }).waitFor();
  await press(page, phone.checker('stampsRead'));
  await reach(page, phone.field('checker', 'pasteLabel'));
  await press(page, back(phone));
  await press(page, phone.checker('update'));
  await page.getByText(phone.say('checker', 'updated')).waitFor();
  await press(page, phone.checker('remove'));
  await press(page, phone.checker('removeSure'));
  await phone.checker('setUpAction').waitFor();
  expect([...phone.faults, ...holder.faults]).toEqual([]);
  await Promise.all([phone.close(), holder.close()]);
});

test('a poster is made and printed with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  await setUpDoor(phone, town.address, town.setup({ mode: 'static' }));
  await press(phone.page, phone.checker('poster'));
  const first = await codeOn(phone, phone.say('checker', 'codeFor'));
  await reach(phone.page, phone.checker('print'));
  await press(phone.page, phone.checker('posterNew'));
  await expect.poll(() => codeOn(phone, phone.say('checker', 'codeFor')), { timeout: 10_000 }).not.toBe(first);
  await phone.close();
});

test('a visit is sealed and written down with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  const { page } = phone;
  await knowOffice(phone, town.address, town.address);
  await press(page, phone.wallet('checkIn'));
  await write(page, phone.field('wallet', 'posterLabel'), town.health.venue('Café Süd').code);
  await press(page, phone.wallet('posterRead'));
  await press(page, phone.wallet('checkInNow'));
  await press(page, phone.wallet('close'));
  await press(page, phone.wallet('checkins'));
  await press(page, phone.wallet('look'));
  await page.getByText(phone.say('wallet', 'noWarning')).waitFor();
  await reach(page, page.getByLabel('South bank'));
  await page.keyboard.press('Space');
  expect(await page.getByLabel('South bank').isChecked()).toBe(true);
  await press(page, phone.wallet('diary'));
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  await press(page, phone.wallet('diaryStart'));
  await phone.wallet('diaryOpen').waitFor();
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  await press(page, phone.wallet('diaryOpen'));
  await page.getByText(phone.say('wallet', 'diaryEmpty')).waitFor();
  await press(page, phone.wallet('diaryRemove'));
  await press(page, phone.wallet('diaryRemoveSure'));
  await press(page, back(phone));
  await press(page, phone.wallet('removeVisits'));
  await press(page, phone.wallet('removeVisitsSure'));
  await phone.close();
});

test('words that differ, a turn, one warning and one entry of the diary are declined and deleted with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  const { page } = phone;
  await page.goto(`${town.address}/wallet/`);
  await press(page, phone.wallet('addPass'));
  for (const answer of ['wordsDiffer', 'wordsMatch']) {
    await press(page, phone.wallet('addOffice'));
    await write(page, phone.field('wallet', 'addressLabel'), town.address);
    await press(page, phone.wallet('next'));
    await press(page, phone.wallet(answer));
    if (answer === 'wordsDiffer') {
      await page.getByText(phone.say('wallet', 'wordsDifferNote')).waitFor();
      await press(page, back(phone));
    }
  }
  await write(page, phone.field('wallet', 'offerLabel'), town.offer());
  await press(page, phone.wallet('next'));
  town.trouble = { status: 503, error: 'overloaded', seconds: 600 };
  await press(page, phone.wallet('go'));
  await page.getByRole('article').waitFor();
  town.trouble = null;
  await press(page, phone.wallet('cancel'));
  await page.getByText(phone.say('wallet', 'homeEmpty')).waitFor();

  await press(page, phone.wallet('checkins'));
  await press(page, phone.wallet('diary'));
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  await press(page, phone.wallet('diaryStart'));
  await phone.wallet('diaryOpen').waitFor();
  const venue = town.health.venue('Library');
  await page.goto(`${town.address}/wallet/`);
  await checkIn(phone, venue.code);
  venue.answer(hourOf(Date.now() / 1000));
  town.health.publish({ advice: 'TEST', day: 20_800 });
  await look(phone);
  await press(page, phone.wallet('noticeRemove').first());
  await press(page, phone.wallet('noticeRemoveSure'));
  await page.getByText(phone.say('wallet', 'warnedTitle')).waitFor({ state: 'detached' });
  await press(page, phone.wallet('diary'));
  await write(page, phone.field('wallet', 'passphrase'), PASSPHRASE);
  await press(page, phone.wallet('diaryOpen'));
  await press(page, page.getByRole('button', { name: /: Library$/ }));
  await page.getByText(phone.say('wallet', 'diaryEmpty')).waitFor();
  expect(phone.faults.filter((fault) => !fault.includes('503'))).toEqual([]);
  await phone.close();
});

test('a venue is made, printed, locked away, opened again, answers and is removed with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  const { page } = phone;
  const token = '0123456789ABCDEFGHJKMNPQR0';
  await page.goto(`${town.address}/venue/`);
  await press(page, phone.venue('make'));
  await write(page, phone.field('venue', 'address'), town.address);
  await press(page, phone.venue('meet'));
  await press(page, phone.venue('wordsMatch'));
  await write(page, phone.field('venue', 'name'), 'Café Süd');
  await write(page, phone.field('venue', 'place'), 'Hauptstraße 1');
  await press(page, phone.venue('makeAction'));
  await press(page, phone.venue('poster'));
  await reach(page, page.getByLabel('Deutsch'));
  await page.keyboard.press('Space');
  await page.locator('section[lang=de]').waitFor();
  await reach(page, phone.venue('print'));
  await press(page, back(phone));
  await press(page, phone.venue('slips'));
  await reach(page, phone.venue('print'));
  await press(page, back(phone));

  await press(page, phone.venue('upload'));
  town.health.token = token;
  await write(page, phone.field('venue', 'token'), token);
  await reach(page, page.getByLabel('Café Süd'));
  await page.keyboard.press('Space');
  for (const time of ['from', 'until']) {
    await reach(page, phone.field('venue', time));
    await page.keyboard.type('11212026');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('0600PM');
  }
  await press(page, page.getByRole('button', { name: phone.say('venue', 'uploadAction', { count: 1 }) }));
  await press(page, phone.venue('close'));

  await press(page, phone.venue('sheet'));
  await write(page, phone.field('venue', 'passphrase'), PASSPHRASE);
  const [kept] = await Promise.all([page.waitForEvent('download'), press(page, phone.venue('sheetLock'))]);
  await press(page, back(phone));
  await press(page, phone.venue('remove'));
  await press(page, phone.venue('removeSure'));
  await press(page, phone.venue('openSheet'));
  await chooseFile(page, phone.field('venue', 'openFile'), await kept.path());
  await write(page, phone.field('venue', 'passphrase'), PASSPHRASE);
  await press(page, phone.venue('openAction').first());
  await phone.venue('poster').waitFor();
  expect(phone.faults).toEqual([]);
  await phone.close();
});

test('the focus is never lost behind a verdict', async () => {
  const phone = await Phone.of(browser);
  await setUpDoor(phone, town.address, town.setup());
  await phone.checker('start').click();
  await phone.page.keyboard.type('SOMETHING ELSE');
  await phone.page.keyboard.press('Enter');
  await verdictOf(phone);
  for (let presses = 0; presses < 3; presses++) {
    await phone.page.keyboard.press('Tab');
    expect(await phone.page.evaluate(() => document.activeElement?.closest('[role=alertdialog]') !== null || document.activeElement === document.body)).toBe(true);
  }
  await phone.close();
});
