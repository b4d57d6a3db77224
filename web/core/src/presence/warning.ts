import { IdentityKey, MalformedError } from '@safeconduct/crypto';
import { HASH_LENGTH } from '../wire/hash.ts';
import { type Hour, HOUR_LENGTH, LAST_HOUR } from './hour.ts';
import { type Notice, openNotice, SEALED_LENGTH } from './notice.ts';

const IDENTITY_AT = HOUR_LENGTH;
const KEY_AT = IDENTITY_AT + HASH_LENGTH;
const NOTICE_AT = KEY_AT + IdentityKey.LENGTH;

/** Octets of a warning. */
export const WARNING_LENGTH = NOTICE_AT + SEALED_LENGTH;

/**
 * The published key of one poster in one hour, and a notice for those who were there (presence.md 5.4). Names no visitor;
 * who has the poster sees that it was warned, nobody else sees even that.
 */
export class Warning {
  readonly hour: Hour;
  /** What names the poster in that hour. */
  readonly identity: Uint8Array;
  readonly key: IdentityKey;
  readonly #octets: Uint8Array;

  private constructor(octets: Uint8Array, hour: Hour, key: IdentityKey) {
    this.#octets = octets;
    this.hour = hour;
    this.identity = octets.slice(IDENTITY_AT, KEY_AT);
    this.key = key;
  }

  /** Reads a warning; whether it warns of anything shows when matching. @throws {MalformedError} not 144 bytes of one */
  static parse(octets: Uint8Array): Warning {
    if (octets.length !== WARNING_LENGTH) throw new MalformedError(`a warning has ${WARNING_LENGTH} bytes`);
    const hour = new DataView(octets.buffer, octets.byteOffset).getUint32(0);
    if (hour > LAST_HOUR) throw new MalformedError('there is no such hour');
    return new Warning(octets.slice(), hour, IdentityKey.parse(octets.subarray(KEY_AT, NOTICE_AT)));
  }

  /** The notice, if this is the message of its visit. */
  open(message: Uint8Array): Notice | null {
    return openNotice(this.#octets.subarray(NOTICE_AT), message);
  }

  /** The 144 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }
}
