import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { Town } from './town.ts';
import { walk } from './walk.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What the theme changes: colours, and nothing of the document. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];
const WIDTH = 320;

/** What is found where: the whole audit in light, the rules of colour again in dark on the same screen, and its width. */
export interface Audit { readonly found: readonly string[]; readonly screens: readonly string[] }

/** What axe finds in a page by some of its rules. Its script is given to a document once: no screen has frames. */
async function violations(page: Page, runOnly: axe.RunOnly): Promise<axe.Result[]> {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe.source);
  const options: axe.RunOptions = { runOnly, resultTypes: ['violations'] };
  return page.evaluate(async (wanted) => (await (globalThis as unknown as { axe: typeof axe }).axe.run(document, wanted)).violations, options);
}

/** Walks through every screen of wallet and checker in one language, on the smallest phone. */
export async function audit(browser: Browser, town: Town, locale: string): Promise<Audit> {
  const found: string[] = [];
  const screens: string[] = [];
  const options = { colorScheme: 'light', locale, viewport: { width: WIDTH, height: 640 }, reducedMotion: 'reduce' } as const;
  await walk(browser, town, options, async (page, screen) => {
    if (screen.endsWith('-printed')) return;
    screens.push(screen);
    const light = await violations(page, { type: 'tag', values: RULES });
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await violations(page, { type: 'rule', values: RULES_OF_COLOUR });
    await page.emulateMedia({ colorScheme: 'light' });
    for (const [theme, results] of [['light', light], ['dark', dark]] as const) {
      found.push(...results.map(({ id, nodes }) => `${screen}, ${theme}: ${id} ${nodes.map(({ html }) => html).join(' | ').slice(0, 300)}`));
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > WIDTH) found.push(`${screen}: ${width} pixels wide`);
  });
  return { found, screens };
}
