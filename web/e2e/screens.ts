/**
 * Takes a picture of every screen in light and dark, on a small phone and a desktop, from left to right and from right to
 * left, into the folder that SCREENS names (else `screens` beside this package); ONLY=light-phone takes some. People look
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

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const locale of ['en-GB', 'ar']) {
      const name = `${colorScheme}-${size}-${locale === 'ar' ? 'rtl' : 'ltr'}`;
      test.skipIf(!name.startsWith(only))(name, async () => {
        const options = { colorScheme, viewport, locale, deviceScaleFactor: size === 'phone' ? 2 : 1 };
        await walk(browser, town, options, (page, screen, fullPage) =>
          page.screenshot({ path: join(folder, `${name}-${screen}.png`), fullPage }));
      });
    }
  }
}
