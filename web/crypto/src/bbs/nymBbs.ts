import { VerificationError } from '../errors.ts';
import { concat, i2osp8 } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { Fr, Scalar } from '../scalar.ts';
import type { BbsProof } from './bbsProof.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';
import type { BbsSignature } from './bbsSignature.ts';
import { BlindCore } from './blindCore.ts';
import { requireCount } from './checks.ts';
import type { Commitment } from './commitment.ts';
import type { Statement } from './core.ts';
import { NymContexts } from './nymContext.ts';
import { Pseudonym } from './pseudonym.ts';
import { API_NYM } from './suite.ts';

/** A signature and everything it was made over. */
export interface NymSigned {
  readonly publicKey: BbsPublicKey;
  readonly signature: BbsSignature;
  readonly header: Uint8Array;
  /** The signer's messages. */
  readonly messages: readonly Uint8Array[];
  /** The messages that were committed to; none if left out. */
  readonly committedMessages?: readonly Uint8Array[];
  /** The nym secrets: the prover's own for `finalise`, what `finalise` returned for `prove`. */
  readonly secrets: readonly Scalar[];
  /** The blind of the commitment. */
  readonly blind: Scalar;
}

/** What {@link NymBbs.prove} needs. */
export interface NymProveInput extends Statement, NymSigned {
  /** Where the pseudonym is to hold, or null for a proof without one. */
  readonly context: Uint8Array | null;
  /** Indexes of the signer's messages that are disclosed. */
  readonly disclosed: readonly number[];
  /** Indexes of the committed messages that are disclosed; none if left out. */
  readonly disclosedCommitted?: readonly number[];
  readonly random: RandomBytes;
}

/** What {@link NymBbs.verify} needs. */
export interface NymVerifyInput extends Statement {
  readonly proof: BbsProof;
  /** The context that was asked for, or null if none was. */
  readonly context: Uint8Array | null;
  /** The pseudonym that came with the proof, or null if none did. */
  readonly pseudonym: Pseudonym | null;
  /** The disclosed messages of the signer by index. */
  readonly disclosed: ReadonlyMap<number, Uint8Array>;
  /** The disclosed committed messages by index; none if left out. */
  readonly disclosedCommitted?: ReadonlyMap<number, Uint8Array>;
}

const NOTHING: ReadonlyMap<number, Uint8Array> = /* @__PURE__ */ new Map<number, Uint8Array>();

/**
 * Blind BBS signatures whose last committed scalars are nym secrets, from which the holder proves a pseudonym for each
 * context (nym draft, section 6). As many contexts as there are secrets stay unlinkable even to somebody who can take
 * discrete logarithms. The same signature can also be shown without a pseudonym; neither form passes as the other,
 * because the pseudonym's points and the context are part of the challenge.
 */
export class NymBbs {
  /** The number of the signer's messages, L. */
  readonly messages: number;
  /** The number of committed messages. */
  readonly committed: number;
  /** The number of nym secrets, N. */
  readonly nymSecrets: number;

  /** @internal */
  readonly core: BlindCore;
  readonly #contexts = new NymContexts();

  private constructor(messages: number, committed: number, nymSecrets: number) {
    if (!Number.isInteger(nymSecrets) || nymSecrets < 1) throw new RangeError('at least one nym secret');
    this.messages = messages;
    this.committed = committed;
    this.nymSecrets = nymSecrets;
    this.core = new BlindCore(API_NYM, messages, committed, nymSecrets);
  }

  /**
   * The interface for these numbers: L and committed messages from 0, secrets from 1, together at most 1023. Keep it:
   * generators and tables are made once, two milliseconds each.
   */
  static of(messages: number, committed: number, nymSecrets: number): NymBbs {
    return new NymBbs(messages, committed, nymSecrets);
  }

  /** CommitWithNym, nym draft section 6.1.1. Secrets and blind stay with the holder. */
  commit(
    secrets: readonly Scalar[], random: RandomBytes, committedMessages: readonly Uint8Array[] = [],
  ): { commitment: Commitment; blind: Scalar } {
    return this.core.commit(committedMessages, this.#values(secrets), random);
  }

  /**
   * VerifyFinalizeWithNym, nym draft section 6.1.3: verifies the signature and returns the final nym secrets, the
   * signer's entropy being added to the last.
   * @throws {VerificationError} the signature does not hold
   */
  finalise(signed: NymSigned & { readonly signerNymEntropy: Scalar }): readonly Scalar[] {
    const values = this.#values(signed.secrets);
    const last = Fr.add(values[values.length - 1]!, signed.signerNymEntropy.value);
    if (last === 0n) throw new VerificationError('an entropy that cancels the secret');
    const secrets = [...signed.secrets.slice(0, -1), Scalar.of(last)];
    this.core.core.verify(signed.publicKey, signed.signature, this.header(signed.header), this.#scalars({ ...signed, secrets }));
    return secrets;
  }

  /**
   * ProofGenWithNym, nym draft section 6.2. The signature is not verified; with a wrong one the proof does not hold.
   * @returns the proof, and the pseudonym if a context was given
   */
  prove(input: NymProveInput): { proof: BbsProof; pseudonym: Pseudonym | null } {
    const disclosed = this.core.indexes({ messages: input.disclosed, committed: input.disclosedCommitted ?? [] });
    const nym = input.context === null ? null : { context: this.#contexts.get(input.context), secrets: this.nymSecrets };
    const statement = { ...input, header: this.header(input.header) };
    return this.core.core.prove(statement, input.signature, this.#scalars(input), disclosed, nym, input.random);
  }

  /**
   * ProofVerifyWithNym, nym draft section 6.3.
   * @throws {VerificationError} the proof does not hold, a pseudonym is missing, or one is there unasked
   */
  verify(input: NymVerifyInput): void {
    const disclosed = this.core.disclosed({
      messages: input.disclosed,
      committed: input.disclosedCommitted ?? NOTHING,
    });
    this.core.core.verifyProof({ ...input, header: this.header(input.header) }, input.proof, disclosed, this.#nym(input));
  }

  /** The pseudonym calculation, nym draft section 4: what {@link prove} returns for this context and these secrets. */
  pseudonym(context: Uint8Array, secrets: readonly Scalar[]): Pseudonym {
    return Pseudonym.of(this.#contexts.get(context).pseudonym(this.#values(secrets)));
  }

  /** @internal header || I2OSP(N, 8): what a signature covers, and a proof with or without a pseudonym. */
  header(header: Uint8Array): Uint8Array {
    return concat(header, i2osp8(this.nymSecrets));
  }

  #nym({ context, pseudonym }: NymVerifyInput) {
    if (context === null && pseudonym === null) return null;
    if (context === null || pseudonym === null) {
      throw new VerificationError(context === null ? 'a pseudonym nobody asked for' : 'no pseudonym');
    }
    return { context: this.#contexts.get(context), secrets: this.nymSecrets, pseudonym };
  }

  #scalars({ messages, blind, committedMessages, secrets }: NymSigned): bigint[] {
    return this.core.scalars(messages, blind, committedMessages ?? [], this.#values(secrets));
  }

  #values(secrets: readonly Scalar[]): bigint[] {
    requireCount('nym secrets', secrets, this.nymSecrets);
    return secrets.map(({ value }) => value);
  }
}
