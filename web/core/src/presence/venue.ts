import { type IbeCiphertext, IbePublicKey, type RandomBytes } from '@safeconduct/crypto';
import type { AuthorityLine } from '../register/line.ts';
import { fromHex } from '../wire/bytes.ts';
import { type Hour, hourOf } from './hour.ts';
import type { Poster } from './poster.ts';
import type { VenueCode } from './venueCode.ts';

/** A poster whose authority stands in a register that the wallet knows. Forget it after check-in. Prints nothing of it. */
export class Venue {
  readonly kind = 'VENUE';
  /** The authority that would have to agree to a warning. */
  readonly authority: AuthorityLine;
  readonly #code: VenueCode;
  readonly #key: IbePublicKey;
  readonly #ready = new Map<Hour, IbeCiphertext>();

  /** @throws {VerificationError} the two halves of the key cancel out */
  constructor(code: VenueCode, authority: AuthorityLine) {
    this.authority = authority;
    this.#code = code;
    this.#key = code.key.plus(IbePublicKey.parse(fromHex(authority.tracing_key, IbePublicKey.LENGTH)));
  }

  /** What the poster says. */
  get poster(): Poster {
    return this.#code.poster;
  }

  /** Seals the hours of a visit ahead, while its owner still reads the venue's name; {@link seal} then hands them out. */
  prepare(now: number, random: RandomBytes): void {
    for (let i = 0; i < this.poster.stay; i++) this.#ready.set(hourOf(now) + i, this.#sealed(hourOf(now) + i, random));
  }

  /** A visit in this hour, sealed to venue and authority together (presence.md 4.2); never the same twice. */
  seal(hour: Hour, random: RandomBytes): IbeCiphertext {
    const ready = this.#ready.get(hour) ?? this.#sealed(hour, random);
    this.#ready.delete(hour);
    return ready;
  }

  #sealed(hour: Hour, random: RandomBytes): IbeCiphertext {
    return this.#key.encrypt(this.#code.identity(hour), this.#code.message(hour), random);
  }

  toString(): string {
    return 'Venue';
  }
}
