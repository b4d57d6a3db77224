import { MalformedError } from '@safeconduct/crypto';

const MOST_TEXT = 2_000;
const MOST_SHORT_TEXT = 80;
/**
 * Control characters and the invisible letters of register.md 1.3: Default_Ignorable_Code_Point without the two joiners,
 * written down because every browser has another version of the table.
 */
const FORBIDDEN = new RegExp('[\\p{Cc}\\p{Cs}'
  + '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164'
  + '\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufff8\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]', 'u');
const JOINER = /[\u200c\u200d]/u;
const SPACE_AT_AN_END = /^\p{White_Space}|\p{White_Space}$/u;

/** Whether a string is a text of register.md 1.3: NFC, 1 to `most` code points, nothing invisible, no space at its ends. */
export function isText(value: unknown, most: number = MOST_TEXT): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 2 * most && [...value].length <= most
    && !FORBIDDEN.test(value) && !SPACE_AT_AN_END.test(value) && value.normalize('NFC') === value;
}

/** Whether a text holds a joiner: letters of a name may, a value of a list may not (register.md 2.3). */
export const isJoined = (text: string): boolean => JOINER.test(text);

/** Reads a text. @throws {MalformedError} not one by register.md 1.3 */
export const text = (value: unknown): string => textUpTo(value, MOST_TEXT);

/** Reads a short text, at most 80 code points. @throws {MalformedError} not one by register.md 1.3 */
export const shortText = (value: unknown): string => textUpTo(value, MOST_SHORT_TEXT);

function textUpTo(value: unknown, most: number): string {
  if (!isText(value, most)) throw new MalformedError(`a clean text of 1 to ${most} characters was expected`);
  return value;
}

/** Reads a string of a given form. @throws {MalformedError} anything else */
export function matching(value: unknown, form: RegExp, what: string): string {
  if (typeof value !== 'string' || !form.test(value)) throw new MalformedError(`not ${what}`);
  return value;
}

/** Reads an id (register.md 1.5). @throws {MalformedError} anything else */
export const id = (value: unknown): string => matching(value, /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'an id');

/** Reads a language tag (register.md 1.4). @throws {MalformedError} anything else */
export const language = (value: unknown): string => matching(value, /^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'a language tag');
