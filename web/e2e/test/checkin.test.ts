import type { Browser } from 'playwright-core';
import { hourOf, VenueCode } from '@safeconduct/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayOf } from '../../core/src/wire/cbor.ts';
import { codeText, readCode } from '../../core/src/wire/code.ts';
import { installed, launch, Phone } from '../support/browser.ts';
import { Town } from '../support/town.ts';
import { RETENTION_DAYS } from '../support/health.ts';
import { checkIn, followAll, knowOffice, look, makePoster, readPoster, slotsOf, stored, uploadHour } from '../support/visits.ts';

const TOKEN = '0123456789ABCDEFGHJKMNPQR0';
const PASSPHRASE = 'four quiet river stones';
const SLOT_OCTETS = 164;
const HOURS_AHEAD = 12;

let town: Town;
let browser: Browser;
let venue: Phone;
let poster: string;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
  venue = await Phone.of(browser);
  poster = await makePoster(venue, town.address, town.address, 'Café Süd');
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

/** The venue answers the authority about the running hour, and the authority warns. */
async function warn(): Promise<void> {
  town.health.token = TOKEN;
  await uploadHour(venue, TOKEN, 'Café Süd');
  town.health.publish({ advice: 'TEST', day: Math.floor(Date.now() / 86_400_000) });
}

test('a visitor checks in without a network and is warned; a neighbour is not, and nobody is told', async () => {
  const [visitor, neighbour] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await Promise.all([visitor, neighbour].map((phone) => knowOffice(phone, town.address, town.address)));
  await installed(visitor.page);
  const before = town.requests.length;
  await visitor.context.setOffline(true);
  await visitor.page.reload();
  await readPoster(visitor, poster);
  const said = (await visitor.page.getByRole('main').innerText()).replace(/[\u2068\u2069]/g, '');
  for (const named of ['Café Süd', 'Hauptstraße 1', 'Food and drink', 'Health office']) expect(said).toContain(named);
  await visitor.wallet('cancel').click();
  await checkIn(visitor, poster);
  expect(town.requests.length).toBe(before);
  await visitor.context.setOffline(false);
  await followAll(neighbour);

  await warn();
  const [warned, not] = await Promise.all([look(visitor), look(neighbour)]);
  expect(warned).toContain(visitor.say('wallet', 'warnedTitle'));
  expect(warned).toContain('Get tested.');
  expect(warned).toContain('Nobody was told about you');
  expect(not).toContain(neighbour.say('wallet', 'noWarning'));
  expect(town.requests.slice(before).filter((line) => !/^GET \/warnings\/(index|batch\/[0-9a-f]{64})$|^(POST|OPTIONS) \/authority\/upload$/.test(line))).toEqual([]);
  await visitor.page.goBack();
  await visitor.page.getByText(visitor.say('wallet', 'warnedTitle')).waitFor();
  expect([...visitor.faults, ...neighbour.faults]).toEqual([]);
  await Promise.all([visitor.close(), neighbour.close()]);
});

test('a stolen phone says neither where its owner was nor whether anywhere', async () => {
  const [out, home] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await Promise.all([out, home].map(async (phone) => {
    await knowOffice(phone, town.address, town.address);
    await followAll(phone);
  }));
  await checkIn(out, poster);
  await checkIn(out, town.health.venue('Choir of the south side').code);
  await Promise.all([out, home].map(async (phone) => {
    await phone.page.reload();
    await phone.wallet('checkins').waitFor();
  }));

  // The same hours in the same order and lengths, two slots each, whether or not there was a visit.
  const [busy, quiet] = await Promise.all([slotsOf(out), slotsOf(home)]);
  const hours = (slots: readonly number[]) => Array.from({ length: slots.length / SLOT_OCTETS }, (_, i) => slots.slice(i * SLOT_OCTETS, i * SLOT_OCTETS + 4).join());
  expect(busy.length).toBe((RETENTION_DAYS * 24 + HOURS_AHEAD) * 2 * SLOT_OCTETS);
  expect(hours(busy)).toEqual(hours(quiet));
  // Nothing else differs either.
  const [there, here] = await Promise.all([stored(out), stored(home)]);
  const others = (all: Record<string, unknown[]>) => Object.entries(all).filter(([kind]) => kind.startsWith('safeconduct-visits/') && !kind.endsWith('/slots'));
  expect(others(there)).toEqual(others(here));

  // Not a trace of the place, in what the app stores or anywhere the page can read.
  const code = VenueCode.parse(poster);
  const hour = hourOf(Date.now() / 1000);
  const dump = JSON.stringify(there) + await out.page.evaluate(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, history.state, location.href, document.title,
    (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat(),
  ]));
  for (const trace of ['Café', 'Choir', 'SCV1', 'Hauptstra']) expect(dump).not.toContain(trace);
  for (const octets of [code.identity(hour), code.message(hour), code.key.toBytes()]) expect(dump).not.toContain(octets.join(','));
  await Promise.all([out.close(), home.close()]);
});

