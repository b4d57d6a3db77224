import { keepLanguage } from './kept.ts';
import { type Tag, TAGS } from './languages.ts';
import { fill, type Catalogue, type Values } from './message.ts';

const REMEMBERED = 'safeconduct-language';

export type Loaders = Readonly<Record<Tag, () => Promise<{ default: Catalogue }>>>;

/** The language of the screens: the browser's first that we speak, until somebody chooses another. */
class Language {
  tag = $state<Tag>('en');
  #messages = $state.raw<Catalogue>({});
  #loaders: Loaders | null = null;
  #wanted: Tag = 'en';

  /** Loads the first catalogue that can be had, without a network one that is kept; nothing may be drawn before. */
  async start(loaders: Loaders, wanted: readonly string[] = navigator.languages): Promise<void> {
    this.#loaders = loaders;
    for (const tag of [remembered(), ...spoken(wanted), 'en' as const]) if (tag !== undefined && await this.#speak(tag)) return;
  }

  /**
   * Switches all screens, also for the next start of this device.
   * @returns false if the language cannot be had; then everything stays as it is
   */
  async choose(tag: Tag): Promise<boolean> {
    this.#wanted = tag;
    // Asked before the catalogue is loaded, because some browsers remember of a script that it did not come.
    if (!await keepLanguage(tag)) return false;
    if (this.#wanted !== tag) return true;
    if (!await this.#speak(tag)) return false;
    // Asked again: a service worker that came while it was loaded was told of the language before.
    void keepLanguage(tag);
    remember(tag);
    return true;
  }

  async #speak(tag: Tag): Promise<boolean> {
    const catalogue = await this.#loaders?.[tag]().catch(() => undefined);
    if (catalogue === undefined) return false;
    this.#messages = catalogue.default;
    this.tag = tag;
    document.documentElement.lang = tag;
    document.documentElement.dir = this.direction;
    return true;
  }

  get direction(): 'ltr' | 'rtl' {
    return this.tag === 'ar' ? 'rtl' : 'ltr';
  }

  say(key: string, values: Values = {}): string {
    const message = this.#messages[key];
    if (message === undefined) throw new Error(`no message ${key}`);
    return fill(message, values, this.tag);
  }

  /** Whether the catalogue has a message; for keys that are made from a reason's code. */
  knows(key: string): boolean {
    return key in this.#messages;
  }

  /** The entry of a register's texts in this language, else in the office's own (its first). */
  of(texts: Readonly<Record<string, string>>, first: string): string {
    const near = Object.keys(texts).find((tag) => tag.split('-')[0] === this.tag);
    return texts[near ?? first] ?? Object.values(texts)[0] ?? '';
  }

  date(seconds: number): string {
    return this.#format(seconds, { dateStyle: 'long' });
  }

  dateTime(seconds: number): string {
    return this.#format(seconds, { dateStyle: 'medium', timeStyle: 'short' });
  }

  time(seconds: number): string {
    return this.#format(seconds, { timeStyle: 'short' });
  }

  /** The value of an attribute: a day of the year, `02-29`, as people write it. */
  value({ value, dayMonth }: { readonly value: string; readonly dayMonth: boolean }): string {
    const [month, day] = value.split('-');
    const leapYear = 2000;
    return dayMonth ? this.#format(Date.UTC(leapYear, Number(month) - 1, Number(day)) / 1000, { day: 'numeric', month: 'long', timeZone: 'UTC' }) : value;
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.tag).format(value);
  }

  /** A list in the language: "name, birth year and letter". */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.tag, { type: 'conjunction' }).format(items);
  }

  /** "in 3 days", "2 hours ago": the larger unit that fits. */
  fromNow(seconds: number, now: number): string {
    const away = seconds - now;
    const [unit, length] = Math.abs(away) >= 86_400 ? ['day', 86_400] as const
      : Math.abs(away) >= 3_600 ? ['hour', 3_600] as const : ['minute', 60] as const;
    return new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' }).format(Math.trunc(away / length), unit);
  }

  /**
   * Dates follow the region of the browser where it speaks the chosen language: 22 November or November 22. Russian and
   * Ukrainian do without their word for year, which would end a sentence with two full stops.
   */
  #format(seconds: number, options: Intl.DateTimeFormatOptions): string {
    const regional = navigator.languages.find((tag) => tag.split('-')[0] === this.tag) ?? this.tag;
    return new Intl.DateTimeFormat(regional, options).format(new Date(seconds * 1000)).replace(/\s[гр]\.(?=,|$)/, '');
  }
}

export const language = new Language();

const spoken = (wanted: readonly string[]): Tag[] => wanted.map((tag) => tag.toLowerCase().split('-')[0] as Tag).filter((tag) => TAGS.includes(tag));

/** Storage may be denied; the language is then the browser's at every start. */
function remembered(): Tag | undefined {
  try {
    const tag = localStorage.getItem(REMEMBERED) as Tag | null;
    return tag !== null && TAGS.includes(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

function remember(tag: Tag): void {
  try {
    localStorage.setItem(REMEMBERED, tag);
  } catch {
    // Denied: the choice lasts as long as the page.
  }
}
