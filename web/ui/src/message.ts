/**
 * A message of a catalogue: a sentence with `{names}`, or one sentence for each plural form of its `{count}`.
 * The forms are those of `Intl.PluralRules`; `other` is always there.
 */
export type Message = string | ({ readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>);
export type Catalogue = Readonly<Record<string, Message>>;
export type Values = Readonly<Record<string, string | number>>;

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/** The placeholders of a message, each once, sorted: what a translation has to keep. */
export function placeholders(message: Message): string[] {
  const forms = typeof message === 'string' ? [message] : Object.values(message);
  return [...new Set(forms.flatMap((form) => [...form.matchAll(PLACEHOLDER)].map((match) => match[1] as string)))].sort();
}

/**
 * Fills a message in. Numbers are written in the language; what is filled in is kept apart from the sentence's own
 * direction (U+2068, U+2069), so that a Latin name does not upset an Arabic sentence. The result is text, never markup.
 */
export function fill(message: Message, values: Values, tag: string): string {
  const count = values['count'];
  const form = typeof message === 'string' ? message
    : message[new Intl.PluralRules(tag).select(typeof count === 'number' ? count : 0)] ?? message.other;
  return form.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(tag).format(value) : `\u2068${value}\u2069`;
  });
}
