import { MalformedError, VerificationError } from '@safeconduct/crypto';
import type { Register } from '../register/register.ts';
import { Venue } from './venue.ts';
import { VenueCode } from './venueCode.ts';

/** Why a wallet does not check in (presence.md 3.1), in the order in which it is said. */
export type ScannedReason =
  /** Not a venue code. */
  | 'NOT_A_POSTER'
  /** Whoever made it does not know its key, or took it from somebody: the poster was tampered with. */
  | 'FORGED'
  /** No register that this wallet knows has the authority. */
  | 'UNKNOWN_AUTHORITY'
  /** The authority has no such region. */
  | 'UNKNOWN_REGION'
  /** The poster has ended. */
  | 'ENDED';

/** What a wallet makes of a poster: a venue that it can check in at, or a reason why not. */
export type Scanned = Venue | { readonly kind: 'REFUSED'; readonly reason: ScannedReason };

/**
 * Reads the text of a poster. Show name, place and room before anything is sealed.
 * @param registers those the wallet knows, or what else tells the authority under a leaf hash
 * @param now Unix seconds
 */
export function scan(text: string, registers: readonly Pick<Register, 'authority'>[], now: number): Scanned {
  try {
    const code = VenueCode.parse(text);
    const authority = registers.map((register) => register.authority(code.authority)).find((line) => line !== null);
    if (authority === undefined) return refused('UNKNOWN_AUTHORITY');
    if (code.poster.region >= authority.regions.length) return refused('UNKNOWN_REGION');
    if (code.poster.end !== null && now >= code.poster.end) return refused('ENDED');
    return new Venue(code, authority);
  } catch (error) {
    if (error instanceof MalformedError) return refused('NOT_A_POSTER');
    if (error instanceof VerificationError) return refused('FORGED');
    throw error;
  }
}

const refused = (reason: ScannedReason): Scanned => ({ kind: 'REFUSED', reason });
