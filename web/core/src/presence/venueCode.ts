import { hkdfSha256, IbePublicKey, MalformedError, PossessionProof } from '@safeconduct/crypto';
import type { Leaf } from '../register/line.ts';
import { concat, fromHex, hex, sameOctets } from '../wire/bytes.ts';
import { arrayOf, decodeCbor, encodeCbor, octetsOf } from '../wire/cbor.ts';
import { codeText, readCodeOctets } from '../wire/code.ts';
import { HASH_LENGTH, label, sha256 } from '../wire/hash.ts';
import { type Hour, hourOctets } from './hour.ts';
import { type Poster, readPoster, VENUE_KINDS } from './poster.ts';

const VERSION = 1;
const FIELDS = 12;
const MESSAGE_LENGTH = 32;

/** Octets of a poster's seed. */
export const SEED_LENGTH = 16;

/** What a venue code is made of. */
export interface VenueCodeFields {
  readonly key: IbePublicKey;
  readonly proof: PossessionProof;
  readonly seed: Uint8Array;
  readonly poster: Poster;
  /** The leaf hash of the authority line. */
  readonly authority: Leaf;
}

/**
 * The code on a poster: what it says, and the venue's half of the key that visits are sealed to (presence.md 3.1). One that
 * exists has a valid proof of possession: its maker cannot open visits without the authority. Prints nothing of the venue.
 */
export class VenueCode {
  readonly poster: Poster;
  /** The venue's half of the key. */
  readonly key: IbePublicKey;
  /** The leaf hash of the authority line. */
  readonly authority: Leaf;
  readonly #seed: Uint8Array;
  readonly #octets: Uint8Array;

  private constructor(octets: Uint8Array, { key, seed, poster, authority }: VenueCodeFields) {
    this.#octets = octets;
    this.#seed = seed;
    this.poster = poster;
    this.key = key;
    this.authority = authority;
  }

  /**
   * A code of these fields.
   * @throws {MalformedError} as {@link parseBytes}
   * @throws {VerificationError} the proof does not hold
   */
  static of({ key, proof, seed, poster, authority }: VenueCodeFields): VenueCode {
    const { name, place, room, kind, stay, region, end } = poster;
    return VenueCode.parseBytes(encodeCbor([
      VERSION, key.toBytes(), proof.toBytes(), seed, name, place, room, VENUE_KINDS.indexOf(kind), stay, region,
      fromHex(authority, HASH_LENGTH), end,
    ]));
  }

  /**
   * Reads the text of a poster.
   * @throws {MalformedError} not the one form of a venue code
   * @throws {VerificationError} the proof of possession does not hold
   */
  static parse(text: string): VenueCode {
    return VenueCode.parseBytes(readCodeOctets('venue', text));
  }

  /** Reads the octets behind the prefix; otherwise like {@link parse}. */
  static parseBytes(octets: Uint8Array): VenueCode {
    const [version, key, proof, seed, name, place, room, kind, stay, region, authority, end] = arrayOf(decodeCbor(octets), FIELDS);
    if (version !== VERSION) throw new MalformedError('a venue code of an unknown version');
    const fields: VenueCodeFields = {
      key: IbePublicKey.parse(octetsOf(key)), proof: PossessionProof.parse(octetsOf(proof)), seed: octetsOf(seed, SEED_LENGTH),
      poster: readPoster(name!, place!, room!, kind!, stay!, region!, end!), authority: hex(octetsOf(authority, HASH_LENGTH)),
    };
    fields.key.verify(fields.proof);
    return new VenueCode(octets.slice(), fields);
  }

  /** What names this poster in one hour (presence.md 3.2); it covers every byte of the poster. */
  identity(hour: Hour): Uint8Array {
    return sha256(label('identity'), this.#octets, hourOctets(hour));
  }

  /** The 32 bytes that are sealed into a slot and that open the hour's notice (presence.md 3.3). */
  message(hour: Hour): Uint8Array {
    return hkdfSha256(this.#seed, new Uint8Array(), concat(label('notice'), hourOctets(hour)), MESSAGE_LENGTH);
  }

  /** The octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  /** The text for the poster's QR code. */
  toText(): string {
    return codeText('venue', decodeCbor(this.#octets));
  }

  equals(other: VenueCode): boolean {
    return sameOctets(this.#octets, other.#octets);
  }

  toString(): string {
    return 'VenueCode';
  }
}
