import { MalformedError, type RandomBytes } from '@safeconduct/crypto';
import { hex } from '../wire/bytes.ts';
import { crockford, fromCrockford } from '../wire/crockford.ts';
import { label, sha256 } from '../wire/hash.ts';

const LENGTH = 16;
const DIGITS = 26;

/** Lets one venue upload once for one case: 16 secret bytes, 26 digits of base 32 (presence.md 5.1). */
export class UploadToken {
  readonly #octets: Uint8Array;

  private constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  /** A new token. */
  static random(random: RandomBytes): UploadToken {
    return new UploadToken(random(LENGTH));
  }

  /**
   * Reads a token.
   * @throws {MalformedError} not 26 digits of Crockford's base 32, upper case, the last two bits 0
   */
  static parse(text: string): UploadToken {
    const octets = fromCrockford(text.slice(0, DIGITS));
    if (octets.length !== LENGTH || crockford(octets, DIGITS) !== text) throw new MalformedError('not an upload token');
    return new UploadToken(octets);
  }

  /** Reads a token as somebody types it: small letters, spaces and hyphens, O for 0, I and L for 1. @throws {MalformedError} */
  static typed(text: string): UploadToken {
    const plain = text.slice(0, 100).replace(/[\s-]/g, '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
    return UploadToken.parse(plain.replace(/O/g, '0').replace(/[IL]/g, '1'));
  }

  /** What the authority stores, in hexadecimal: SHA-256(label(upload) ‖ token). */
  get hash(): string {
    return hex(sha256(label('upload'), this.#octets));
  }

  /** The 26 digits. Whoever reads them may upload. */
  toText(): string {
    return crockford(this.#octets, DIGITS);
  }

  toString(): string {
    return 'UploadToken[secret]';
  }
}
