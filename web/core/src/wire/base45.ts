import { MalformedError } from '@safeconduct/crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Base45 of RFC 9285 section 4. */
export function base45(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < octets.length; i += 2) {
    const pair = octets[i]! * 256 + octets[i + 1]!;
    text += ALPHABET[pair % 45]! + ALPHABET[Math.floor(pair / 45) % 45]! + ALPHABET[Math.floor(pair / 2025)]!;
  }
  if (octets.length % 2 === 1) {
    const last = octets[octets.length - 1]!;
    text += ALPHABET[last % 45]! + ALPHABET[Math.floor(last / 45)]!;
  }
  return text;
}

/**
 * Reads Base45, strictly (pass.md 2.2).
 * @throws {MalformedError} a length of 1 mod 3, a triple above 65,535, a pair above 255, another character
 */
export function fromBase45(text: string): Uint8Array {
  if (text.length % 3 === 1) throw new MalformedError('base45 does not have this length');
  const octets: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = Array.from(text.slice(i, i + 3), (character) => ALPHABET.indexOf(character));
    if (digits.includes(-1)) throw new MalformedError('a character that base45 does not have');
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const whole = digits.length === 3;
    if (value > (whole ? 0xffff : 0xff)) throw new MalformedError('a group of base45 characters beyond its range');
    if (whole) octets.push(value >> 8);
    octets.push(value & 0xff);
  }
  return Uint8Array.from(octets);
}
