import { MalformedError } from '@safeconduct/crypto';

const encoder = /* @__PURE__ */ new TextEncoder();

/** The octets of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/**
 * The text that octets spell in UTF-8. A byte order mark stays part of the text.
 * @throws {MalformedError} not UTF-8
 */
export function fromUtf8(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new MalformedError('the text is not UTF-8');
  }
}

/** All parts, one after another, in a fresh array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** I2OSP(n, length): a whole number below 2^53 as octets, most significant first. */
export function i2osp(n: number, length: number): Uint8Array {
  const octets = new Uint8Array(length);
  for (let i = length - 1, rest = n; i >= 0; i--, rest = Math.floor(rest / 256)) octets[i] = rest % 256;
  return octets;
}

/** Whether two public octet strings are the same. Not for secrets: the time tells where they differ. */
export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, i) => octet === b[i]);

/** Whether two codes of equal length are the same, in a time that does not tell where they differ. */
export function sameCode(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ (b[i] ?? 0);
  return difference === 0;
}

/** Orders octet strings of one length as numbers. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Lowercase hexadecimal. */
export const hex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** Whether a text is `length` octets in lowercase hexadecimal. */
export const isHex = (text: unknown, length: number): text is string =>
  typeof text === 'string' && text.length === 2 * length && /^[0-9a-f]*$/.test(text);

/**
 * Reads `length` octets of lowercase hexadecimal.
 * @throws {MalformedError} another length or another character
 */
export function fromHex(text: string, length: number): Uint8Array {
  if (!isHex(text, length)) throw new MalformedError(`${length} bytes are written as ${2 * length} small hexadecimal digits`);
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Base64 of RFC 4648 section 4, with padding. */
export const base64 = (octets: Uint8Array): string => btoa(String.fromCharCode(...octets));

/**
 * Reads base64 with padding, exactly as {@link base64} writes it.
 * @throws {MalformedError} another alphabet, missing padding, stray bits
 */
export function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new MalformedError('not base64');
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new MalformedError('not base64');
  }
  const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (base64(octets) !== text) throw new MalformedError('base64 in another form than the canonical one');
  return octets;
}
