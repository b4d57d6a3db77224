import { MalformedError } from '@safeconduct/crypto';

/** Crockford's base 32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `count` groups of five bits, most significant first, the last filled with 0. */
export function crockford(octets: Uint8Array, count: number): string {
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('').padEnd(5 * count, '0');
  return Array.from({ length: count }, (_, i) => ALPHABET[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)]!).join('');
}

/** The whole octets in a text of base 32. @throws {MalformedError} another character */
export function fromCrockford(text: string): Uint8Array {
  const digits = Array.from(text, (character) => ALPHABET.indexOf(character));
  if (digits.includes(-1)) throw new MalformedError('a character that base 32 does not have');
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, i) => Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2));
}
