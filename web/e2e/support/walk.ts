import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { addOffice, addPass, check, codeOn, decide, Phone, setUpDoor, turnClockBack } from './browser.ts';
import { Town } from './town.ts';
import { knowOffice, look as lookForWarnings, readPoster } from './visits.ts';
import { hourOf } from '@safeconduct/core';

const PASSPHRASE = 'four quiet river stones';

/** What is done at each screen: a picture, an audit. */
export type Look = (page: Page, screen: string, fullPage: boolean) => Promise<unknown>;

/** Goes through every screen of the apps: a phone and a door that meet, and a venue that is visited. */
export async function walk(browser: Browser, town: Town, options: BrowserContextOptions, look: Look): Promise<void> {
  const wallet = await walletScreens(browser, town, options, look);
  await checkerScreens(browser, town, options, wallet, look);
  await wallet.close();
  await rareVerdicts(browser, town, options, look);
  await visitScreens(browser, town, options, look);
  await venueScreens(browser, town, options, look);
}

async function visitScreens(browser: Browser, town: Town, options: BrowserContextOptions, look: Look): Promise<void> {
  const phone = await Phone.of(browser, options);
  const { page } = phone;
  const take = (screen: string) => look(page, `wallet-${screen}`, true);
  const venue = town.health.venue('Café Süd');
  await knowOffice(phone, town.address, town.address);
  await phone.wallet('checkIn').click();
  await page.getByRole('alert').waitFor();
  await take('22-poster');
  await phone.field('wallet', 'posterLabel').fill(town.health.venue('Fair', { end: 1_700_000_000 }).code);
  await phone.wallet('posterRead').click();
  await page.getByText(phone.say('wallet', 'failure.poster.ENDED')).waitFor();
  await take('23-poster-refused');
  await page.goBack();
  await phone.wallet('checkins').click();
  await take('24-visits');
  await phone.wallet('diary').click();
  await take('25-diary-off');
  await phone.field('wallet', 'passphrase').fill(PASSPHRASE);
  await phone.wallet('diaryStart').click();
  await phone.wallet('diaryOpen').waitFor();
  await take('26-diary-locked');
  await page.goto(`${town.address}/wallet/`);
  await readPoster(phone, venue.code);
  await take('27-venue');
  await phone.wallet('checkInNow').click();
  await phone.wallet('close').waitFor();
  await take('28-checked-in');
  await phone.wallet('close').click();
  venue.answer(hourOf(Date.now() / 1000));
  town.health.publish({ advice: 'KEEP_AWAY', day: Math.floor(Date.now() / 86_400_000) });
  await lookForWarnings(phone);
  await take('29-warned');
  await page.goBack();
  await take('30-home-warned');
  await phone.wallet('checkins').click();
  await phone.wallet('diary').click();
  await phone.field('wallet', 'passphrase').fill(PASSPHRASE);
  await phone.wallet('diaryOpen').click();
  await page.getByRole('listitem').waitFor();
  await take('31-diary');
  await phone.close();
}

