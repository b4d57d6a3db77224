import { type Tag, TAGS } from './languages.ts';
import { fill, type Catalogue, type Values } from './message.ts';

const REMEMBERED = 'safeconduct-language';

export type Loaders = Readonly<Record<Tag, () => Promise<{ default: Catalogue }>>>;

/** The language of the screens: the browser's first that we speak, until somebody chooses another. */
class Language {
  tag = $state<Tag>('en');
  #messages = $state.raw<Catalogue>({});
  #loaders: readonly Loaders[] = [];

  /** Loads the first catalogue; nothing may be drawn before. */
  async start(loaders: Loaders, wanted: readonly string[] = navigator.languages): Promise<void> {
    this.#loaders = [loaders];
    await this.choose(remembered() ?? firstSpoken(wanted), false);
  }

  /** Switches all screens; with `remember`, also for the next start of this device. */
  async choose(tag: Tag, remember = true): Promise<void> {
    await this.#load(tag);
    this.tag = tag;
    document.documentElement.lang = tag;
    document.documentElement.dir = this.direction;
    if (remember) keep(tag);
  }

  /** Adds the sentences of a part of the app that is loaded later. */
  async also(loaders: Loaders): Promise<void> {
    this.#loaders = [...this.#loaders, loaders];
    await this.#load(this.tag);
  }

  async #load(tag: Tag): Promise<void> {
    const catalogues = await Promise.all(this.#loaders.map((loaders) => loaders[tag]()));
    this.#messages = Object.assign({}, ...catalogues.map((catalogue) => catalogue.default)) as Catalogue;
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

function firstSpoken(wanted: readonly string[]): Tag {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0] as Tag).find((tag) => TAGS.includes(tag)) ?? 'en';
}

/** Storage may be denied; the language is then the browser's at every start. */
function remembered(): Tag | undefined {
  try {
    const tag = localStorage.getItem(REMEMBERED) as Tag | null;
    return tag !== null && TAGS.includes(tag) ? tag : undefined;
  } catch {
    return undefined;
  }
}

function keep(tag: Tag): void {
  try {
    localStorage.setItem(REMEMBERED, tag);
  } catch {
    // Denied: the choice lasts as long as the page.
  }
}
