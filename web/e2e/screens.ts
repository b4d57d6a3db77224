/**
 * Takes a picture of every screen in light and dark, on a small phone and a desktop, from left to right and from right to
 * left, and on a small phone in languages of long words, into the folder that SCREENS names (else `screens` beside this package); ONLY=light-phone takes some. People look
 * at them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { launch } from './support/browser.ts';
import { Town } from './support/town.ts';
import { walk } from './support/walk.ts';

const folder = process.env['SCREENS'] ?? new URL('../screens', import.meta.url).pathname;
const only = process.env['ONLY'] ?? '';
const SIZES = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } } as const;

let town: Town;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [town, browser] = await Promise.all([Town.open(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

const KINDS = (['light', 'dark'] as const).flatMap((colorScheme) => (['phone', 'desktop'] as const).flatMap((size) => [
  { name: `${colorScheme}-${size}-ltr`, colorScheme, size, locale: 'en-GB' },
  { name: `${colorScheme}-${size}-rtl`, colorScheme, size, locale: 'ar' },
]));
for (const locale of ['de', 'ru']) KINDS.push({ name: `light-phone-${locale}`, colorScheme: 'light', size: 'phone', locale });

for (const { name, colorScheme, size, locale } of KINDS) {
  test.skipIf(!name.startsWith(only))(name, async () => {
    const options = { colorScheme, viewport: SIZES[size], locale, deviceScaleFactor: size === 'phone' ? 2 : 1 };
    await walk(browser, town, options, (page, screen, fullPage) =>
      page.screenshot({ path: join(folder, `${name}-${screen}.png`), fullPage, animations: 'disabled' }));
  });
}