async function walletScreens(browser: Browser, town: Town, options: BrowserContextOptions, look: Look): Promise<Phone> {
  const phone = await Phone.of(browser, options);
  const { page } = phone;
  const take = (screen: string, fullPage = true) => look(page, `wallet-${screen}`, fullPage);
  await page.goto(`${town.address}/wallet/`);
  await phone.wallet('addPass').waitFor();
  await take('01-home-empty');
  await phone.wallet('addPass').click();
  await take('02-offer');
  await phone.wallet('addOffice').click();
  await take('03-office');
  await phone.field('wallet', 'addressLabel').fill(town.address);
  await phone.wallet('next').click();
  await phone.wallet('wordsMatch').waitFor();
  await take('04-confirm-office');
  await phone.wallet('wordsDiffer').click();
  await take('05-words-differ');
  await page.goto(`${town.address}/wallet/`);
  await phone.wallet('addPass').click();
  await addOffice(phone, town.address);
  await phone.field('wallet', 'offerLabel').fill('SCO1:0000');
  await phone.wallet('next').click();
  await page.getByRole('alert').waitFor();
  await take('06-offer-wrong');
  await phone.field('wallet', 'offerLabel').fill(town.offer());
  await phone.wallet('next').click();
  await take('07-offer-details');
  town.trouble = { status: 503, error: 'overloaded', seconds: 600 };
  await phone.wallet('go').click();
  await page.getByRole('article').waitFor();
  await take('32-waiting');
  town.trouble = null;
  await phone.wallet('cancel').click();
  await addPass(phone, town.address, town.offer());
  await addPass(phone, town.address, town.offer(), 'Maria');
  await take('08-home');
  await phone.show.click();
  await codeOn(phone, phone.say('wallet', 'liveCode'));
  await take('09-code', false);
  await page.goBack();
  await page.locator('article button.bare').first().click();
  await phone.wallet('paper').waitFor();
  await take('10-pass');
  await phone.wallet('paper').click();
  await take('11-paper-warning');
  await phone.wallet('paperMake').click();
  await phone.wallet('print').waitFor();
  await take('12-paper');
  await printed(page, () => take('13-paper-printed'));
  await page.goto(`${town.address}/wallet/`);
  await phone.wallet('answerDoor').click();
  await page.getByRole('alert').waitFor();
  await take('14-question');
  return phone;
}

async function consentScreens(phone: Phone, town: Town, question: string, look: Look): Promise<string> {
  const { page } = phone;
  const take = (screen: string, fullPage = true) => look(page, `wallet-${screen}`, fullPage);
  await phone.field('wallet', 'questionLabel').fill(question);
  await phone.wallet('questionRead').click();
  await phone.wallet('agree').waitFor();
  await take('15-consent');
  await phone.wallet('agree').click();
  const code = await codeOn(phone, phone.say('wallet', 'liveCode'));
  await take('16-answer', false);
  await page.goto(`${town.address}/wallet/`);
  await phone.wallet('settings').click();
  await phone.wallet('backup').waitFor();
  await take('17-settings');
  await phone.wallet('backup').click();
  await phone.field('wallet', 'passphrase').fill(PASSPHRASE);
  await take('18-backup');
  await page.goBack();
  await phone.wallet('restore').click();
  await take('19-restore');
  return code;
}

async function checkerScreens(browser: Browser, town: Town, options: BrowserContextOptions, wallet: Phone, look: Look): Promise<void> {
  const phone = await Phone.of(browser, options);
  const { page } = phone;
  const take = (screen: string, fullPage = true) => look(page, `checker-${screen}`, fullPage);
  await page.goto(`${town.address}/checker/`);
  await phone.checker('setUpAction').waitFor();
  await take('01-set-up');
  await phone.checker('scan').click();
  await page.getByRole('alert').waitFor();
  await take('02-no-camera');
  await phone.field('checker', 'setUpLabel').fill(town.signedSetup());
  await phone.checker('setUpAction').click();
  await phone.checker('wordsMatch').waitFor();
  await take('03-confirm');
  await setUpDoor(phone, town.address, town.signedSetup());
  await take('04-door');
  await phone.checker('start').click();
  const question = await codeOn(phone, phone.say('checker', 'question'));
  await take('05-checking');
  const answer = await consentScreens(wallet, town, question, look);
  await check(phone, answer);
  await take('06-identity', false);
  await phone.checker('identityYes').click();
  await take('07-accepted', false);
  await phone.checker('close').click();
  await check(phone, answer);
  await take('08-refused', false);
  await phone.checker('close').click();
  await check(phone, 'HELLO');
  await take('09-not-a-pass', false);
  await phone.checker('close').click();
  await page.goBack();
  await phone.checker('stamps').click();
  await phone.checker('stampsShow').click();
  await codeOn(phone, phone.say('checker', 'codeFor'));
  await take('10-stamps');
  await phone.close();

  const other = await Phone.of(browser, options);
  await setUpDoor(other, town.address, town.signedSetup({ mode: 'static', ask: { scheme: town.scheme, attributes: [2], scope: 0 } }));
  await other.checker('poster').click();
  await codeOn(other, other.say('checker', 'codeFor'));
  await look(other.page, 'checker-11-poster', true);
  await other.close();
}

