import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, Phone } from '../support/browser.ts';
import { Program } from '../support/program.ts';
import { checkIn, knowOffice, look, makePoster, uploadHour } from '../support/visits.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'tr', 'ru', 'uk', 'ar'];

/** The real authority is a Java program that serves the apps too. */
let program: Program;
let browser: Browser;

beforeAll(async () => {
  [program, browser] = await Promise.all([Program.open(), launch()]);
  await program.do('authority', 'init', '--id', 'health', ...LANGUAGES.flatMap((tag) => ['--name', `${tag}=Health office (${tag})`, '--region', `north:${tag}=North (${tag})`]));
  await program.serve();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await program.close();
});

test('venue and authority warn together over real HTTP: who was there is told on her own phone, who was not is not', async () => {
  const [venue, visitor, neighbour] = await Promise.all([Phone.of(browser), Phone.of(browser), Phone.of(browser)]);
  const poster = await makePoster(venue, program.address, program.address, 'Café Süd');
  for (const phone of [visitor, neighbour]) await knowOffice(phone, program.address, program.address);
  await visitor.context.setOffline(true);
  await checkIn(visitor, poster);
  await visitor.context.setOffline(false);

  const hour = new Date().toISOString().slice(0, 13);
  const opened = await program.do('authority', 'case', 'open', '--region', 'north', '--from', hour, '--until', hour);
  const token = /[0-9A-HJKMNP-TV-Z]{26}/.exec(opened.replaceAll('-', ''))?.[0] ?? '';
  expect(await look(visitor)).toContain(visitor.say('wallet', 'noWarning'));
  await uploadHour(venue, token, 'Café Süd');
  expect(await program.do('authority', 'case', 'show', '1')).toContain('Café Süd');
  await program.answer('publish', 'authority', 'case', 'confirm', '1', '--advice', 'keep_away');

  await visitor.page.reload();
  await visitor.wallet('checkins').waitFor();
  // The server takes over what commands wrote within seconds.
  await expect.poll(() => look(visitor), { timeout: 60_000, interval: 1000 }).toContain(visitor.say('wallet', 'warnedTitle'));
  const warned = await visitor.page.getByRole('main').innerText();
  expect(warned).toContain(visitor.say('wallet', 'advice.KEEP_AWAY'));
  expect(warned).toContain('Health office (en)');
  expect(await look(neighbour)).toContain(neighbour.say('wallet', 'noWarning'));
  expect([...venue.faults, ...visitor.faults, ...neighbour.faults]).toEqual([]);
  await Promise.all([venue.close(), visitor.close(), neighbour.close()]);
}, 180_000);
