import { IdentityKey, MalformedError, type RandomBytes } from '@safeconduct/crypto';
import { fromHex, hex } from '../wire/bytes.ts';
import { MOST_OCTETS } from '../wire/cbor.ts';
import { type Json, listOf, membersOf, parseJson, printJson, stringOf, wholeNumber } from '../wire/json.ts';
import { matching } from '../wire/text.ts';
import { LAST_HOUR } from './hour.ts';
import { UploadToken } from './uploadToken.ts';
import { VenueCode } from './venueCode.ts';
import type { VenueHour } from './venueHour.ts';

/** Most posters of an upload, and most hours of one poster. */
const MOST_POSTERS = 16;
export const MOST_UPLOAD_HOURS = 48;
/** Octets of a body that travels (presence.md 5.2), and what the JSON takes at most of them. */
const LENGTHS = [16_384, 65_536, 262_144] as const;
const MOST_BODY = LENGTHS[2];
const FRAME = 100;
const HOUR = 150;

/** What a venue sends for a case: its parts for some hours (presence.md 5.2). Tells nothing of visitors. */
export class Upload {
  readonly token: UploadToken;
  /** Different ones, grouped by poster, ascending. */
  readonly hours: readonly VenueHour[];

  private constructor(token: UploadToken, hours: readonly VenueHour[]) {
    this.token = token;
    this.hours = hours;
  }

  /**
   * An upload of these hours.
   * @throws {MalformedError} none at all, more than 16 posters, or more than 48 different hours of one
   */
  static of(token: UploadToken, hours: readonly VenueHour[]): Upload {
    const upload = new Upload(token, hours);
    return Upload.parse(new TextEncoder().encode(upload.toJson()));
  }

  /**
   * Reads the body of `POST /authority/upload` in its canonical form.
   * @throws {MalformedError} another form, a poster twice, or hours that do not ascend
   * @throws {VerificationError} a poster's proof of possession does not hold
   */
  static parse(body: Uint8Array): Upload {
    const { token, posters } = membersOf(parseJson(body, MOST_BODY), ['posters', 'token']);
    const seen: VenueCode[] = [];
    const read = UploadToken.parse(stringOf(token));
    const hours = listOf(posters, 1, MOST_POSTERS, (poster) => {
      const { venue, hours: some } = membersOf(poster, ['hours', 'venue']);
      const code = venueOf(stringOf(venue));
      if (seen.some((other) => other.equals(code))) throw new MalformedError('a poster twice');
      seen.push(code);
      return hoursOf(code, some);
    });
    return new Upload(read, hours.flat());
  }

  /** The body to send. A secret until the authority has it. */
  toJson(): string {
    const byPoster = new Map<string, VenueHour[]>();
    for (const hour of this.hours) {
      const key = hex(hour.venue.toBytes());
      byPoster.set(key, [...(byPoster.get(key) ?? []), hour]);
    }
    const posters = Array.from(byPoster, ([venue, some]): Json => ({
      venue,
      hours: [...some].sort((a, b) => a.hour - b.hour).map(({ hour, part, slip }) => ({ hour, part: hex(part.toBytes()), slip })),
    }));
    return printJson({ token: this.token.toText(), posters });
  }

  /**
   * The body as it travels: as long as any of this venue, however many hours it holds.
   * @param posters all that the venue has
   */
  toBody(posters: readonly VenueCode[]): string {
    return filled(this.toJson(), posters);
  }

  /** A body that looks on the line like any upload of this venue, and that the authority drops. */
  static dummyBody(posters: readonly VenueCode[], random: RandomBytes): string {
    return filled(printJson({ token: UploadToken.random(random).toText(), posters: [] }), posters);
  }

  toString(): string {
    return `Upload[${this.hours.length} hours]`;
  }
}

/** Filled up with spaces to the shortest length that has room for all hours of all posters; the JSON is of ASCII. */
function filled(json: string, posters: readonly VenueCode[]): string {
  const most = posters.reduce((sum, code) => sum + FRAME + 2 * code.toBytes().length + HOUR * MOST_UPLOAD_HOURS, FRAME);
  return json.padEnd(LENGTHS.find((length) => length >= most) ?? MOST_BODY);
}

function venueOf(text: string): VenueCode {
  if (text.length > 2 * MOST_OCTETS) throw new MalformedError('the code is too long');
  return VenueCode.parseBytes(fromHex(text, text.length / 2));
}

function hoursOf(venue: VenueCode, value: unknown): readonly VenueHour[] {
  const hours = listOf(value, 1, MOST_UPLOAD_HOURS, (item): VenueHour => {
    const { hour, part, slip } = membersOf(item, ['hour', 'part', 'slip']);
    return {
      venue, hour: wholeNumber(hour, 0, LAST_HOUR), part: IdentityKey.parse(fromHex(stringOf(part), IdentityKey.LENGTH)),
      slip: matching(slip, /^[0-9A-HJKMNP-TV-Z]{8}$/, 'a slip code'),
    };
  });
  if (hours.some(({ hour }, i) => i > 0 && hour <= hours[i - 1]!.hour)) throw new MalformedError('hours ascend without repeats');
  return hours;
}
