import { i2osp } from '../wire/bytes.ts';
import { HOUR } from '../wire/time.ts';

/** An hour of the clock in UTC, the finest time of a visit: hours since 1970, 0 to 2^31 - 1 (presence.md 3.2). */
export type Hour = number;

/** The last hour there is. */
export const LAST_HOUR = 2 ** 31 - 1;
/** Octets of an hour. */
export const HOUR_LENGTH = 4;
export const HOURS_A_DAY = 24;

/** The hour that holds a time. @param now Unix seconds */
export const hourOf = (now: number): Hour => Math.floor(now / HOUR);

/** The first second of an hour. */
export const startOf = (hour: Hour): number => hour * HOUR;

/** I2OSP(hour, 4). */
export const hourOctets = (hour: Hour): Uint8Array => i2osp(hour, HOUR_LENGTH);
