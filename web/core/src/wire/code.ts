import { MalformedError } from '@safeconduct/crypto';
import { base45, fromBase45 } from './base45.ts';
import { type Cbor, decodeCbor, encodeCbor, MOST_OCTETS } from './cbor.ts';

/** The prefixes of pass.md 2.2, by what stands behind them. */
export const PREFIXES = {
  question: 'SCQ1:',
  showing: 'SCS1:',
  offer: 'SCO1:',
  doorSetup: 'SCD1:',
  stampBook: 'SCB1:',
  venue: 'SCV1:',
  tracingSheet: 'SCT1:',
} as const;

/** What a code is. */
export type CodeKind = keyof typeof PREFIXES;

/** No code of ours is longer: the longest encoding in Base45, its prefix, and line ends. */
const MOST_CHARACTERS = 5 + (MOST_OCTETS / 2) * 3 + 16;

/** A code as text: prefix and Base45 of the canonical encoding. */
export const codeText = (kind: CodeKind, value: Cbor): string => PREFIXES[kind] + base45(encodeCbor(value));

/** What a scanned text claims to be by its prefix, or null if it is none of ours. */
export function kindOfCode(text: string): CodeKind | null {
  const stripped = strip(text);
  const kinds = Object.keys(PREFIXES) as CodeKind[];
  return kinds.find((kind) => stripped.startsWith(PREFIXES[kind])) ?? null;
}

/**
 * Reads a code of one kind.
 * @throws {MalformedError} another prefix, not Base45, not canonical
 */
export function readCode(kind: CodeKind, text: string): Cbor {
  return decodeCbor(readCodeOctets(kind, text));
}

/**
 * The octets behind a prefix.
 * @throws {MalformedError} another prefix, not Base45
 */
export function readCodeOctets(kind: CodeKind, text: string): Uint8Array {
  if (text.length > MOST_CHARACTERS) throw new MalformedError('the code is too long');
  const stripped = strip(text);
  if (!stripped.startsWith(PREFIXES[kind])) throw new MalformedError('a code of another kind');
  const octets = fromBase45(stripped.slice(PREFIXES[kind].length));
  if (octets.length > MOST_OCTETS) throw new MalformedError('the code is too long');
  return octets;
}

/** Without CR and LF at the ends, and nothing else: a space is a Base45 character. */
const strip = (text: string): string => text.replace(/^[\r\n]+|[\r\n]+$/g, '');
