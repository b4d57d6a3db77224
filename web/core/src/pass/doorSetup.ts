import { Ed25519Secret, MalformedError, type RandomBytes } from '@safeconduct/crypto';
import { fromHex, hex } from '../wire/bytes.ts';
import { arrayOf, indexesOf, octetsOf, orNull, textOf, uint } from '../wire/cbor.ts';
import { codeText, readCode } from '../wire/code.ts';
import { HASH_LENGTH } from '../wire/hash.ts';
import type { Leaf } from '../register/line.ts';
import type { KnownRegister } from '../register/knownRegister.ts';
import { permission } from './permission.ts';
import { type Ask, defaultAsk, FRESH_FOR, Question, SentQuestion, STATIC_FOR } from './question.ts';

const PROFILE = 1;
const MODES = ['default', 'static', 'fresh'] as const;
const SECRET_LENGTH = 32;
const MOST_ADDRESS = 200;
const ADDRESS = /^(?:https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http:\/\/(?:localhost|127\.0\.0\.1))(?::[1-9]\d{0,4})?$/;

/** What a door asks. */
export type DoorMode = (typeof MODES)[number];

/** The fields of a door set-up code (pass.md 7). */
export interface DoorSetupFields {
  /** The leaf hash of the office line. */
  readonly office: Leaf;
  /** Where the register is fetched: scheme, host and port. */
  readonly address: string;
  readonly mode: DoorMode;
  readonly ask: Ask;
  readonly takesPaper: boolean;
  readonly asker: Leaf | null;
  readonly door: number | null;
  /** The asker's Ed25519 seed, 32 bytes. */
  readonly seed: Uint8Array | null;
  /** What paired doors share, 32 bytes. */
  readonly pairingSecret: Uint8Array | null;
}

/** Everything a door needs to begin. A secret if it carries a seed or a pairing secret. */
export class DoorSetup {
  readonly fields: DoorSetupFields;

  private constructor(fields: DoorSetupFields) {
    this.fields = fields;
  }

  /** A set-up of these fields. @throws {MalformedError} as {@link DoorSetup.parse} */
  static of(fields: DoorSetupFields): DoorSetup {
    return DoorSetup.parse(print(fields));
  }

  /**
   * Reads a door set-up code.
   * @throws {MalformedError} another form
   */
  static parse(text: string): DoorSetup {
    const [profile, office, address, scheme, mode, scope, attributes, paper, asker, door, seed, pairing] =
      arrayOf(readCode('doorSetup', text), 12);
    if (profile !== PROFILE) throw new MalformedError('an unknown profile');
    const fields: DoorSetupFields = {
      office: hex(octetsOf(office, HASH_LENGTH)),
      address: addressOf(textOf(address)),
      mode: MODES[uint(mode, MODES.length - 1)]!,
      ask: {
        scheme: hex(octetsOf(scheme, HASH_LENGTH)),
        attributes: indexesOf(attributes, 7),
        scope: orNull(scope, (value) => uint(value, 3)),
      },
      takesPaper: uint(paper, 1) === 1,
      asker: orNull(asker, (value) => hex(octetsOf(value, HASH_LENGTH))),
      door: orNull(door, (value) => uint(value, 199)),
      seed: orNull(seed, (value) => octetsOf(value, SECRET_LENGTH)),
      pairingSecret: orNull(pairing, (value) => octetsOf(value, SECRET_LENGTH)),
    };
    if ((fields.asker === null) !== (fields.seed === null)) throw new MalformedError('asker and seed come together');
    if (fields.asker === null && fields.door !== null) throw new MalformedError('a door belongs to an asker');
    if (fields.asker !== null && fields.mode === 'default') throw new MalformedError('the default question has no asker');
    return new DoorSetup(fields);
  }

  /** The set-up as a code. */
  toText(): string {
    return print(this.fields);
  }

  /** Whether whoever sees the code could pass for this door. */
  get isSecret(): boolean {
    return this.fields.seed !== null || this.fields.pairingSecret !== null;
  }

  /**
   * Whether the register has this office, scheme and asker, and permits what the door will ask.
   * @param known the register of the office, whose words the person compared
   */
  fits(known: KnownRegister): boolean {
    const { register } = known;
    const { office, mode, ask } = this.fields;
    const scheme = register.scheme(ask.scheme);
    if (register.officeLeaf !== office || scheme === null) return false;
    const usual = defaultAsk(ask.scheme, scheme);
    if (mode === 'default') return ask.scope === usual.scope && ask.attributes.join() === usual.attributes.join();
    return permission(this.#question(known, 0, new Uint8Array(16)), register) === null && this.#keyFits(known);
  }

  /**
   * The next question of this door, or null where it asks the default one.
   * @param now the device's clock, Unix seconds
   */
  question(known: KnownRegister, now: number, random: RandomBytes): SentQuestion | null {
    if (this.fields.mode === 'default') return null;
    const question = this.#question(known, now, Question.nonce(random));
    const { seed } = this.fields;
    return seed === null ? SentQuestion.unsigned(question) : SentQuestion.sign(question, Ed25519Secret.fromSeed(seed));
  }

  #question({ register }: KnownRegister, now: number, nonce: Uint8Array): Question {
    const { mode, ask, asker, door } = this.fields;
    const timed = mode === 'fresh' || asker !== null;
    return Question.of({
      source: mode, asks: [ask], asker, door, nonce,
      notBefore: timed ? now : null,
      notAfter: timed ? now + (mode === 'fresh' ? FRESH_FOR : STATIC_FOR) : null,
      size: register.size, root: register.root(),
    });
  }

  #keyFits({ register }: KnownRegister): boolean {
    const { asker, seed } = this.fields;
    if (asker === null || seed === null) return true;
    return hex(Ed25519Secret.fromSeed(seed).publicKey.toBytes()) === register.asker(asker)?.key;
  }

  toString(): string {
    return this.isSecret ? 'DoorSetup[secret]' : 'DoorSetup';
  }
}

function print({ office, address, mode, ask, takesPaper, asker, door, seed, pairingSecret }: DoorSetupFields): string {
  return codeText('doorSetup', [
    PROFILE, fromHex(office, HASH_LENGTH), address, fromHex(ask.scheme, HASH_LENGTH), MODES.indexOf(mode), ask.scope,
    ask.attributes, takesPaper ? 1 : 0, asker === null ? null : fromHex(asker, HASH_LENGTH), door, seed, pairingSecret,
  ]);
}

function addressOf(text: string): string {
  if (text.length > MOST_ADDRESS || !ADDRESS.test(text)) throw new MalformedError('not the address of a server');
  return text;
}
