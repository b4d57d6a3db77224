import { BbsPublicKey, BbsSignature, MalformedError, NymSecrets, ProverBlind, type RandomBytes } from '@safeconduct/crypto';
import { fromHex, hex, utf8 } from '../wire/bytes.ts';
import { listOf, membersOf, stringOf } from '../wire/json.ts';
import { seconds } from '../wire/time.ts';
import { requireValues } from '../register/domain.ts';
import type { EpochLine, Leaf } from '../register/line.ts';
import type { Register } from '../register/register.ts';
import { type EpochState, epochState } from '../register/validity.ts';
import { Asked } from './asked.ts';
import { epochOfScheme, headerOf, nymBbs, presentationHeader } from './layout.ts';
import { leafOf } from './passRequest.ts';
import { type Form, formNumber, Showing, stepOf } from './showing.ts';
import { stampContext } from './stamp.ts';

/** What {@link Pass.toJson} writes. `secret` holds what nobody else may see. */
export interface PassJson {
  readonly type: 'pass';
  readonly epoch: Leaf;
  readonly scheme: Leaf;
  readonly values: readonly string[];
  /** The code of the one paper that was made of this pass, or null. Whoever has it can show it. */
  readonly paper: string | null;
  readonly secret: { readonly signature: string; readonly blind: string; readonly nyms: string };
}

/** Why a pass is not shown now. */
export type NotShownReason = Exclude<EpochState, 'VALID'>;

/** A showing, or why there is none. */
export type Shown =
  | { readonly kind: 'SHOWN'; readonly showing: Showing }
  | { readonly kind: 'NOT_SHOWN'; readonly reason: NotShownReason };

/** A paper and the pass that remembers it, or why there is none. `NO_PAPER`: the scheme has no paper question. */
export type Printed =
  | { readonly kind: 'PRINTED'; readonly paper: Paper; readonly pass: Pass }
  | { readonly kind: 'NOT_PRINTED'; readonly reason: NotShownReason | 'NO_PAPER' };

/**
 * What is printed: one showing that is shown many times. Its showings can be linked, by everybody, and whoever has a
 * copy can show it; the wallet says so before printing (pass.md 4.7).
 */
export interface Paper {
  /** The code, for a QR of level Q. */
  readonly text: string;
  readonly scheme: Leaf;
  readonly epoch: Leaf;
  /** What can be read from it: index of the attribute and value. */
  readonly disclosed: readonly { readonly attribute: number; readonly value: string }[];
  readonly scope: number | null;
}

interface PassFields {
  readonly epoch: Leaf;
  readonly scheme: Leaf;
  readonly values: readonly string[];
  readonly signature: BbsSignature;
  readonly blind: ProverBlind;
  readonly secrets: NymSecrets;
  readonly paper?: string | null;
}

/** The right to do one thing during one epoch. It is a secret of its holder's; it prints as `Pass[secret]`. */
export class Pass {
  readonly epoch: Leaf;
  readonly scheme: Leaf;
  /** One value for each attribute of the scheme, in order. */
  readonly values: readonly string[];
  readonly #signature: BbsSignature;
  readonly #blind: ProverBlind;
  readonly #secrets: NymSecrets;
  readonly #paper: string | null;

  private constructor(fields: PassFields) {
    this.epoch = fields.epoch;
    this.scheme = fields.scheme;
    this.values = fields.values;
    this.#signature = fields.signature;
    this.#blind = fields.blind;
    this.#secrets = fields.secrets;
    this.#paper = fields.paper ?? null;
  }

  /** @internal Made by PendingPass.receive, which has verified everything. */
  static of(fields: PassFields): Pass {
    return new Pass(fields);
  }

  /** @internal The key of an epoch line. */
  static keyOf(epoch: EpochLine): BbsPublicKey {
    return BbsPublicKey.parse(fromHex(epoch.key, BbsPublicKey.LENGTH));
  }

