import type { AskerLine, SchemeLine } from '../register/line.ts';
import type { Register } from '../register/register.ts';
import { type Ask, defaultAsk, type Question } from './question.ts';

/** Why nobody may ask a question, whoever signed it. */
export type PermissionRefusal = 'UNKNOWN_SCHEME' | 'UNKNOWN_ASKER' | 'NOT_PERMITTED';

/**
 * What bounds a question that is sent (pass.md 3.2): unsigned the default, signed what the asker line adds to it.
 * @returns null if it is permitted
 */
export function permission(question: Question, register: Register): PermissionRefusal | null {
  const asker = question.asker === null ? null : register.asker(question.asker);
  if (question.asks.some(({ scheme }) => register.scheme(scheme) === null)) return 'UNKNOWN_SCHEME';
  if (question.asker !== null && asker === null) return 'UNKNOWN_ASKER';
  if (question.door !== null && question.door >= asker!.doors.length) return 'NOT_PERMITTED';
  const fits = question.asks.every((ask) => mayAsk(ask, register.scheme(ask.scheme)!, asker, question.source === 'fresh'));
  return fits ? null : 'NOT_PERMITTED';
}

function mayAsk(ask: Ask, scheme: SchemeLine, asker: AskerLine | null, fresh: boolean): boolean {
  const usual = defaultAsk(ask.scheme, scheme);
  if (asker !== null && asker.scheme !== ask.scheme) return false;
  const scopeFits = ask.scope === usual.scope || (ask.scope !== null && asker?.scopes.includes(ask.scope) === true);
  const added = ask.attributes.filter((index) => !usual.attributes.includes(index));
  const isAllOfUsual = ask.attributes.length - added.length === usual.attributes.length;
  const addedFits = added.length === 0 || (fresh && added.every((index) => asker?.attributes.includes(index) === true));
  return scopeFits && isAllOfUsual && addedFits;
}
