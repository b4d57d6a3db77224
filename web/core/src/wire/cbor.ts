import { MalformedError } from '@safeconduct/crypto';
import { encode, Tokenizer, Type } from 'cborg';
import { fromUtf8, sameOctets } from './bytes.ts';

/** Everything our codes are made of (pass.md 2.1): whole numbers from 0 to 2^53 - 1, octets, texts, null and arrays. */
export type Cbor = number | string | Uint8Array | null | readonly Cbor[];

/** The longest encoding of a code. */
export const MOST_OCTETS = 4096;
/** Arrays in arrays, the outermost counted. */
const MOST_NESTING = 4;

type Tokens = InstanceType<typeof Tokenizer>;

/** The one canonical encoding of a value. */
export const encodeCbor = (value: Cbor): Uint8Array => encode(value);

/**
 * Reads canonical CBOR (pass.md 2.1) and compares it with its own encoding again.
 * @param most octets of the longest encoding that is read
 * @throws {MalformedError} too long, nested too deeply, another type, another form of the same value, more behind it
 */
export function decodeCbor(octets: Uint8Array, most: number = MOST_OCTETS): Cbor {
  if (octets.length > most) throw new MalformedError(`at most ${most} bytes are read`);
  let value: Cbor;
  try {
    const tokens = new Tokenizer(octets, { strict: true, allowIndefinite: false, allowBigInt: false, retainStringBytes: true });
    value = next(tokens, 0);
    if (!tokens.done()) throw new MalformedError('something stands behind the value');
  } catch (error) {
    if (error instanceof MalformedError) throw error;
    throw new MalformedError('not canonical CBOR');
  }
  if (!sameOctets(encodeCbor(value), octets)) throw new MalformedError('CBOR in another form than the canonical one');
  return value;
}

function next(tokens: Tokens, nesting: number): Cbor {
  if (tokens.done()) throw new MalformedError('the value ends early');
  const { type, value, byteValue } = tokens.next();
  if (Type.equals(type, Type.null)) return null;
  if (Type.equals(type, Type.uint) && Number.isSafeInteger(value)) return value;
  if (Type.equals(type, Type.bytes)) return Uint8Array.from(value);
  // The library replaces what is not UTF-8 and drops a byte order mark; its octets are read again, strictly.
  if (Type.equals(type, Type.string)) return fromUtf8(byteValue ?? new Uint8Array());
  if (Type.equals(type, Type.array)) return array(tokens, value, nesting + 1);
  throw new MalformedError('a type that our codes do not use');
}

function array(tokens: Tokens, length: number, nesting: number): Cbor[] {
  if (nesting > MOST_NESTING) throw new MalformedError(`arrays nest at most ${MOST_NESTING} deep`);
  const values: Cbor[] = [];
  for (let i = 0; i < length; i++) values.push(next(tokens, nesting));
  return values;
}

/** Reads an array of exactly `length` values. @throws {MalformedError} anything else */
export function arrayOf(value: Cbor | undefined, length: number): readonly Cbor[] {
  const values = anyArray(value);
  if (values.length !== length) throw new MalformedError(`${length} values were expected, not ${values.length}`);
  return values;
}

/** Reads an array. @throws {MalformedError} anything else */
export function anyArray(value: Cbor | undefined): readonly Cbor[] {
  if (!Array.isArray(value)) throw new MalformedError('an array was expected');
  return value as readonly Cbor[];
}

/** Reads a whole number from 0 to `most`. @throws {MalformedError} anything else */
export function uint(value: Cbor | undefined, most: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || value > most) throw new MalformedError(`a number from 0 to ${most} was expected`);
  return value;
}

/** Reads octets, exactly `length` if it is given. @throws {MalformedError} anything else */
export function octetsOf(value: Cbor | undefined, length?: number): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new MalformedError('bytes were expected');
  if (length !== undefined && value.length !== length) throw new MalformedError(`${length} bytes were expected`);
  return value;
}

/** Reads a text. @throws {MalformedError} anything else */
export function textOf(value: Cbor | undefined): string {
  if (typeof value !== 'string') throw new MalformedError('a text was expected');
  return value;
}

/** Reads ascending numbers without repeats, 0 to `most`. @throws {MalformedError} anything else */
export function indexesOf(value: Cbor | undefined, most: number): readonly number[] {
  const indexes = anyArray(value).map((index) => uint(index, most));
  if (indexes.some((index, i) => i > 0 && index <= indexes[i - 1]!)) throw new MalformedError('indexes ascend without repeats');
  return indexes;
}

/** Reads null as null and anything else with `read`. */
export const orNull = <T>(value: Cbor | undefined, read: (value: Cbor | undefined) => T): T | null =>
  value === null ? null : read(value);
