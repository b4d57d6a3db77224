const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
/** Octets that root words and office words show. */
const SHOWN = 16;

/** The first 16 octets of a hash as eight proquints joined by `-` (register.md 3): words that read the same everywhere. */
export function rootWords(hash: Uint8Array): string {
  const words: string[] = [];
  for (let i = 0; i < SHOWN; i += 2) words.push(proquint((hash[i]! << 8) | hash[i + 1]!));
  return words.join('-');
}

/** Sixteen bits as consonant, vowel, consonant, vowel, consonant: 4, 2, 4, 2 and 4 bits from the high end. */
function proquint(bits: number): string {
  return CONSONANTS[bits >> 12]! + VOWELS[(bits >> 10) & 3]! + CONSONANTS[(bits >> 6) & 15]!
    + VOWELS[(bits >> 4) & 3]! + CONSONANTS[bits & 15]!;
}
