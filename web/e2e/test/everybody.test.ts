import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAGS } from '../../ui/src/languages.ts';
import { launch, Phone, setUpDoor, verdictOf } from '../support/browser.ts';
import { Town } from '../support/town.ts';
import { knowOffice } from '../support/visits.ts';
import { walk } from '../support/walk.ts';

let town: Town;
let browser: Browser;

beforeAll(async () => {
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-GB', 'ar']) {
    test(`axe finds nothing on any screen, ${colorScheme}, ${locale}, and nothing is wider than 320 pixels`, async () => {
      const found: string[] = [];
      const screens: string[] = [];
      await walk(browser, town, { colorScheme, locale, viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' }, async (page, screen) => {
        if (screen.endsWith('-printed')) return;
        screens.push(screen);
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
        found.push(...violations.map(({ id, nodes }) => `${screen}: ${id} ${nodes.map(({ html }) => html).join(' | ').slice(0, 300)}`));
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 320) found.push(`${screen}: ${width} pixels wide`);
      });
      expect(found).toEqual([]);
      expect(screens.length).toBeGreaterThanOrEqual(46);
    }, 240_000);
  }
}

test('every language can be chosen by the browser and by hand', async () => {
  for (const locale of TAGS) {
    const phone = await Phone.of(browser, { locale });
    await phone.page.goto(`${town.address}/wallet/`);
    await phone.wallet('addPass').waitFor();
    expect(await phone.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr']);
    await phone.close();
  }
  const phone = await Phone.of(browser);
  await phone.page.goto(`${town.address}/wallet/`);
  await phone.page.getByRole('combobox').selectOption('uk');
  await phone.page.getByRole('heading', { name: 'Мої перепустки' }).waitFor();
  await phone.page.reload();
  await phone.page.getByRole('heading', { name: 'Мої перепустки' }).waitFor();
  await phone.close();
});

test('a door is set up and a code refused with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  const { page } = phone;
  await page.goto(`${town.address}/checker/`);
  await reach(page, phone.field('checker', 'setUpLabel'));
  await page.keyboard.insertText(town.setup());
  await reach(page, phone.checker('setUpAction'));
  await page.keyboard.press('Enter');
  await phone.checker('wordsMatch').waitFor();
  await reach(page, phone.checker('wordsMatch'));
  await page.keyboard.press('Enter');
  await phone.checker('start').waitFor();
  await reach(page, phone.checker('start'));
  await page.keyboard.press('Enter');
  await reach(page, page.locator('summary'));
  await page.keyboard.press('Enter');
  await reach(page, phone.field('checker', 'pasteLabel'));
  await page.keyboard.insertText('not a pass');
  await reach(page, phone.checker('pasteAction'));
  await page.keyboard.press('Enter');
  expect(await verdictOf(phone)).toBe('Not a pass');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await phone.close();
});

test('a visit is sealed with the keyboard alone', async () => {
  const phone = await Phone.of(browser);
  const { page } = phone;
  await knowOffice(phone, town.address, town.address);
  const press = async (target: Locator) => {
    await reach(page, target);
    await page.keyboard.press('Enter');
  };
  await press(phone.wallet('checkIn'));
  await reach(page, phone.field('wallet', 'posterLabel'));
  await page.keyboard.insertText(town.health.venue('Café Süd').code);
  await press(phone.wallet('posterRead'));
  await press(phone.wallet('checkInNow'));
  await press(phone.wallet('close'));
  await press(phone.wallet('checkins'));
  await press(phone.wallet('look'));
  await page.getByText(phone.say('wallet', 'noWarning')).waitFor();
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

async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not get there');
}