/** Paper, a device that cannot tell, and a practice pass. */
async function rareVerdicts(browser: Browser, town: Town, options: BrowserContextOptions, look: Look): Promise<void> {
  const practice = await Town.open({ specimen: true });
  const [wallet, door] = await Promise.all([Phone.of(browser, options), Phone.of(browser, options)]);
  await addPass(wallet, practice.address, practice.offer());
  await look(wallet.page, 'wallet-20-practice', true);
  await wallet.show.click();
  await setUpDoor(door, practice.address, practice.setup());
  await look(door.page, 'checker-12-practice-door', true);
  await door.checker('start').click();
  await check(door, await codeOn(wallet, wallet.say('wallet', 'liveCode')));
  await look(door.page, 'checker-13-practice', false);
  await practice.close();

  await addPass(wallet, town.address, town.offer());
  await wallet.page.locator('article button.bare').click();
  await wallet.wallet('paper').click();
  await wallet.wallet('paperMake').click();
  const paper = await codeOn(wallet, wallet.say('wallet', 'paperCard'));
  await setUpDoor(door, town.address, town.setup());
  await door.checker('start').click();
  await check(door, paper);
  await decide(door, 'identityYes');
  await look(door.page, 'checker-14-paper', false);
  await Promise.all([turnClockBack(wallet), turnClockBack(door)]);
  await wallet.show.waitFor();
  await look(wallet.page, 'wallet-21-clock-behind', true);
  await look(door.page, 'checker-15-clock-behind', true);
  await door.checker('start').click();
  await check(door, paper);
  await look(door.page, 'checker-16-cannot-tell', false);
  await Promise.all([wallet.close(), door.close()]);
}

async function venueScreens(browser: Browser, town: Town, options: BrowserContextOptions, look: Look): Promise<void> {
  const venue = await Phone.of(browser, options);
  const { page } = venue;
  const take = (screen: string) => look(page, `venue-${screen}`, true);
  await page.goto(`${town.address}/venue/`);
  await venue.venue('make').waitFor();
  await take('01-home-empty');
  await venue.venue('openSheet').click();
  await take('02-open');
  await page.goBack();
  await venue.venue('make').click();
  await take('03-office');
  await venue.field('venue', 'address').fill(town.address);
  await venue.venue('meet').click();
  await venue.venue('wordsMatch').waitFor();
  await take('04-confirm-office');
  await venue.venue('wordsMatch').click();
  await venue.field('venue', 'name').fill('Café Süd');
  await venue.field('venue', 'place').fill('Hauptstraße 1');
  await venue.field('venue', 'rooms').fill('Hall\nGarden');
  await take('05-make');
  await venue.venue('makeAction').click();
  await venue.venue('sheet').waitFor();
  await take('06-home');
  await venue.venue('poster').first().click();
  await take('07-poster');
  await printed(page, () => take('08-poster-printed'));
  await venue.venue('back').click();
  await venue.venue('sheet').click();
  await venue.venue('sheetSave').waitFor();
  await take('09-sheet');
  await printed(page, () => take('10-sheet-printed'));
  await venue.venue('back').click();
  await venue.venue('slips').first().click();
  await page.locator('.slips li').nth(23).waitFor();
  await take('11-slips');
  await printed(page, () => take('12-slips-printed'));
  await venue.venue('back').click();
  await venue.venue('upload').click();
  await take('13-upload');
  await venue.close();
}

async function printed(page: Page, take: () => Promise<unknown>): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await take();
  await page.emulateMedia({ media: 'screen' });
}
