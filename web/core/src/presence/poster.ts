import { MalformedError } from '@safeconduct/crypto';
import { type Cbor, orNull, uint } from '../wire/cbor.ts';
import { shortText } from '../wire/text.ts';

/** What kind of place a venue is; the number in a poster is the position here (presence.md 3.1). */
export const VENUE_KINDS = [
  'FOOD_AND_DRINK', 'SHOP', 'CULTURE', 'SPORT', 'WORSHIP', 'WORK', 'SCHOOL', 'HEALTH', 'TRANSPORT', 'EVENT', 'HOTEL',
  'HAIRDRESSER', 'MEETING', 'PUBLIC_OFFICE', 'PRIVATE', 'OTHER',
] as const;

export type VenueKind = (typeof VENUE_KINDS)[number];

/** Longest usual stay, in hours. */
export const LONGEST_STAY = 12;
const MOST_REGIONS = 64;
/** The first second of the year 2200. */
const LATEST = 7_258_118_400;

/** What a poster says to people (presence.md 3.1). */
export interface Poster {
  /** A short text, as `place` and `room` are. */
  readonly name: string;
  readonly place: string;
  /** Which of its rooms. */
  readonly room: string | null;
  readonly kind: VenueKind;
  /** Usual stay, 1 to 12 hours. */
  readonly stay: number;
  /** Index into the authority's regions, 0 to 63. */
  readonly region: number;
  /** Unix seconds before the year 2200. */
  readonly end: number | null;
}

/**
 * Reads the seven fields of a poster.
 * @throws {MalformedError} a text, kind, stay, region or end that presence.md 3.1 does not know
 */
export function readPoster(name: Cbor, place: Cbor, room: Cbor, kind: Cbor, stay: Cbor, region: Cbor, end: Cbor): Poster {
  const poster: Poster = {
    name: shortText(name), place: shortText(place), room: orNull(room, shortText),
    kind: VENUE_KINDS[uint(kind, VENUE_KINDS.length - 1)]!, stay: uint(stay, LONGEST_STAY), region: regionOf(region),
    end: orNull(end, timeOf),
  };
  if (poster.stay === 0) throw new MalformedError('a usual stay has at least an hour');
  return poster;
}

/** Reads an index into an authority's regions. @throws {MalformedError} anything else */
export const regionOf = (value: Cbor | undefined): number => uint(value, MOST_REGIONS - 1);

/** Reads Unix seconds before the year 2200. @throws {MalformedError} anything else */
export const timeOf = (value: Cbor | undefined): number => uint(value, LATEST - 1);
