import type { IdentityKey } from '@safeconduct/crypto';
import type { Hour } from './hour.ts';
import type { VenueCode } from './venueCode.ts';

/** What a venue gives for one hour that may have to be warned: half of a key, useless alone (presence.md 5.2). A secret. */
export interface VenueHour {
  readonly venue: VenueCode;
  readonly hour: Hour;
  /** Of the key of this poster's identity in this hour. */
  readonly part: IdentityKey;
  /** The code of the hour for visitors without a phone, 8 digits of Crockford's base 32. */
  readonly slip: string;
}
