import { hkdfSha256, MalformedError, type RandomBytes, VerificationError } from '@safeconduct/crypto';
import { IbeSecretKey } from '@safeconduct/crypto/extracting';
import type { Leaf } from '../register/line.ts';
import { concat } from '../wire/bytes.ts';
import { anyArray, arrayOf, type Cbor, octetsOf } from '../wire/cbor.ts';
import { codeText, readCode } from '../wire/code.ts';
import { crockford } from '../wire/crockford.ts';
import { label, sha256 } from '../wire/hash.ts';
import { type Hour, hourOctets } from './hour.ts';
import type { Poster } from './poster.ts';
import { SEED_LENGTH, VenueCode } from './venueCode.ts';
import type { VenueHour } from './venueHour.ts';

const VERSION = 1;
/** Most posters of one sheet; as many as fit into the bytes of a code. */
export const MOST_POSTERS = 16;
const SLIP_OCTETS = 5;
const SLIP_DIGITS = 8;

/**
 * What a venue keeps locked away: its half of the key, and its posters (presence.md 3.4). A secret; without the authority
 * it opens nothing.
 */
export class TracingSheet {
  /** Oldest first. */
  readonly posters: readonly VenueCode[];
  readonly #secret: IbeSecretKey;

  private constructor(secret: IbeSecretKey, posters: readonly VenueCode[]) {
    this.#secret = secret;
    this.posters = posters;
  }

  /** A new key, without posters. */
  static create(random: RandomBytes): TracingSheet {
    return new TracingSheet(IbeSecretKey.random(random), []);
  }

  /**
   * Reads the text of a sheet.
   * @throws {MalformedError} not the one form of a sheet
   * @throws {VerificationError} one of its posters was not made with its key
   */
  static parse(text: string): TracingSheet {
    const [secret, items] = readSheet(text);
    const posters = items.map((item) => VenueCode.parseBytes(octetsOf(item)));
    const key = IbeSecretKey.parse(octetsOf(secret));
    if (posters.some((poster) => !poster.key.equals(key.publicKey))) {
      throw new VerificationError('a poster on this sheet is not of its key');
    }
    return new TracingSheet(key, posters);
  }

  /**
   * This sheet with one more poster, which has a seed of its own.
   * @throws {MalformedError} a field of the poster is not as it has to be, or the sheet is full
   */
  with(poster: Poster, authority: Leaf, random: RandomBytes): TracingSheet {
    const key = this.#secret.publicKey;
    const code = VenueCode.of({ key, proof: this.#secret.prove(), seed: random(SEED_LENGTH), poster, authority });
    const sheet = new TracingSheet(this.#secret, [...this.posters, code]);
    // Throws where it is full; the posters before this one were looked at when they came.
    readSheet(sheet.toText());
    return sheet;
  }

  /** The venue's part of the key that opens the visits to this poster in this hour, and the hour's slip code. */
  part(venue: VenueCode, hour: Hour): VenueHour {
    this.#requireOwn(venue);
    return { venue, hour, part: this.#secret.extract(venue.identity(hour)), slip: this.slip(venue, hour) };
  }

  /** What a visitor without a phone takes along from this poster in this hour: 8 letters and digits (presence.md 3.5). */
  slip(venue: VenueCode, hour: Hour): string {
    this.#requireOwn(venue);
    const info = concat(label('slip'), sha256(venue.toBytes()), hourOctets(hour));
    return crockford(hkdfSha256(this.#secret.toBytes(), new Uint8Array(), info, SLIP_OCTETS), SLIP_DIGITS);
  }

  #requireOwn(venue: VenueCode): void {
    if (!this.posters.some((own) => own.equals(venue))) throw new RangeError('this poster is not on the sheet');
  }

  /** The text to print once and lock away. A secret. */
  toText(): string {
    return codeText('tracingSheet', [VERSION, this.#secret.toBytes(), this.posters.map((poster) => poster.toBytes())]);
  }

  toString(): string {
    return 'TracingSheet[secret]';
  }
}

/** The secret and the posters of a sheet's text, not yet looked at. */
function readSheet(text: string): [secret: Cbor, posters: readonly Cbor[]] {
  const [version, secret, list] = arrayOf(readCode('tracingSheet', text), 3);
  if (version !== VERSION) throw new MalformedError('a tracing sheet of an unknown version');
  const items = anyArray(list);
  if (items.length > MOST_POSTERS) throw new MalformedError(`a tracing sheet has at most ${MOST_POSTERS} posters`);
  return [secret!, items];
}
