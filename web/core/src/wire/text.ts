import { MalformedError } from '@safeconduct/crypto';
import { LETTERS } from './letters.ts';

const MOST_TEXT = 2_000;
const MOST_SHORT_TEXT = 80;
const JOINER = /[\u200c\u200d]/u;
const SPACE_AT_AN_END = /^\p{White_Space}|\p{White_Space}$/u;

/** Whether a string is a text of register.md 1.3: NFC, 1 to `most` of its characters, no space at its ends. */
export function isText(value: unknown, most: number = MOST_TEXT): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 2 * most && [...value].length <= most
    && LETTERS.test(value) && !SPACE_AT_AN_END.test(value) && value.normalize('NFC') === value;
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
