import type { RandomBytes } from '../random.ts';
import { ascending, requireCount, requireNumber } from './checks.ts';
import { BlindCommitment } from './blindCommitment.ts';
import { Core } from './core.ts';
import { createGenerators, type Generator } from './generators.ts';
import type { ProverBlind } from './proverBlind.ts';
import { messagesToScalars } from './api.ts';

/** Messages the signer knows and messages it does not, and which of them are disclosed. */
export interface Disclosure<T> {
  readonly messages: T;
  readonly committed: T;
}

/**
 * What the blind and the pseudonym interface share. Signed scalars in order: messages, secret_prover_blind, committed
 * messages, nym secrets; their generators H_1, ..., H_L, Q_2, J_1, ..., J_M.
 */
export class BlindCore {
  readonly core: Core;
  /** Q_2, J_1, ..., J_M. */
  readonly blindGenerators: readonly Generator[];
  readonly #messages: number;
  readonly #committed: number;

  /**
   * @param messages L
   * @param committed committed messages that are octet strings
   * @param secrets committed scalars that are never disclosed
   */
  constructor(apiId: string, messages: number, committed: number, secrets: number) {
    requireNumber('messages', messages);
    requireNumber('committed messages', committed);
    requireNumber('messages, blind and secrets', messages + 1 + committed + secrets, 1);
    this.#messages = messages;
    this.#committed = committed;
    this.blindGenerators = createGenerators(committed + secrets + 1, `BLIND_${apiId}`);
    this.core = new Core(apiId, [...createGenerators(messages + 1, apiId), ...this.blindGenerators]);
  }

  /** Commit, blind draft section 4.1.1. */
  commit(messages: readonly Uint8Array[], secrets: readonly bigint[], random: RandomBytes) {
    const scalars = [...this.#committedScalars(messages), ...secrets];
    return BlindCommitment.make(this.blindGenerators, scalars, this.core.apiId, random);
  }

  /** All signed scalars in order. */
  scalars(messages: readonly Uint8Array[], blind: ProverBlind, committed: readonly Uint8Array[], secrets: readonly bigint[]) {
    return [...this.messageScalars(messages), blind.value, ...this.#committedScalars(committed), ...secrets];
  }

  /** The signer's messages as scalars. */
  messageScalars(messages: readonly Uint8Array[]): bigint[] {
    requireCount('messages', messages, this.#messages);
    return messagesToScalars(messages, this.core.apiId);
  }

  /** Indexes of disclosed messages among all signed scalars. Neither the blind nor a nym secret has one. */
  indexes({ messages, committed }: Disclosure<readonly number[]>): number[] {
    return [
      ...ascending(messages, this.#messages),
      ...ascending(committed, this.#committed).map((j) => this.#messages + 1 + j),
    ];
  }

  /** Index and scalar of every disclosed message, ascending. */
  disclosed({ messages, committed }: Disclosure<ReadonlyMap<number, Uint8Array>>): (readonly [number, bigint])[] {
    const all = new Map([...messages, ...Array.from(committed, ([j, message]) => [this.#messages + 1 + j, message] as const)]);
    const indexes = this.indexes({ messages: [...messages.keys()], committed: [...committed.keys()] });
    const scalars = messagesToScalars(indexes.map((i) => all.get(i)!), this.core.apiId);
    return indexes.map((i, j) => [i, scalars[j]!] as const);
  }

  #committedScalars(messages: readonly Uint8Array[]): bigint[] {
    requireCount('committed messages', messages, this.#committed);
    return messagesToScalars(messages, this.core.apiId);
  }
}
