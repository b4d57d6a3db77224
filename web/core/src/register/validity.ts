import { DAY, seconds } from '../wire/time.ts';
import type { Leaf } from './line.ts';
import type { Register } from './register.ts';

/** Days after its end until an epoch's secret key must be public (register.md 5.4). */
export const OVERDUE_AFTER = 30 * DAY;
/** Days after which new epochs of an office that has not published do not count. */
export const SUSPENDED_AFTER = 60 * DAY;

/** How a scheme stands at a time. */
export type SchemeState = 'VALID' | 'SCHEME_STOPPED' | 'SCHEME_OVER';

/** How an epoch stands at a time; its scheme comes first. */
export type EpochState =
  | SchemeState
  | 'EPOCH_CLOSED' | 'EPOCH_STOPPED' | 'EPOCH_SUSPENDED' | 'EPOCH_SPARE' | 'EPOCH_NOT_YET' | 'EPOCH_OVER';

/** How an asker stands at a time; its scheme comes first. */
export type AskerState = SchemeState | 'ASKER_STOPPED' | 'ASKER_OVER';

/** The state of a scheme of this register at `now`, Unix seconds (register.md 5.3). */
export function schemeState(register: Register, leaf: Leaf, now: number): SchemeState {
  const scheme = register.scheme(leaf);
  if (scheme === null) throw new RangeError('no such scheme');
  if (isStopped(register, leaf, now)) return 'SCHEME_STOPPED';
  return now < seconds(scheme.sunset) ? 'VALID' : 'SCHEME_OVER';
}

/** The state of an epoch of this register at `now`, Unix seconds (register.md 5.3 and 5.4): the first that applies. */
export function epochState(register: Register, leaf: Leaf, now: number): EpochState {
  const epoch = register.epoch(leaf);
  if (epoch === null) throw new RangeError('no such epoch');
  const scheme = schemeState(register, epoch.scheme, now);
  if (scheme !== 'VALID') return scheme;
  if (register.closedOf(leaf) !== null) return 'EPOCH_CLOSED';
  if (isStopped(register, leaf, now)) return 'EPOCH_STOPPED';
  if (isSuspended(register, leaf)) return 'EPOCH_SUSPENDED';
  const main = register.mainOf(leaf);
  if (main !== null && !isStopped(register, main, now)) return 'EPOCH_SPARE';
  if (now < seconds(epoch.from)) return 'EPOCH_NOT_YET';
  return now < seconds(epoch.until) ? 'VALID' : 'EPOCH_OVER';
}

/** The state of an asker of this register at `now`, Unix seconds (register.md 5.3). */
export function askerState(register: Register, leaf: Leaf, now: number): AskerState {
  const asker = register.asker(leaf);
  if (asker === null) throw new RangeError('no such asker');
  const scheme = schemeState(register, asker.scheme, now);
  if (scheme !== 'VALID') return scheme;
  if (isStopped(register, leaf, now)) return 'ASKER_STOPPED';
  return now < seconds(asker.until) ? 'VALID' : 'ASKER_OVER';
}

/** The epochs whose secret key should be public by now and is not: clients show them (register.md 5.4). */
export const overdueEpochs = (register: Register, now: number): readonly Leaf[] =>
  register.leavesOf('epoch').filter((leaf) =>
    register.closedOf(leaf) === null && now >= seconds(register.epoch(leaf)!.until) + OVERDUE_AFTER);

/** Whether the office had failed to publish an epoch that ended 60 days or more before this one begins. */
export const isSuspended = (register: Register, leaf: Leaf): boolean =>
  register.earliestUnclosed + SUSPENDED_AFTER <= seconds(register.epoch(leaf)!.from);

/** The epoch of a scheme in whose time `now` lies: the main one, or its spare once the main one is stopped; or null. */
export function runningEpoch(register: Register, scheme: Leaf, now: number): Leaf | null {
  const candidates = register.epochsOf(scheme).flatMap((main) => [main, register.spareOf(main)]);
  return candidates.find((leaf) => leaf !== null && epochState(register, leaf, now) === 'VALID') ?? null;
}

function isStopped(register: Register, leaf: Leaf, now: number): boolean {
  const stop = register.stopOf(leaf);
  return stop !== null && now >= seconds(stop.from);
}
