import { NymBbs } from '@safeconduct/crypto';
import { fromHex } from '../wire/bytes.ts';
import { encodeCbor } from '../wire/cbor.ts';
import type { EpochLine, Leaf, SchemeLine } from '../register/line.ts';
import type { Register } from '../register/register.ts';

const made = /* @__PURE__ */ new Map<string, NymBbs>();

/** The signature interface of a scheme's shape: L attributes, N scopes. At most 36 shapes exist; each is made once. */
export function nymBbs({ attributes, scopes }: SchemeLine): NymBbs {
  const shape = `${attributes.length}/${scopes.length}`;
  const bbs = made.get(shape) ?? NymBbs.of(attributes.length, 0, scopes.length);
  made.set(shape, bbs);
  return bbs;
}

/** The header every pass of an epoch is signed with (pass.md 1.1). */
export const headerOf = (epoch: Leaf): Uint8Array => fromHex(epoch, 32);

/** An epoch line with its scheme. */
export interface EpochOfScheme {
  readonly epoch: EpochLine;
  readonly scheme: SchemeLine;
}

/** The epoch of a leaf hash with its scheme. */
export function epochOfScheme(register: Register, leaf: Leaf): EpochOfScheme {
  const epoch = register.epoch(leaf);
  if (epoch === null) throw new RangeError('no such epoch in this register');
  return { epoch, scheme: register.scheme(epoch.scheme)! };
}

/** What a proof binds besides the pass (pass.md 4.2). */
export const presentationHeader = (form: number, qhash: Uint8Array, ask: number, step: number): Uint8Array =>
  encodeCbor([1, form, qhash, ask, step]);
