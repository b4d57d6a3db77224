import { Fr, parseScalar, randomScalars, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';
import { MalformedError, VerificationError } from '../errors.ts';
import { concat } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import type { BbsScalar } from './bbsScalar.ts';
import { MOST, requireNumber } from './checks.ts';
import { nymContext } from './nymContext.ts';
import { Pseudonym } from './pseudonym.ts';

/**
 * The secrets a holder's pseudonyms are made from. Before issuing they are the holder's own share (prover_nyms);
 * `NymBbs.finalise` returns the signed ones (nym_secrets), with the signer's entropy on the last.
 */
export class NymSecrets {
  readonly #values: readonly bigint[];

  private constructor(values: readonly bigint[]) {
    this.#values = values;
  }

  /**
   * So many uniformly random secrets.
   * @param count 1 or more: as many contexts stay unlinkable even to somebody who can take discrete logarithms
   */
  static random(count: number, random: RandomBytes): NymSecrets {
    requireNumber('nym secrets', count, 1);
    return new NymSecrets(randomScalars(count, random));
  }

  /**
   * Reads what {@link toBytes} wrote: 32 octets each.
   * @throws {MalformedError} none, a length that is no multiple of 32, or one not from 1 to r - 1
   */
  static parse(octets: Uint8Array): NymSecrets {
    const count = octets.length / SCALAR_LENGTH;
    if (!Number.isInteger(count) || count < 1 || count > MOST) {
      throw new MalformedError(`nym secrets do not have ${octets.length} bytes`);
    }
    return new NymSecrets(Array.from({ length: count }, (_, i) =>
      parseScalar(octets.subarray(i * SCALAR_LENGTH, (i + 1) * SCALAR_LENGTH))));
  }

  /** @internal These secrets with the signer's entropy added to the last one. */
  withEntropy(entropy: BbsScalar): NymSecrets {
    const last = Fr.add(this.#values[this.#values.length - 1]!, entropy.value);
    if (last === 0n) throw new VerificationError('an entropy that cancels the secret');
    return new NymSecrets([...this.#values.slice(0, -1), last]);
  }

  /** @internal */
  get values(): readonly bigint[] {
    return this.#values;
  }

  /** How many there are, N. */
  get count(): number {
    return this.#values.length;
  }

  /** The holder's pseudonym in a context (nym draft, section 4), as a proof there carries it. */
  pseudonym(context: Uint8Array): Pseudonym {
    return Pseudonym.of(nymContext(context).pseudonym(this.#values));
  }

  /** 32 octets each, for the holder's storage. */
  toBytes(): Uint8Array {
    return concat(...this.#values.map(scalarOctets));
  }

  toString(): string {
    return 'NymSecrets[secret]';
  }
}