test('two places in one hour with a restart between them are both found again', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  const [first, second] = [town.health.venue('First'), town.health.venue('Second', { stay: 1 })];
  for (const { code } of [first, second]) {
    await checkIn(phone, code);
    await phone.page.reload();
    await phone.wallet('checkIn').waitFor();
  }
  const hour = hourOf(Date.now() / 1000);
  first.answer(hour);
  town.health.publish({ advice: 'WATCH', day: 20_800 });
  second.answer(hour);
  town.health.publish({ advice: 'CALL', day: 20_800 });
  const said = await look(phone);
  expect(said).toContain(phone.say('wallet', 'advice.WATCH'));
  expect(said).toContain(phone.say('wallet', 'advice.CALL'));

  // A warning is deleted, and everything is.
  await phone.wallet('noticeRemove').first().click();
  await phone.wallet('noticeRemoveSure').click();
  await phone.page.getByText(phone.say('wallet', 'warnedTitle')).nth(1).waitFor({ state: 'detached' });
  await phone.wallet('removeVisits').click();
  await phone.wallet('removeVisitsSure').click();
  await phone.page.getByText(phone.say('wallet', 'followNone')).waitFor();
  expect((await stored(phone))['safeconduct-visits/matches']).toEqual([]);
  expect((await slotsOf(phone)).length).toBe((RETENTION_DAYS * 24 + HOURS_AHEAD) * 2 * SLOT_OCTETS);
  await phone.close();
});

test('a poster that is altered, of strangers or over is refused in a sentence, wherever it is read', async () => {
  const phone = await Phone.of(browser);
  await phone.page.goto(`${town.address}/wallet/`);
  await phone.wallet('addPass').click();
  await phone.field('wallet', 'offerLabel').fill(poster);
  await phone.wallet('next').click();
  await phone.page.getByText(phone.say('wallet', 'failure.no_authority')).waitFor();
  await knowOffice(phone, town.address, town.address);
  const stranger = await Town.open();
  const refused: [string, string][] = [
    [`${poster.slice(0, 40)}${poster[40] === '0' ? '1' : '0'}${poster.slice(41)}`, 'NOT_A_POSTER'],
    [forged(poster), 'FORGED'],
    [stranger.health.venue('Elsewhere').code, 'UNKNOWN_AUTHORITY'],
    [town.health.venue('Nowhere', { region: 7 }).code, 'UNKNOWN_REGION'],
    [town.health.venue('Fair', { end: 1_700_000_000 }).code, 'ENDED'],
  ];
  await phone.wallet('checkIn').click();
  for (const [code, reason] of refused) {
    await phone.field('wallet', 'posterLabel').fill(code);
    await phone.wallet('posterRead').click();
    await phone.page.getByText(phone.say('wallet', `failure.poster.${reason}`)).waitFor();
  }
  // The place where offers are read takes a good one.
  await phone.page.goBack();
  await phone.wallet('addPass').click();
  await phone.field('wallet', 'offerLabel').fill(poster);
  await phone.wallet('next').click();
  await phone.wallet('checkInNow').waitFor();
  expect(phone.faults).toEqual([]);
  await stranger.close();
  await phone.close();
});

/** The key of a poster with the proof of another: what somebody makes who does not know the key. */
function forged(text: string): string {
  const [mine, other] = [text, town.health.venue('Café Süd').code].map((code) => [...arrayOf(readCode('venue', code), 12)]);
  return codeText('venue', [...mine!.slice(0, 2), other![2]!, ...mine!.slice(3)]);
}

test('the private diary is off until it is started, opens with its passphrase alone, and is deleted entry by entry or whole', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  await checkIn(phone, town.health.venue('Before the diary').code);
  const open = async (passphrase: string) => {
    await phone.field('wallet', 'passphrase').fill(passphrase);
    await phone.wallet('diaryOpen').click();
  };
  await phone.wallet('checkins').click();
  await phone.wallet('diary').click();
  await phone.field('wallet', 'passphrase').fill('short');
  await phone.wallet('diaryStart').click();
  await phone.page.getByText(phone.say('wallet', 'passphraseShort')).waitFor();
  await phone.field('wallet', 'passphrase').fill(PASSPHRASE);
  await phone.wallet('diaryStart').click();
  await phone.wallet('diaryOpen').waitFor();
  await phone.page.reload();
  for (const name of ['Library', 'Market hall']) await checkIn(phone, town.health.venue(name).code);
  await readPoster(phone, town.health.venue('A secret').code);
  await phone.page.getByLabel(phone.say('wallet', 'writeDown')).uncheck();
  await phone.wallet('checkInNow').click();
  await phone.wallet('close').click();
  const dump = JSON.stringify(await stored(phone));
  for (const trace of ['Library', 'Market hall', 'A secret', [...new TextEncoder().encode('Library')].join()]) expect(dump).not.toContain(trace);

  await phone.wallet('checkins').click();
  await phone.wallet('diary').click();
  await open('four quiet river trees');
  await phone.page.getByText(phone.say('wallet', 'failure.diary')).waitFor();
  await open(PASSPHRASE);
  await phone.page.getByRole('heading', { name: 'Library' }).waitFor();
  expect((await phone.page.getByRole('listitem').getByRole('heading').allTextContents()).sort()).toEqual(['Library', 'Market hall']);
  await phone.page.getByRole('button', { name: /: Library$/ }).click();
  await phone.page.getByRole('heading', { name: 'Library' }).waitFor({ state: 'detached' });
  await phone.page.goBack();
  await phone.wallet('diary').click();
  await open(PASSPHRASE);
  await phone.page.getByRole('heading', { name: 'Market hall' }).waitFor();
  expect(await phone.page.getByRole('listitem').count()).toBe(1);
  await phone.wallet('diaryRemove').click();
  await phone.wallet('diaryRemoveSure').click();
  await phone.wallet('diaryStart').waitFor();
  expect((await stored(phone))['safeconduct-visits/entries']).toEqual([]);
  await phone.close();
});

