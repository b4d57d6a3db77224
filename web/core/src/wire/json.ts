import { MalformedError } from '@safeconduct/crypto';
import { fromUtf8, utf8 } from './bytes.ts';

/** A value of canonical JSON as register.md 1.1 narrows it. Numbers are whole, 0 to 2^53 - 1. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** An object of {@link Json}. */
export type JsonObject = { readonly [name: string]: Json };

/** Octets of the longest line. */
export const MOST_LINE_OCTETS = 16_384;
const MOST_NESTING = 6;

/**
 * Prints a value in the canonical form of RFC 8785, narrowed by register.md 1.1.
 * @throws {MalformedError} a number that is not whole and in range, a lone surrogate, nesting above 6
 */
export const printJson = (value: Json): string => print(value, 0);

function print(value: Json, nesting: number): string {
  if (typeof value === 'string') return printText(value);
  if (typeof value === 'number') return printNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (nesting === MOST_NESTING) throw new MalformedError(`values nest at most ${MOST_NESTING} deep`);
  if (isArray(value)) return `[${value.map((item) => print(item, nesting + 1)).join(',')}]`;
  // The default order of sort is by UTF-16 code units, as RFC 8785 section 3.2.3 wants it.
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${printText(name)}:${print(value[name]!, nesting + 1)}`).join(',')}}`;
}

function printNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
    throw new MalformedError('numbers are whole, from 0 to 9007199254740991');
  }
  return String(value);
}

function printText(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new MalformedError('half a surrogate pair');
  // ECMA-262 escapes exactly what RFC 8785 section 3.2.2.2 names.
  return JSON.stringify(text);
}

/**
 * Reads canonical JSON and compares it with its own print. The comparison catches what `JSON.parse` does not see:
 * repeated names, -0, 1.0, other escapes, other order, white space.
 * @param most octets of the longest text that is read
 * @throws {MalformedError} not JSON, or another form than the canonical one
 */
export function parseJson(octets: Uint8Array, most: number = MOST_LINE_OCTETS): Json {
  if (octets.length > most) throw new MalformedError(`at most ${most} bytes are read`);
  const text = fromUtf8(octets);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new MalformedError('not JSON');
  }
  if (printJson(value) !== text) throw new MalformedError('JSON in another form than the canonical one');
  return value;
}

/** The octets of a canonical print. */
export const jsonOctets = (value: Json): Uint8Array => utf8(printJson(value));

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

/**
 * Reads an object with exactly these members.
 * @throws {MalformedError} not an object, a member more or less
 */
export function membersOf(value: unknown, names: readonly string[]): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedError('an object was expected');
  const found = Object.keys(value);
  if (found.length !== names.length || !names.every((name) => Object.hasOwn(value, name))) {
    throw new MalformedError(`exactly these members were expected: ${names.join(', ')}`);
  }
  return value as JsonObject;
}

/** Reads an array of `least` to `most` values. @throws {MalformedError} anything else */
export function listOf<T>(value: unknown, least: number, most: number, read: (value: unknown) => T): readonly T[] {
  if (!Array.isArray(value) || value.length < least || value.length > most) {
    throw new MalformedError(`a list of ${least} to ${most} values was expected`);
  }
  return value.map(read);
}

/** Reads a whole number. @throws {MalformedError} anything else */
export function wholeNumber(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    throw new MalformedError(`a whole number from ${least} to ${most} was expected`);
  }
  return value;
}

/** Reads true or false. @throws {MalformedError} anything else */
export function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new MalformedError('true or false was expected');
  return value;
}

/** Reads a string. @throws {MalformedError} anything else */
export function stringOf(value: unknown): string {
  if (typeof value !== 'string') throw new MalformedError('a string was expected');
  return value;
}
