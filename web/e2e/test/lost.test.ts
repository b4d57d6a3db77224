import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addOffice, codeOn, launch, Phone } from '../support/browser.ts';
import { Busy } from '../support/busy.ts';
import { Program } from '../support/program.ts';
import { Town } from '../support/town.ts';

/** What goes wrong between a wallet and a real office. */
let program: Program;
let elsewhere: Town;
let browser: Browser;
let offers: string[];

beforeAll(async () => {
  [program, elsewhere, browser] = await Promise.all([Program.open(), Town.open(), launch()]);
  await program.publish('errand-pass');
  offers = (await program.enrol('errand-pass', 'person,first-name-letter,birthday\nB-1,K,02-29\nB-2,M,07-14\n')).match(/SCO1:[0-9A-Z-]+/g) ?? [];
  await program.serve();
}, 300_000);
afterAll(async () => {
  await browser.close();
  await Promise.all([program.close(), elsewhere.close()]);
});

/** Everything up to the button that gets the pass. */
async function offered(phone: Phone, offer: string): Promise<void> {
  await phone.page.goto(`${elsewhere.address}/wallet/`);
  await phone.wallet('addPass').click();
  await addOffice(phone, program.address);
  await phone.field('wallet', 'offerLabel').fill(offer);
  await phone.wallet('next').click();
}

test('an answer that is lost on the way is asked for again with the same bytes, and comes out the same', async () => {
  const holder = await Phone.of(browser);
  const bodies: string[] = [];
  const answers: string[] = [];
  await offered(holder, offers[0]!);
  await holder.context.route(`${program.address}/credential`, async (route) => {
    const answer = await route.fetch();
    bodies.push(route.request().postData() ?? '');
    answers.push(await answer.text());
    await (answers.length === 1 ? route.abort('connectionreset') : route.fulfill({ response: answer }));
  });
  await holder.wallet('go').click();
  await holder.page.getByText(holder.say('wallet', 'failure.offline')).waitFor();
  await holder.page.reload();
  await holder.wallet('fetch').click();
  await holder.show.click();
  expect(await codeOn(holder, holder.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  expect(bodies.length).toBe(2);
  expect(bodies[1]).toBe(bodies[0]);
  expect(answers[1]).toBe(answers[0]);
  await holder.page.goBack();
  expect(await holder.page.locator('button.show').count()).toBe(1);
  await holder.close();
});

test('a wallet that meets a crowd keeps its turn, over a reload too, and comes back with it by itself', async () => {
  const holder = await Phone.of(browser);
  const asked: { place: string | null; at: number }[] = [];
  const waits: { place: unknown; seconds: number }[] = [];
  await holder.context.route('**/token', async (route) => {
    asked.push({ place: new URLSearchParams(route.request().postData() ?? '').get('place'), at: performance.now() });
    const answer = await route.fetch();
    if (answer.status() === 503) {
      const { place } = await answer.json() as { place: unknown };
      waits.push({ place, seconds: Number(answer.headers()['retry-after']) });
    }
    // A page that is loaded again meanwhile does not hear of it.
    await route.fulfill({ response: answer }).catch(() => undefined);
  });
  await offered(holder, offers[1]!);
  const busy = await Busy.make(program);
  try {
    await holder.wallet('go').click();
    await holder.page.getByText('Your turn is kept').waitFor();
    await holder.page.reload();
    await holder.page.getByText('Your turn is kept').waitFor();
    await busy.end();
    await holder.show.waitFor();
  } finally {
    busy.close();
  }
  expect(asked[0]!.place).toBeNull();
  expect(asked.length).toBeGreaterThan(1);
  for (const [i, { place, at }] of asked.entries()) {
    if (i === 0) continue;
    expect(place).toBe(waits[0]!.place);
    expect(at - asked[i - 1]!.at).toBeGreaterThanOrEqual(1000 * waits[i - 1]!.seconds);
  }
  await holder.show.click();
  expect(await codeOn(holder, holder.say('wallet', 'liveCode'))).toMatch(/^SCS1:/);
  await holder.close();
});