/** Puts a line before the worker of check-ins, as a browser with other manners would behave. */
async function withManners(phone: Phone, line: string): Promise<void> {
  // What the service worker keeps would not come by the route.
  await phone.context.addInitScript('delete Navigator.prototype.serviceWorker;');
  if (phone.page.url() !== 'about:blank') {
    await phone.page.evaluate(async () => Promise.all((await navigator.serviceWorker.getRegistrations()).map((one) => one.unregister())));
  }
  await phone.context.route(/checkin\.worker-.*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${line}\n${await answer.text()}` });
  });
}

test('where storage is full a visit is not said to be sealed, and what was there stays', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  const before = await slotsOf(phone);
  await withManners(phone, "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };");
  await phone.page.reload();
  await readPoster(phone, poster);
  await phone.wallet('checkInNow').click();
  await phone.page.getByText(phone.say('wallet', 'failure.storage')).waitFor();
  await phone.wallet('checkInNow').waitFor();
  expect(await slotsOf(phone)).toEqual(before);
  await phone.close();
});

test('where storage is denied visits last as long as the page, and the screen says so', async () => {
  const phone = await Phone.of(browser);
  await withManners(phone, "Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('', 'SecurityError'); } });");
  await knowOffice(phone, town.address, town.address);
  const venueHere = town.health.venue('Station');
  await readPoster(phone, venueHere.code);
  await phone.page.getByText(phone.say('wallet', 'visitNotKept')).waitFor();
  await phone.wallet('checkInNow').click();
  await phone.wallet('close').click();
  venueHere.answer(hourOf(Date.now() / 1000));
  town.health.publish({ advice: 'KEEP_AWAY', day: 20_800 });
  expect(await look(phone)).toContain(phone.say('wallet', 'advice.KEEP_AWAY'));
  await phone.close();
});

test('warnings that do not fit together are refused whole, and the next good ones are read', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  await followAll(phone);
  await phone.context.route('**/warnings/batch/*', async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length - 1]! ^= 1;
    await route.fulfill({ response: answer, body });
  });
  expect(await look(phone)).toContain(phone.say('wallet', 'failure.warnings'));
  expect((await stored(phone))['safeconduct-visits/read']).toEqual([]);
  await phone.context.unroute('**/warnings/batch/*');
  await phone.wallet('look').click();
  await phone.page.getByText(phone.say('wallet', 'noWarning')).waitFor({ timeout: 60_000 });
  await phone.close();
});

test('a visit that begins after its hour was warned is found, because that hour is tried again', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  await followAll(phone);
  const place = town.health.venue('Market');
  place.answer(hourOf(Date.now() / 1000));
  town.health.publish({ advice: 'WATCH', day: 20_800 });
  expect(await look(phone)).not.toContain(phone.say('wallet', 'warnedTitle'));
  await phone.page.goBack();
  await checkIn(phone, place.code);
  expect(await look(phone)).toContain(phone.say('wallet', 'advice.WATCH'));
  await phone.close();
});

test('an index that was held back is said to be old, and not taken for no warning', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  await followAll(phone);
  town.health.heldBack = 4 * 86_400;
  expect(await look(phone)).toContain(phone.say('wallet', 'failure.warningsOld'));
  town.health.heldBack = 2 * 86_400;
  expect(await look(phone)).not.toContain(phone.say('wallet', 'failure.warningsOld'));
  town.health.heldBack = 0;
  await phone.close();
});

test('warnings are fetched some time after the wallet was opened, not at the start and not while a poster is read', async () => {
  const phone = await Phone.of(browser);
  await knowOffice(phone, town.address, town.address);
  await followAll(phone);
  await phone.page.clock.install();
  await phone.page.reload();
  await phone.wallet('checkIn').waitFor();
  const asked = () => town.requests.filter((line) => line === 'GET /warnings/index').length;
  const before = asked();
  await phone.page.clock.runFor(19_000);
  await phone.wallet('checkIn').click();
  await phone.page.clock.runFor(70_000);
  await phone.page.goBack();
  await phone.wallet('checkIn').waitFor();
  expect(asked()).toBe(before);
  await phone.page.clock.runFor(70_000);
  await expect.poll(asked).toBe(before + 1);
  // Not again for hours.
  await phone.page.clock.runFor(3_600_000);
  expect(asked()).toBe(before + 1);
  await phone.close();
});
