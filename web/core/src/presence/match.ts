import type { Hour } from './hour.ts';
import type { Notice } from './notice.ts';

/** A visit of this phone that was warned. Kept until the retention time ends, shown to its owner, told to nobody. */
export interface Match {
  readonly hour: Hour;
  /** What the authority advises. */
  readonly notice: Notice;
}
