import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import type { Town } from './town.ts';
import { walk } from './walk.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What the theme changes: colours, and nothing of the document. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const WIDTH = 320;

/** What is found where: the whole audit in light, the rules of colour again in dark on the same screen, and its width. */
export interface Audit { readonly found: readonly string[]; readonly screens: readonly string[] }

/** No screen has frames, so that no second page is needed to put the results of frames together: a third of the time. */
function rules(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

/** Walks through every screen of wallet and checker in one language, on the smallest phone. */
export async function audit(browser: Browser, town: Town, locale: string): Promise<Audit> {
  const found: string[] = [];
  const screens: string[] = [];
  const options = { colorScheme: 'light', locale, viewport: { width: WIDTH, height: 640 }, reducedMotion: 'reduce' } as const;
  await walk(browser, town, options, async (page, screen) => {
    if (screen.endsWith('-printed')) return;
    screens.push(screen);
    const light = await rules(page).withTags(RULES).analyze();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await rules(page).withRules(RULES_OF_COLOUR).analyze();
    await page.emulateMedia({ colorScheme: 'light' });
    for (const [theme, { violations }] of [['light', light], ['dark', dark]] as const) {
      found.push(...violations.map(({ id, nodes }) => `${screen}, ${theme}: ${id} ${nodes.map(({ html }) => html).join(' | ').slice(0, 300)}`));
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > WIDTH) found.push(`${screen}: ${width} pixels wide`);
  });
  return { found, screens };
}
