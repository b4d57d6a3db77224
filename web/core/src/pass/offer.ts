import { MalformedError, type RandomBytes } from '@safeconduct/crypto';
import { fromHex, hex } from '../wire/bytes.ts';
import { PREFIXES } from '../wire/code.ts';
import { crockford, fromCrockford } from '../wire/crockford.ts';
import { HASH_LENGTH, label, sha256 } from '../wire/hash.ts';
import type { Leaf } from '../register/line.ts';

const CODE_LENGTH = 16;
const CODE_CHARACTERS = 26;
const CHECK_CHARACTERS = 2;
const MOST_CHARACTERS = 200;
const GROUP = 4;
const WALLET_SECRET_LENGTH = 32;

/** A bearer code for passes of one scheme (http.md 2): whoever redeems it first has it. Never log it. */
export class Offer {
  /** The 26 characters, as `/token` wants them. */
  readonly code: string;
  readonly #check: string;

  private constructor(code: string, check: string) {
    this.code = code;
    this.#check = check;
  }

  /** An offer of an office. @param code 16 random bytes */
  static of(code: Uint8Array, office: Leaf): Offer {
    if (code.length !== CODE_LENGTH) throw new RangeError('an offer has 16 bytes');
    return new Offer(crockford(code, CODE_CHARACTERS), checkOf(code, office));
  }

  /**
   * Reads an offer as scanned or typed: lower case, spaces, hyphens, and O, I, L for 0 and 1 are taken; the prefix may
   * be missing.
   * @throws {MalformedError} anything else
   */
  static parse(text: string): Offer {
    if (text.length > MOST_CHARACTERS) throw new MalformedError('the code is too long');
    // ASCII letters only: the capital of a dotless i would be read as 1.
    const plain = text.replace(/[\r\n -]/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
    const bare = plain.startsWith(PREFIXES.offer) ? plain.slice(PREFIXES.offer.length) : plain;
    const characters = bare.replace(/O/g, '0').replace(/[IL]/g, '1');
    if (characters.length !== CODE_CHARACTERS + CHECK_CHARACTERS) throw new MalformedError('an offer has 28 characters');
    const code = characters.slice(0, CODE_CHARACTERS);
    fromCrockford(characters);
    if (crockford(fromCrockford(code), CODE_CHARACTERS) !== code) throw new MalformedError('an offer ends in two bits 0');
    return new Offer(code, characters.slice(CODE_CHARACTERS));
  }

  /** The 16 bytes. */
  get bytes(): Uint8Array {
    return fromCrockford(this.code);
  }

  /** Whether the check characters are those of an office: how a wallet finds its office, and sees a typing error. */
  isOf(office: Leaf): boolean {
    return checkOf(this.bytes, office) === this.#check;
  }

  /** As it is printed: prefix and groups of four. */
  toText(): string {
    const all = this.code + this.#check;
    return PREFIXES.offer + Array.from({ length: all.length / GROUP }, (_, i) => all.slice(GROUP * i, GROUP * (i + 1))).join('-');
  }

  toString(): string {
    return 'Offer[secret]';
  }
}

/** What binds an offer to this wallet: new for every offer, and kept for retries and later epochs (http.md 4). */
export const walletSecret = (random: RandomBytes): Uint8Array => random(WALLET_SECRET_LENGTH);

/** `wallet_hash` of a wallet secret. */
export const walletHash = (secret: Uint8Array): string => hex(sha256(label('wallet'), secret));

/** The first 10 bits of a hash over office and code, as two characters. */
const checkOf = (code: Uint8Array, office: Leaf): string =>
  crockford(sha256(label('offer'), fromHex(office, HASH_LENGTH), code), CHECK_CHARACTERS);
