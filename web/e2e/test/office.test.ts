import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addOffice, check, codeOn, decide, installed, launch, Phone, setUpDoor } from '../support/browser.ts';
import { Program } from '../support/program.ts';
import { Town } from '../support/town.ts';

/** The real office is a Java program on one origin; the apps lie on another. */
let program: Program;
let elsewhere: Town;
let browser: Browser;
let offers: string[];
let words: string;

beforeAll(async () => {
  [program, elsewhere, browser] = await Promise.all([Program.open(), Town.open(), launch()]);
  await program.publish('errand-pass');
  const table = await program.enrol('errand-pass', 'person,first-name-letter,birthday\nA-1,K,02-29\nA-2,M,07-14\nA-3,Z,12-31\nA-4,-,01-01\n');
  offers = table.match(/SCO1:[0-9A-Z-]+/g) ?? [];
  await program.serve();
  words = /(?:[a-z]{5}-){7}[a-z]{5}/.exec(await program.do('wallet', 'office', 'add', program.address, '--yes'))?.[0] ?? '';
}, 300_000);
afterAll(async () => {
  await browser.close();
  await Promise.all([program.close(), elsewhere.close()]);
});

async function redeem(phone: Phone, offer: string): Promise<void> {
  await phone.page.goto(`${elsewhere.address}/wallet/`);
  await phone.wallet('addPass').click();
  await addOffice(phone, program.address);
  await phone.field('wallet', 'offerLabel').fill(offer);
  await phone.wallet('next').click();
  await phone.wallet('go').click();
  await phone.show.waitFor();
}

async function doorSetup(name: string, ...more: string[]): Promise<string> {
  await program.do('door', 'setup', '--scheme', 'errand-pass', ...more, '--out', `${name}.door`);
  return (await readFile(join(program.folder, `${name}.door`), 'utf8')).trim();
}

test('the Java office issues to the browser’s wallet, and browser and command line agree about its codes', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await redeem(holder, offers[0]!);
  expect((await holder.page.getByRole('main').innerText()).replace(/[\u2068\u2069]/g, '')).toContain('A stamp for “');
  const setup = await doorSetup('gate', '--paper', '--pair');
  await setUpDoor(door, elsewhere.address, setup);
  expect((await door.page.getByRole('main').innerText())).toContain(words.replaceAll('-', ' '));

  await holder.show.click();
  const code = await codeOn(holder, holder.say('wallet', 'liveCode'));
  expect(await program.do('check', '--door', 'gate.door', '--json', code)).toContain('"verdict":"accepted"');
  await door.checker('start').click();
  expect(await check(door, code)).toBe('Accepted');
  await door.checker('close').click();

  // One errand a day: neither another live code nor paper counts again.
  await holder.page.goBack();
  await holder.page.locator('article button.bare').click();
  await holder.wallet('paper').click();
  await holder.wallet('paperMake').click();
  expect(await check(door, await codeOn(holder, holder.say('wallet', 'paperCard')))).toBe('Refused');
  expect(await door.page.getByRole('alertdialog').innerText()).toContain(door.say('checker', 'refused.ALREADY_USED'));
  expect([...holder.faults, ...door.faults]).toEqual([]);
  await Promise.all([holder.close(), door.close()]);
});

test('an offer that was redeemed is refused to another wallet, in a sentence', async () => {
  const thief = await Phone.of(browser);
  await thief.page.goto(`${elsewhere.address}/wallet/`);
  await thief.wallet('addPass').click();
  await addOffice(thief, program.address);
  await thief.field('wallet', 'offerLabel').fill(offers[0]!);
  await thief.wallet('next').click();
  await thief.wallet('go').click();
  await thief.page.getByText(thief.say('wallet', 'failure.invalid_grant')).waitFor();
  await thief.close();
});

test('paper from the browser passes the identity step at a door that takes it', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await redeem(holder, offers[1]!);
  await holder.page.locator('article button.bare').click();
  await holder.wallet('paper').click();
  await holder.wallet('paperMake').click();
  await setUpDoor(door, elsewhere.address, await doorSetup('paper', '--paper'));
  await door.checker('start').click();
  expect(await check(door, await codeOn(holder, holder.say('wallet', 'paperCard')))).toBe('Check the identity');
  expect(await door.page.getByRole('alertdialog').innerText()).toMatch(/M[\s\S]*14 July/);
  expect(await decide(door, 'identityYes')).toBe('Accepted, on paper');
  await Promise.all([holder.close(), door.close()]);
});

test('the browser’s door takes the code of the command line’s wallet', async () => {
  await program.do('wallet', 'get', offers[2]!);
  const { text } = JSON.parse(await program.do('wallet', 'show', '--json')) as { text: string };
  const door = await Phone.of(browser);
  await setUpDoor(door, elsewhere.address, await doorSetup('other'));
  await door.checker('start').click();
  expect(await check(door, text)).toBe('Accepted');
  await door.close();
});

test('the office’s own server hands out both apps, and once they are installed they do without it', async () => {
  const [holder, door] = await Promise.all([Phone.of(browser), Phone.of(browser)]);
  await holder.page.goto(`${program.address}/wallet/`);
  await holder.wallet('addPass').click();
  await holder.wallet('addOffice').click();
  expect(await holder.field('wallet', 'addressLabel').inputValue()).toBe(program.address);
  await holder.wallet('next').click();
  await holder.wallet('wordsMatch').click();
  await holder.field('wallet', 'offerLabel').fill(offers[3]!);
  await holder.wallet('next').click();
  await holder.wallet('go').click();
  await holder.show.waitFor();
  await setUpDoor(door, program.address, await doorSetup('own'));
  await Promise.all([installed(holder.page), installed(door.page)]);
  await Promise.all([holder.context.setOffline(true), door.context.setOffline(true)]);
  await Promise.all([holder.page.reload(), door.page.reload()]);
  await holder.show.click();
  await door.checker('start').click();
  expect(await check(door, await codeOn(holder, holder.say('wallet', 'liveCode')))).toBe('Accepted');
  await Promise.all([holder.close(), door.close()]);
});
