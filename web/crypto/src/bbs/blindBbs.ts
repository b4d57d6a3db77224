import type { RandomBytes } from '../random.ts';
import type { BbsProof } from './bbsProof.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';
import type { BbsSignature } from './bbsSignature.ts';
import { BlindCore } from './blindCore.ts';
import { BbsVerifierKey } from './bbsVerifierKey.ts';
import type { Committed } from './blindCommitment.ts';
import type { Statement } from './core.ts';
import type { ProverBlind } from './proverBlind.ts';
import { API_BLIND } from './api.ts';

/** A signature and everything it was made over. */
export interface BlindSigned {
  readonly publicKey: BbsPublicKey;
  readonly signature: BbsSignature;
  readonly header: Uint8Array;
  /** The signer's messages. */
  readonly messages: readonly Uint8Array[];
  /** The messages that were committed to. */
  readonly committedMessages: readonly Uint8Array[];
  /** The blind of the commitment. */
  readonly blind: ProverBlind;
}

/** What {@link BlindBbs.prove} needs. */
export interface BlindProveInput extends Statement, BlindSigned {
  /** Indexes of the signer's messages that are disclosed. */
  readonly disclosed: readonly number[];
  /** Indexes of the committed messages that are disclosed. */
  readonly disclosedCommitted: readonly number[];
  readonly random: RandomBytes;
}

/** What {@link BlindBbs.verify} needs. */
export interface BlindVerifyInput extends Statement {
  readonly key: BbsVerifierKey;
  readonly proof: BbsProof;
  /** The disclosed messages of the signer by index. */
  readonly disclosed: ReadonlyMap<number, Uint8Array>;
  /** The disclosed committed messages by index. */
  readonly disclosedCommitted: ReadonlyMap<number, Uint8Array>;
}

/** BBS signatures over messages of which the signer sees some only as a commitment (blind draft, section 4.2). */
export class BlindBbs {
  /** The number of the signer's messages, L. */
  readonly messages: number;
  /** The number of committed messages, M. */
  readonly committed: number;

  /** @internal */
  readonly core: BlindCore;

  private constructor(messages: number, committed: number) {
    this.messages = messages;
    this.committed = committed;
    this.core = new BlindCore(API_BLIND, messages, committed, 0);
  }

  /** The interface for these numbers of messages, together at most 1023. Keep it: generators and tables are made once. */
  static of(messages: number, committed: number): BlindBbs {
    return new BlindBbs(messages, committed);
  }

  /** Commit, blind draft section 4.1.1. The blind stays with the holder, beside the messages. */
  commit(committedMessages: readonly Uint8Array[], random: RandomBytes): Committed {
    return this.core.commit(committedMessages, [], random);
  }

  /**
   * VerifyBlindSign, blind draft section 4.2.2.
   * @throws {VerificationError} the signature does not hold
   */
  verifySignature(signed: BlindSigned): void {
    this.core.core.verify(BbsVerifierKey.of(signed.publicKey), signed.signature, signed.header, this.#scalars(signed));
  }

  /** BlindProofGen, blind draft section 4.2.3. */
  prove(input: BlindProveInput): BbsProof {
    const disclosed = this.core.indexes({ messages: input.disclosed, committed: input.disclosedCommitted });
    const scalars = this.#scalars(input);
    return this.core.core.prove(input.publicKey, input, input.signature, scalars, disclosed, null, input.random).proof;
  }

  /**
   * BlindProofVerify, blind draft section 4.2.4.
   * @throws {VerificationError} the proof does not hold
   */
  verify(input: BlindVerifyInput): void {
    const disclosed = this.core.disclosed({ messages: input.disclosed, committed: input.disclosedCommitted });
    this.core.core.verifyProof(input.key, input, input.proof, disclosed, null);
  }

  #scalars({ messages, blind, committedMessages }: BlindSigned): bigint[] {
    return this.core.scalars(messages, blind, committedMessages, []);
  }
}
