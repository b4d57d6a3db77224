import { accessSync, constants, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Tag } from '../../ui/src/languages.ts';
import { fill, type Catalogue, type Values } from '../../ui/src/message.ts';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const WASM = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer;

/** The browser of this machine: the one that CHROMIUM names, else the first of these that is on the path. */
function executable(): string {
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env['CHROMIUM'] ?? '', ...places].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return file !== '';
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('These tests need Chromium: install it, or name it in CHROMIUM.');
  return found;
}

/** Starts Chromium; with a film, its camera sees that. The film goes with it. */
export async function launch(film?: string): Promise<Browser> {
  const camera = film === undefined ? [] : ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  const browser = await chromium.launch({ executablePath: executable(), args: [...FLAGS, ...camera] });
  if (film !== undefined) browser.once('disconnected', () => rmSync(dirname(film), { recursive: true, force: true }));
  return browser;
}

type App = 'wallet' | 'checker' | 'venue';

/** A phone: a context of its own that speaks one language, with what goes wrong in its pages collected. */
export class Phone {
  readonly context: BrowserContext;
  readonly faults: string[] = [];
  readonly #tag: Tag;
  readonly #catalogues: Readonly<Record<App, Catalogue>>;
  page: Page;

  private constructor(context: BrowserContext, page: Page, tag: Tag, catalogues: Readonly<Record<App, Catalogue>>) {
    this.context = context;
    this.page = page;
    this.#tag = tag;
    this.#catalogues = catalogues;
    this.#listen(page);
  }

  static async of(browser: Browser, options: BrowserContextOptions = {}): Promise<Phone> {
    const tag = (options.locale ?? 'en-GB').split('-')[0] as Tag;
    const [wallet, checker, venue] = await Promise.all([catalogue('wallet', tag), catalogue('checker', tag), catalogue('venue', tag)]);
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', timezoneId: 'Europe/Tallinn', ...options });
    return new Phone(context, await context.newPage(), tag, { wallet, checker, venue });
  }

  /** A second window of the same phone. */
  async window(): Promise<Page> {
    const page = await this.context.newPage();
    this.#listen(page);
    return page;
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** A sentence as this phone says it. */
  say(app: App, key: string, values: Values = {}): string {
    return fill(this.#catalogues[app][key]!, values, this.#tag);
  }

  /** A button of the wallet or the checker by its key. */
  wallet(key: string) {
    return this.page.getByRole('button', { name: this.say('wallet', key), exact: true });
  }

  checker(key: string) {
    return this.page.getByRole('button', { name: this.say('checker', key), exact: true });
  }

  venue(key: string) {
    return this.page.getByRole('button', { name: this.say('venue', key), exact: true });
  }

  field(app: App, key: string) {
    return this.page.getByLabel(this.say(app, key), { exact: true });
  }

  /** The button that shows a pass. */
  get show() {
    return this.page.locator('button.show').first();
  }
}

async function catalogue(app: App, tag: Tag): Promise<Catalogue> {
  return (await import(`../../${app}/src/texts/${tag}.ts`) as { default: Catalogue }).default;
}

/** Meets the office and adds a pass: address, words, offer. */
export async function addPass(phone: Phone, address: string, offer: string, person = '', digits = ''): Promise<void> {
  if (!phone.page.url().startsWith(`${address}/wallet/`)) await phone.page.goto(`${address}/wallet/`);
  await phone.wallet('addPass').click();
  if (await phone.wallet('addOffice').isVisible()) await addOffice(phone, address);
  await phone.field('wallet', 'offerLabel').fill(offer);
  await phone.wallet('next').click();
  await phone.field('wallet', 'personLabel').fill(person);
  await phone.field('wallet', 'digitsLabel').fill(digits);
  await phone.wallet('go').click();
  await phone.show.waitFor();
}

export async function addOffice(phone: Phone, address: string): Promise<void> {
  await phone.wallet('addOffice').click();
  await phone.field('wallet', 'addressLabel').fill(address);
  await phone.wallet('next').click();
  await phone.wallet('wordsMatch').click();
  await phone.wallet('wordsMatch').waitFor({ state: 'detached' });
}

export async function setUpDoor(phone: Phone, address: string, setup: string): Promise<void> {
  await phone.page.goto(`${address}/checker/`);
  await phone.field('checker', 'setUpLabel').fill(setup);
  await phone.checker('setUpAction').click();
  await phone.checker('wordsMatch').click();
  await phone.checker('start').waitFor();
}

/** Gives a code to a checking door by hand and waits for the verdict's word. */
export async function check(phone: Phone, code: string): Promise<string> {
  const box = phone.field('checker', 'pasteLabel');
  // Not by finger: a camera that fails meanwhile moves what it is on, also between going down and up. The title of a screen that
  // just came takes the focus, so that a key would not open the field either.
  if (!await box.isVisible()) await phone.page.locator('summary').evaluate((summary) => (summary as HTMLElement).click());
  await box.fill(code);
  await box.press('Enter');
  return verdictOf(phone);
}

export async function verdictOf(phone: Phone): Promise<string> {
  const word = phone.page.getByRole('alertdialog').getByRole('heading');
  await word.waitFor();
  return await word.innerText();
}

/** Answers the identity step and waits for what follows. */
export async function decide(phone: Phone, key: 'identityYes' | 'identityNo'): Promise<string> {
  await phone.checker(key).click();
  await phone.checker(key).waitFor({ state: 'detached' });
  return verdictOf(phone);
}

/** Waits until the app's files are kept for the time without a network. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active !== null && active.state !== 'activated') await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
  });
}

/** Chooses languages one after the other, on a screen where that can be done. */
export async function choose(page: Page, ...tags: Tag[]): Promise<void> {
  for (const tag of tags) {
    await page.getByRole('combobox').selectOption(tag);
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, tag);
  }
}

/** The languages besides English that the app's files in one of the browser's caches speak, sorted. */
export async function keptLanguages(page: Page, cache: string): Promise<string[]> {
  const files = await page.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url), cache);
  return files.flatMap((file) => /\/texts-(?!en)([a-z]{2})-/.exec(file)?.[1] ?? []).sort();
}

/** Sets a phone's clock two hours back and starts its app again. */
export async function turnClockBack(phone: Phone): Promise<void> {
  await phone.context.route(/engine\.worker-.*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `Date.now = (real => () => real() - 7200000)(Date.now);\n${await answer.text()}` });
  });
  // What the service worker keeps would not come by the route.
  await phone.context.addInitScript('delete Navigator.prototype.serviceWorker;');
  await phone.page.evaluate(async () => Promise.all((await navigator.serviceWorker.getRegistrations()).map((one) => one.unregister())));
  await phone.page.reload();
}

/** The text of the code on the display, read from the drawing as a camera would. */
export async function codeOn(phone: Phone, name: string): Promise<string> {
  const drawing = phone.page.getByRole('img', { name });
  await drawing.waitFor();
  const [path, side] = await drawing.evaluate((svg) => [svg.querySelector('path')!.getAttribute('d')!, (svg as SVGSVGElement).viewBox.baseVal.width] as const);
  return readDrawing(path, side);
}

async function readDrawing(path: string, side: number): Promise<string> {
  prepareZXingModule({ overrides: { wasmBinary: WASM } });
  const scale = 4;
  const width = side * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(length)) * scale; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  const [found] = await readBarcodes({ data, width, height: width, colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'] });
  if (!found?.isValid) throw new Error('the drawn code cannot be read');
  return found.text;
}
