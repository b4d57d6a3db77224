import { BlindCommitment, MalformedError, NymSecrets, ProverBlind, type RandomBytes, VerificationError } from '@safeconduct/crypto';
import { fromHex, hex, utf8 } from '../wire/bytes.ts';
import { membersOf, stringOf } from '../wire/json.ts';
import { seconds } from '../wire/time.ts';
import { requireValues } from '../register/domain.ts';
import type { KnownRegister } from '../register/knownRegister.ts';
import type { Leaf } from '../register/line.ts';
import type { Register } from '../register/register.ts';
import { epochState } from '../register/validity.ts';
import { epochOfScheme, headerOf, nymBbs } from './layout.ts';
import { Pass } from './pass.ts';
import type { PassGrant } from './passGrant.ts';
import { leafOf, type PassRequest } from './passRequest.ts';

/** What {@link PendingPass.toJson} writes. `secret` holds what nobody else may see. */
export interface PendingPassJson {
  readonly type: 'pending-pass';
  readonly epoch: Leaf;
  readonly commitment: string;
  readonly secret: { readonly blind: string; readonly nyms: string };
}

/**
 * A pass that was asked for and has not come. The device stores it durably before it sends the request; the same
 * request may then be sent again and gets the same answer.
 */
export class PendingPass {
  readonly epoch: Leaf;
  readonly #commitment: BlindCommitment;
  readonly #blind: ProverBlind;
  readonly #secrets: NymSecrets;

  private constructor(epoch: Leaf, commitment: BlindCommitment, blind: ProverBlind, secrets: NymSecrets) {
    this.epoch = epoch;
    this.#commitment = commitment;
    this.#blind = blind;
    this.#secrets = secrets;
  }

  /**
   * Makes fresh secrets for a pass of an epoch and commits to them.
   * @param epoch one of {@link epochsToAsk}
   */
  static make(known: KnownRegister, epoch: Leaf, now: number, random: RandomBytes): PendingPass {
    const { epoch: line, scheme } = epochOfScheme(known.register, epoch);
    if (!epochsToAsk(known, line.scheme, now).includes(epoch)) throw new RangeError('no pass is asked for under this epoch now');
    const secrets = NymSecrets.random(scheme.scopes.length, random);
    const { commitment, blind } = nymBbs(scheme).commit(secrets, random);
    return new PendingPass(epoch, commitment, blind, secrets);
  }

  /** What is sent to the office, the same every time. */
  get request(): PassRequest {
    return { epoch: this.epoch, commitment: hex(this.#commitment.toBytes()) };
  }

  /**
   * Takes the office's answer (pass.md 1.5). If it fails, this pending pass stays what it is, and the holder is told.
   * @throws {MalformedError} a grant for another epoch, or a value that its attribute does not have
   * @throws {VerificationError} the signature does not hold under the epoch line's key and header
   */
  receive(grant: PassGrant, register: Register): Pass {
    const { epoch, scheme } = epochOfScheme(register, this.epoch);
    if (grant.epoch !== this.epoch) throw new MalformedError('a grant for another epoch');
    requireValues(scheme, grant.values);
    if (this.#secrets.count !== scheme.scopes.length) throw new VerificationError('secrets for another number of scopes');
    const { blind, signature, entropy, values } = { blind: this.#blind, ...grant };
    const secrets = nymBbs(scheme).finalise({
      publicKey: Pass.keyOf(epoch), signature, header: headerOf(this.epoch), messages: values.map(utf8),
      secrets: this.#secrets, blind, signerNymEntropy: entropy,
    });
    return Pass.of({ epoch: this.epoch, scheme: epoch.scheme, values, signature, blind, secrets });
  }

  /** Plain JSON for the device, secrets included. */
  toJson(): PendingPassJson {
    return {
      type: 'pending-pass',
      ...this.request,
      secret: { blind: hex(this.#blind.toBytes()), nyms: hex(this.#secrets.toBytes()) },
    };
  }

  /**
   * Reads what {@link toJson} wrote.
   * @throws {MalformedError} another form
   */
  static fromJson(json: unknown): PendingPass {
    const { type, epoch, commitment, secret } = membersOf(json, ['type', 'epoch', 'commitment', 'secret']);
    if (type !== 'pending-pass') throw new MalformedError('not a pending pass');
    const { blind, nyms } = membersOf(secret, ['blind', 'nyms']);
    const secrets = NymSecrets.parse(fromHex(stringOf(nyms), stringOf(nyms).length / 2));
    const commitmentHex = stringOf(commitment);
    const parsed = BlindCommitment.parse(fromHex(commitmentHex, commitmentHex.length / 2));
    if (parsed.committed !== secrets.count) throw new MalformedError('a commitment to another number of secrets');
    return new PendingPass(leafOf(epoch), parsed, ProverBlind.parse(fromHex(stringOf(blind), ProverBlind.LENGTH)), secrets);
  }
}

/**
 * The epochs of a scheme under which a wallet asks for passes now: the running one and the next `ahead` (http.md 5.1),
 * each with a day's notice (register.md 5.5), a spare in place of a main epoch that was stopped.
 */
export function epochsToAsk(known: KnownRegister, scheme: Leaf, now: number): readonly Leaf[] {
  const { register } = known;
  const line = register.scheme(scheme);
  if (line === null) throw new RangeError('no such scheme');
  const coming = register.epochsOf(scheme).filter((leaf) => now < seconds(register.epoch(leaf)!.until));
  const runs = coming.length > 0 && seconds(register.epoch(coming[0]!)!.from) <= now;
  return coming.slice(0, line.ahead + (runs ? 1 : 0))
    .flatMap((main) => [main, register.spareOf(main)])
    .filter((leaf): leaf is Leaf => leaf !== null && isOpen(register, leaf, now) && known.mayAskUnder(leaf, now));
}

function isOpen(register: Register, leaf: Leaf, now: number): boolean {
  const state = epochState(register, leaf, now);
  return state === 'VALID' || state === 'EPOCH_NOT_YET';
}
