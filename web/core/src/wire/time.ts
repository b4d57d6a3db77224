import { MalformedError } from '@safeconduct/crypto';

/** Seconds of a day and an hour. */
export const DAY = 86_400;
export const HOUR = 3_600;

/** The first and the last time that can be written, Unix seconds: years 2020 to 2199. */
export const FIRST_TIME = 1_577_836_800;
export const LAST_TIME = 7_258_118_399;

const FORM = /^(?:20[2-9]\d|21\d\d)-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Whether a text is a time (register.md 1.5): `YYYY-MM-DDThh:mm:ssZ`, years 2020 to 2199, a real date, no leap second. */
export function isTime(text: unknown): text is string {
  if (typeof text !== 'string' || !FORM.test(text)) return false;
  const milliseconds = Date.parse(text);
  return !Number.isNaN(milliseconds) && formatTime(milliseconds / 1000) === text;
}

/**
 * Unix seconds of a time.
 * @throws {MalformedError} not in the form of register.md 1.5
 */
export function seconds(time: string): number {
  if (!isTime(time)) throw new MalformedError('not a time of the form YYYY-MM-DDThh:mm:ssZ');
  return Date.parse(time) / 1000;
}

/** What is remembered of a device's clock, which may stand anywhere: whole seconds of the years 2020 to 2199. */
export const ofClock = (now: number): number => Math.floor(Math.min(Math.max(now, FIRST_TIME), LAST_TIME));

/** The time of Unix seconds, which are whole. */
export const formatTime = (unixSeconds: number): string =>
  new Date(unixSeconds * 1000).toISOString().replace('.000Z', 'Z');
