import { domainSize } from '../register/domain.ts';
import type { Leaf } from '../register/line.ts';
import type { Register } from '../register/register.ts';
import { epochOfScheme } from './layout.ts';

/** Below so many the wallet warns. */
export const SMALL_CROWD = 100;

/**
 * How many people could have made a showing that discloses these attributes (pass.md 8): the office's own figures,
 * evenly spread, rounded down. No more than that.
 */
export function crowdSize(register: Register, epoch: Leaf, attributes: readonly number[]): number {
  const { epoch: line, scheme } = epochOfScheme(register, epoch);
  const values = attributes.reduce((product, index) => product * domainSize(scheme.attributes[index]!.domain), 1);
  return Math.floor(line.holders / values);
}