  /**
   * Answers a question to which the holder agreed.
   * @param ask index of one of the question's asks, of this pass's scheme
   * @param register where the question was checked
   * @throws {MalformedError} the stored values are not values of their attributes
   */
  show(asked: Asked, ask: number, register: Register, random: RandomBytes): Shown {
    const { source, notBefore } = asked.question;
    if (source === 'paper') throw new RangeError('paper is printed, not shown');
    const state = epochState(register, this.epoch, asked.now);
    if (state !== 'VALID') return { kind: 'NOT_SHOWN', reason: state };
    // A fresh question carries the time, so that a wrong clock neither fails nor marks its holder (pass.md 4.5).
    const step = stepOf(source === 'fresh' ? notBefore! : asked.now);
    return { kind: 'SHOWN', showing: this.#prove('live', asked, ask, step, register, random) };
  }

  /**
   * Makes the paper of this pass, once: printing again gives the same code, because a second paper would be a second
   * use of the same right. The device stores the returned pass before it prints.
   */
  print(register: Register, now: number, random: RandomBytes): Printed {
    const state = epochState(register, this.epoch, now);
    if (state !== 'VALID' && state !== 'EPOCH_NOT_YET') return { kind: 'NOT_PRINTED', reason: state };
    const asked = Asked.paper(register, this.scheme, now);
    if (asked === null) return { kind: 'NOT_PRINTED', reason: 'NO_PAPER' };
    const text = this.#paper ?? this.#prove('paper', asked, 0, 0, register, random).toText();
    const [{ attributes, scope }] = asked.question.asks as [Asked['question']['asks'][number]];
    const disclosed = attributes.map((attribute) => ({ attribute, value: this.values[attribute]! }));
    return {
      kind: 'PRINTED',
      paper: { text, scheme: this.scheme, epoch: this.epoch, disclosed, scope },
      pass: new Pass({ ...this.#fields(), paper: text }),
    };
  }

  #prove(form: Form, { question }: Asked, ask: number, step: number, register: Register, random: RandomBytes): Showing {
    const { epoch, scheme } = epochOfScheme(register, this.epoch);
    const asks = question.asks[ask];
    if (asks === undefined || asks.scheme !== epoch.scheme) throw new RangeError('an ask for another scheme');
    requireValues(scheme, this.values);
    const { proof, pseudonym } = nymBbs(scheme).prove({
      publicKey: Pass.keyOf(epoch), signature: this.#signature, header: headerOf(this.epoch),
      presentationHeader: presentationHeader(formNumber(form), question.hash, ask, step),
      messages: this.values.map(utf8), secrets: this.#secrets, blind: this.#blind,
      context: asks.scope === null ? null : stampContext(this.epoch, asks.scope),
      disclosed: asks.attributes, random,
    });
    return Showing.of({
      form, epoch: register.positionOf(this.epoch)!, step, q: question.hash.slice(0, 4), ask,
      disclosed: asks.attributes.map((index) => this.values[index]!), stamp: pseudonym, proof,
    });
  }

  /** Whether the epoch is over at `now`: then the device erases the pass (pass.md 1.6). */
  isOver(register: Register, now: number): boolean {
    return now >= seconds(epochOfScheme(register, this.epoch).epoch.until);
  }

  #fields(): PassFields {
    return {
      epoch: this.epoch, scheme: this.scheme, values: this.values, paper: this.#paper,
      signature: this.#signature, blind: this.#blind, secrets: this.#secrets,
    };
  }

  /** Plain JSON for the device and the holder's backup, secrets included. */
  toJson(): PassJson {
    return {
      type: 'pass', epoch: this.epoch, scheme: this.scheme, values: this.values, paper: this.#paper,
      secret: {
        signature: hex(this.#signature.toBytes()),
        blind: hex(this.#blind.toBytes()),
        nyms: hex(this.#secrets.toBytes()),
      },
    };
  }

  /**
   * Reads what {@link toJson} wrote.
   * @throws {MalformedError} another form
   */
  static fromJson(json: unknown): Pass {
    const { type, epoch, scheme, values, paper, secret } = membersOf(json, ['type', 'epoch', 'scheme', 'values', 'paper', 'secret']);
    if (type !== 'pass') throw new MalformedError('not a pass');
    const { signature, blind, nyms } = membersOf(secret, ['signature', 'blind', 'nyms']);
    return new Pass({
      epoch: leafOf(epoch),
      scheme: leafOf(scheme),
      values: listOf(values, 0, 8, stringOf),
      paper: paper === null ? null : Showing.parse(stringOf(paper)).toText(),
      signature: BbsSignature.parse(fromHex(stringOf(signature), BbsSignature.LENGTH)),
      blind: ProverBlind.parse(fromHex(stringOf(blind), ProverBlind.LENGTH)),
      secrets: NymSecrets.parse(fromHex(stringOf(nyms), stringOf(nyms).length / 2)),
    });
  }

  toString(): string {
    return 'Pass[secret]';
  }
}
