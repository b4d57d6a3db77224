import type { RandomBytes } from '../random.ts';
import type { BbsProof } from './bbsProof.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';
import type { BbsSignature } from './bbsSignature.ts';
import { BbsVerifierKey } from './bbsVerifierKey.ts';
import { ascending, requireCount, requireNumber } from './checks.ts';
import { Core, type Statement } from './core.ts';
import { createGenerators } from './generators.ts';
import { API_CORE, messagesToScalars } from './api.ts';

/** What {@link Bbs.prove} needs. */
export interface BbsProveInput extends Statement {
  readonly publicKey: BbsPublicKey;
  readonly signature: BbsSignature;
  /** All signed messages, in the order they were signed. */
  readonly messages: readonly Uint8Array[];
  /** Indexes of the messages that are disclosed. */
  readonly disclosed: readonly number[];
  readonly random: RandomBytes;
}

/** What {@link Bbs.verify} needs. */
export interface BbsVerifyInput extends Statement {
  readonly key: BbsVerifierKey;
  readonly proof: BbsProof;
  /** The disclosed messages by index. */
  readonly disclosed: ReadonlyMap<number, Uint8Array>;
}

/** BBS signatures over a fixed number of messages (core draft, section 3.5). Make one for each number and keep it. */
export class Bbs {
  /** The number of messages, L. */
  readonly messages: number;

  /** @internal */
  readonly core: Core;

  private constructor(messages: number) {
    requireNumber('messages', messages);
    this.messages = messages;
    this.core = new Core(API_CORE, createGenerators(messages + 1, API_CORE));
  }

  /**
   * The interface for this many messages. Makes generators and tables, two milliseconds a message the first time.
   * @param messages 0 to 1024
   */
  static of(messages: number): Bbs {
    return new Bbs(messages);
  }

  /**
   * Verify, core draft section 3.5.2.
   * @throws {VerificationError} the signature does not hold
   */
  verifySignature(
    publicKey: BbsPublicKey, signature: BbsSignature, header: Uint8Array, messages: readonly Uint8Array[],
  ): void {
    this.core.verify(BbsVerifierKey.of(publicKey), signature, header, this.scalars(messages));
  }

  /** ProofGen, core draft section 3.5.3. The signature is not verified; with a wrong one the proof does not hold. */
  prove(input: BbsProveInput): BbsProof {
    const disclosed = ascending(input.disclosed, this.messages);
    const scalars = this.scalars(input.messages);
    return this.core.prove(input.publicKey, input, input.signature, scalars, disclosed, null, input.random).proof;
  }

  /**
   * ProofVerify, core draft section 3.5.4.
   * @throws {VerificationError} the proof does not hold
   */
  verify(input: BbsVerifyInput): void {
    const indexes = ascending(input.disclosed.keys(), this.messages);
    const scalars = messagesToScalars(indexes.map((i) => input.disclosed.get(i)!), API_CORE);
    this.core.verifyProof(input.key, input, input.proof, indexes.map((i, j) => [i, scalars[j]!] as const), null);
  }

  /** @internal */
  scalars(messages: readonly Uint8Array[]): bigint[] {
    requireCount('messages', messages, this.messages);
    return messagesToScalars(messages, API_CORE);
  }
}
