import { MalformedError } from '@safeconduct/crypto';
import { seconds } from '../wire/time.ts';
import { utf8 } from '../wire/bytes.ts';
import type { Domain, SchemeLine } from './line.ts';

/** Octets of the longest value of any domain. */
export const MOST_VALUE_OCTETS = 40;

/** Whether a text is exactly one of the values of a domain (register.md 2.3): no other case, space or normal form. */
export function isValue(domain: Domain, value: string): boolean {
  switch (domain.kind) {
    case 'list': return domain.values.includes(value);
    case 'day-month': return isDayMonth(value);
    case 'letter': return /^[A-Z-]$/.test(value);
    case 'year': return /^\d{4}$/.test(value) && Number(value) >= domain.first && Number(value) <= domain.last;
  }
}

/** How many values a domain has. */
export function domainSize(domain: Domain): number {
  switch (domain.kind) {
    case 'list': return domain.values.length;
    case 'day-month': return 366;
    case 'letter': return 27;
    case 'year': return domain.last - domain.first + 1;
  }
}

/** Octets of the longest value of a domain. */
export function longestValue(domain: Domain): number {
  switch (domain.kind) {
    case 'list': return Math.max(...domain.values.map((value) => utf8(value).length));
    case 'day-month': return 5;
    case 'letter': return 1;
    case 'year': return 4;
  }
}

/** `MM-DD`, a day of a leap year. */
function isDayMonth(value: string): boolean {
  if (!/^\d\d-\d\d$/.test(value)) return false;
  try {
    return seconds(`2024-${value}T00:00:00Z`) > 0;
  } catch {
    return false;
  }
}

/** Every value is a value of its attribute, byte for byte (register.md 2.3). @throws {MalformedError} otherwise */
export function requireValues({ attributes }: SchemeLine, values: readonly string[]): void {
  if (values.length !== attributes.length) throw new MalformedError('another number of values than the scheme has attributes');
  if (!attributes.every(({ domain }, i) => isValue(domain, values[i]!))) throw new MalformedError('a value that its attribute does not have');
}
