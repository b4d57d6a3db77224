import { MalformedError } from '@safeconduct/crypto';
import { concat, fromUtf8, i2osp, sameOctets, utf8 } from './bytes.ts';

/** Everything our codes are made of (pass.md 2.1): whole numbers from 0 to 2^53 - 1, octets, texts, null and arrays. */
export type Cbor = number | string | Uint8Array | null | readonly Cbor[];

/** The longest encoding of a code. */
export const MOST_OCTETS = 4096;
/** Arrays in arrays, the outermost counted. */
const MOST_NESTING = 4;

const WHOLE = 0;
const OCTETS = 2;
const TEXT = 3;
const ARRAY = 4;
const NULL = 0xf6;
/** What of a head says more than its lowest five bits: 1, 2, 4 or 8 octets with the argument. */
const SHORT = 24;

/** The one canonical encoding of a value. */
export function encodeCbor(value: Cbor): Uint8Array {
  if (value === null) return Uint8Array.of(NULL);
  if (typeof value === 'number') return head(WHOLE, value);
  if (value instanceof Uint8Array) return concat(head(OCTETS, value.length), value);
  if (typeof value === 'string') {
    const octets = utf8(value);
    return concat(head(TEXT, octets.length), octets);
  }
  return concat(head(ARRAY, value.length), ...value.map(encodeCbor));
}

/** RFC 8949, section 4.2.1: the argument in the shortest of 0, 1, 2, 4 or 8 octets. */
function head(major: number, argument: number): Uint8Array {
  if (!Number.isSafeInteger(argument) || argument < 0) throw new RangeError('numbers go from 0 to 2^53 - 1');
  if (argument < SHORT) return Uint8Array.of((major << 5) | argument);
  const size = argument < 0x100 ? 0 : argument < 0x10000 ? 1 : argument < 0x100000000 ? 2 : 3;
  return concat(Uint8Array.of((major << 5) | (SHORT + size)), i2osp(argument, 1 << size));
}

/**
 * Reads canonical CBOR (pass.md 2.1) and compares it with its own encoding again, which is what refuses long forms.
 * @param most octets of the longest encoding that is read
 * @throws {MalformedError} too long, nested too deeply, another type, another form of the same value, more behind it
 */
export function decodeCbor(octets: Uint8Array, most: number = MOST_OCTETS): Cbor {
  if (octets.length > most) throw new MalformedError(`at most ${most} bytes are read`);
  const value = new Reader(octets).next(0);
  if (!sameOctets(encodeCbor(value), octets)) throw new MalformedError('CBOR in another form than the canonical one');
  return value;
}

class Reader {
  readonly #octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  next(nesting: number): Cbor {
    const first = this.#take(1)[0]!;
    if (first === NULL) return null;
    const argument = this.#argument(first & 0x1f);
    switch (first >> 5) {
      case WHOLE: return argument;
      case OCTETS: return this.#take(argument);
      case TEXT: return fromUtf8(this.#take(argument));
      case ARRAY: return this.#array(argument, nesting + 1);
      default: throw new MalformedError('a type that our codes do not use');
    }
  }

  #array(length: number, nesting: number): Cbor[] {
    // A value takes an octet at least, so that a length beyond the rest is a lie.
    if (nesting > MOST_NESTING || length > this.#octets.length - this.#at) throw new MalformedError('an array too deep or too long');
    return Array.from({ length }, () => this.next(nesting));
  }

  #argument(info: number): number {
    if (info < SHORT) return info;
    if (info > SHORT + 3) throw new MalformedError('a head without a length');
    const argument = this.#take(1 << (info - SHORT)).reduce((sum, octet) => sum * 256 + octet, 0);
    if (!Number.isSafeInteger(argument)) throw new MalformedError('a number of 2^53 or more');
    return argument;
  }

  #take(length: number): Uint8Array {
    if (length > this.#octets.length - this.#at) throw new MalformedError('the value ends early');
    this.#at += length;
    return Uint8Array.from(this.#octets.subarray(this.#at - length, this.#at));
  }
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
