import { BbsScalar, BbsSignature, MalformedError } from '@safeconduct/crypto';
import { fromHex, hex } from '../wire/bytes.ts';
import { listOf, membersOf, stringOf } from '../wire/json.ts';
import type { Leaf } from '../register/line.ts';
import { leafOf, type PassRequest } from './passRequest.ts';

/** What the office answers (pass.md 1.3). Nothing in it is verified yet. */
export class PassGrant {
  readonly epoch: Leaf;
  readonly signature: BbsSignature;
  readonly entropy: BbsScalar;
  readonly values: readonly string[];

  private constructor(epoch: Leaf, signature: BbsSignature, entropy: BbsScalar, values: readonly string[]) {
    this.epoch = epoch;
    this.signature = signature;
    this.entropy = entropy;
    this.values = values;
  }

  /**
   * Reads one `credential` object of http.md 5.3.
   * @throws {MalformedError} another form
   */
  static parse(json: unknown): PassGrant {
    const { entropy, epoch, signature, values } = membersOf(json, ['entropy', 'epoch', 'signature', 'values']);
    return new PassGrant(
      leafOf(epoch),
      BbsSignature.parse(fromHex(stringOf(signature), BbsSignature.LENGTH)),
      BbsScalar.parse(fromHex(stringOf(entropy), BbsScalar.LENGTH)),
      listOf(values, 0, 8, stringOf),
    );
  }

  /** As http.md 5.3 writes it. */
  toJson() {
    return {
      entropy: hex(this.entropy.toBytes()),
      epoch: this.epoch,
      signature: hex(this.signature.toBytes()),
      values: this.values,
    };
  }
}

/**
 * Reads the answer of `/credential` (http.md 5.3).
 * @param requests what was asked, in order
 * @throws {MalformedError} another form, another number of grants, or another order
 */
export function parseGrants(json: unknown, requests: readonly PassRequest[]): readonly PassGrant[] {
  const { credentials } = membersOf(json, ['credentials']);
  const grants = listOf(credentials, requests.length, requests.length, (item) =>
    PassGrant.parse(membersOf(item, ['credential'])['credential']));
  if (grants.some(({ epoch }, i) => epoch !== requests[i]!.epoch)) throw new MalformedError('grants stand in the order asked');
  return grants;
}
