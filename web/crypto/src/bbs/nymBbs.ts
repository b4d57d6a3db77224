import { VerificationError } from '../errors.ts';
import { concat, i2osp8 } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import type { BbsProof } from './bbsProof.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';
import type { BbsScalar } from './bbsScalar.ts';
import type { BbsSignature } from './bbsSignature.ts';
import { BbsVerifierKey } from './bbsVerifierKey.ts';
import { BlindCore } from './blindCore.ts';
import { requireCount, requireNumber } from './checks.ts';
import type { Committed } from './blindCommitment.ts';
import type { Statement } from './core.ts';
import { nymContext } from './nymContext.ts';
import type { NymSecrets } from './nymSecrets.ts';
import type { ProverBlind } from './proverBlind.ts';
import type { Pseudonym } from './pseudonym.ts';
import { API_NYM } from './api.ts';

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
  readonly secrets: NymSecrets;
  /** The blind of the commitment. */
  readonly blind: ProverBlind;
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

/** What a holder shows. */
export interface NymProof {
  readonly proof: BbsProof;
  /** The holder's pseudonym in the context, or null if none was given. */
  readonly pseudonym: Pseudonym | null;
}

/** What {@link NymBbs.verify} needs. */
export interface NymVerifyInput extends Statement {
  /** The signer's public key, prepared. */
  readonly key: BbsVerifierKey;
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

  private constructor(messages: number, committed: number, nymSecrets: number) {
    requireNumber('nym secrets', nymSecrets, 1);
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
    secrets: NymSecrets, random: RandomBytes, committedMessages: readonly Uint8Array[] = [],
  ): Committed {
    return this.core.commit(committedMessages, this.#values(secrets), random);
  }

  /**
   * VerifyFinalizeWithNym, nym draft section 6.1.3: verifies the signature and returns the final nym secrets, the
   * signer's entropy being added to the last.
   * @throws {VerificationError} the signature does not hold
   */
  finalise(signed: NymSigned & { readonly signerNymEntropy: BbsScalar }): NymSecrets {
    const secrets = signed.secrets.withEntropy(signed.signerNymEntropy);
    const key = BbsVerifierKey.of(signed.publicKey);
    this.core.core.verify(key, signed.signature, this.header(signed.header), this.#scalars({ ...signed, secrets }));
    return secrets;
  }

  /**
   * ProofGenWithNym, nym draft section 6.2. The signature is not verified; with a wrong one the proof does not hold.
   * @returns the proof, and the pseudonym if a context was given
   */
  prove(input: NymProveInput): NymProof {
    const disclosed = this.core.indexes({ messages: input.disclosed, committed: input.disclosedCommitted ?? [] });
    const nym = input.context === null ? null : { context: nymContext(input.context), secrets: this.nymSecrets };
    return this.core.core.prove(input.publicKey, this.#statement(input), input.signature, this.#scalars(input), disclosed, nym, input.random);
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
    this.core.core.verifyProof(input.key, this.#statement(input), input.proof, disclosed, this.#nym(input));
  }

  /** @internal header || I2OSP(N, 8): what a signature covers, and a proof with or without a pseudonym. */
  header(header: Uint8Array): Uint8Array {
    return concat(header, i2osp8(this.nymSecrets));
  }

  #statement({ header, presentationHeader }: Statement): Statement {
    return { header: this.header(header), presentationHeader };
  }

  #nym({ context, pseudonym }: NymVerifyInput) {
    if (context === null && pseudonym === null) return null;
    if (context === null || pseudonym === null) {
      throw new VerificationError(context === null ? 'a pseudonym nobody asked for' : 'no pseudonym');
    }
    return { context: nymContext(context), secrets: this.nymSecrets, pseudonym };
  }

  #scalars({ messages, blind, committedMessages, secrets }: NymSigned): bigint[] {
    return this.core.scalars(messages, blind, committedMessages ?? [], this.#values(secrets));
  }

  #values({ values }: NymSecrets): readonly bigint[] {
    requireCount('nym secrets', values, this.nymSecrets);
    return values;
  }
}
