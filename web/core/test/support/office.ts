import { Ed25519Secret } from '@safeconduct/crypto';
import { BbsSecretKey } from '@safeconduct/crypto/issuing';
import {
  type AskerLine, Checkpoint, type EpochLine, KnownRegister, type Leaf, type Line, lineOctets, type OfficeLine, type PassGrant,
  type PassRequest, Register, type SchemeLine, formatTime, seconds,
} from '../../src/index.ts';
import { headerOf } from '../../src/pass/layout.ts';
import { checkpointBody, cosigned, signatureLine } from '../../src/register/checkpoint.ts';
import { Tree } from '../../src/register/tree.ts';
import { concat, hex, i2osp, utf8 } from '../../src/wire/bytes.ts';
import { label, leafHash } from '../../src/wire/hash.ts';
import { DAY } from '../../src/wire/time.ts';
import { issueGrant } from './issuer.ts';
import { seededRandom } from './random.ts';

/** The morning on which all tests happen: Unix seconds. */
export const NOW = seconds('2026-11-22T08:00:00Z');

export const at = (time: number): string => formatTime(time);

const both = (text: string) => ({ en: text, et: `${text} (et)` });

/** A city's scheme with a name, an age and a status, two scopes and a paper question. */
export function citySchemeLine(change: Partial<SchemeLine> = {}): SchemeLine {
  return {
    type: 'scheme',
    ahead: 3,
    attributes: [
      { id: 'letter', names: both('First letter'), identity: true, special: false, domain: { kind: 'letter' } },
      { id: 'birthday', names: both('Birthday'), identity: true, special: false, domain: { kind: 'day-month' } },
      { id: 'status', names: both('Status'), identity: false, special: false, domain: { kind: 'list', values: ['resident', 'worker'] } },
    ],
    daily_cap: 1000,
    default: [2],
    default_scope: null,
    epoch: { kind: 'day', zone: 'Europe/Tallinn' },
    id: 'city',
    legal_basis: both('Act 12'),
    names: both('City pass'),
    paper: { attributes: [0, 1], scope: 0 },
    purpose: both('Entering the city centre'),
    replacement: false,
    scopes: [{ id: 'entry', names: both('Entry') }, { id: 'meal', names: both('Meal') }],
    special_basis: null,
    specimen: false,
    sunset: at(NOW + 200 * DAY),
    ...change,
  };
}

/** An office with all its keys, as a test needs it. Real offices are Java. */
export class Office {
  readonly registerKey: Ed25519Secret;
  readonly cosignKey: Ed25519Secret;
  readonly #random;
  readonly #lines: Uint8Array[] = [];
  readonly #epochKeys = new Map<Leaf, BbsSecretKey>();
  readonly askerKey: Ed25519Secret;
  #register: Register | undefined;

  constructor(seed = 'office', change: Partial<OfficeLine> = {}) {
    this.#random = seededRandom(seed);
    this.registerKey = Ed25519Secret.fromSeed(this.#random(32));
    this.cosignKey = Ed25519Secret.fromSeed(this.#random(32));
    this.askerKey = Ed25519Secret.fromSeed(this.#random(32));
    this.publish({
      type: 'office',
      contact: 'office@example.org',
      cosign_key: hex(this.cosignKey.publicKey.toBytes()),
      languages: ['en', 'et'],
      names: both('City office'),
      origin: 'office.example.org/register',
      profile: 1,
      register_key: hex(this.registerKey.publicKey.toBytes()),
      ...change,
    });
  }

  get lines(): readonly Uint8Array[] {
    return this.#lines;
  }

  /** Appends a line and returns its leaf hash. */
  publish(line: Line): Leaf {
    return this.publishOctets(lineOctets(line));
  }

  publishOctets(octets: Uint8Array): Leaf {
    this.#lines.push(octets);
    return hex(leafHash(octets));
  }

  publishAsker(scheme: Leaf, change: Partial<AskerLine> = {}): Leaf {
    return this.publish({
      type: 'asker', attributes: [0, 1], doors: ['Main gate', 'Side gate'], key: hex(this.askerKey.publicKey.toBytes()),
      names: both('Town hall'), scheme, scopes: [0, 1], until: at(NOW + 100 * DAY), ...change,
    });
  }

  /** A day's epoch from eight o'clock on, `day` days after {@link NOW}. */
  publishEpoch(scheme: Leaf, number: number, change: Partial<EpochLine> = {}): Leaf {
    const key = BbsSecretKey.generate(this.#random(32));
    const leaf = this.publish({
      type: 'epoch', from: at(NOW + (number - 1) * DAY), until: at(NOW + number * DAY), holders: 65536,
      key: hex(key.publicKey.toBytes()), number, scheme, spare: false, ...change,
    });
    this.#epochKeys.set(leaf, key);
    return leaf;
  }

  /** The secret key of an epoch, for another issuer. */
  epochKey(epoch: Leaf): BbsSecretKey {
    return this.#epochKeys.get(epoch)!;
  }

  publishStop(target: Leaf, from: number): Leaf {
    return this.publish({ type: 'stop', from: at(from), target, why: both('It ends early') });
  }

  publishClosed(epoch: Leaf): Leaf {
    const key = this.#epochKeys.get(epoch)!;
    return this.publish({ type: 'closed', epoch, issued: 10, key: hex(key.toBytes()), replaced: 0 });
  }

  /** A rotation of the register key to a new one, which it returns. */
  publishKey(number: number, before: Ed25519Secret): Ed25519Secret {
    const key = Ed25519Secret.fromSeed(this.#random(32));
    const octets = key.publicKey.toBytes();
    const signed = concat(label('register-key'), leafHash(this.#lines[0]!), i2osp(number, 4), octets);
    this.publish({ type: 'key', key: hex(octets), number, signature: hex(before.sign(signed)) });
    return key;
  }

  /** The signed note of the first lines, cosigned at `time` unless that is null. */
  checkpoint(time: number | null = NOW, size = this.#lines.length, key = this.registerKey): Checkpoint {
    return Checkpoint.parse(utf8(this.note(time, size, key)));
  }

  note(time: number | null = NOW, size = this.#lines.length, key = this.registerKey): string {
    // An office can sign lines that no client reads.
    const { origin } = Register.parse(this.#lines.slice(0, 1)).office;
    const body = checkpointBody(origin, size, Tree.EMPTY.with(this.#lines.map(leafHash)).root(size));
    const signature = signatureLine(origin, key.publicKey.toBytes(), key.sign(utf8(body)));
    const cosignature = time === null ? '' : signatureLine(
      `${origin}/cosign`, this.cosignKey.publicKey.toBytes(), this.cosignKey.sign(cosigned(time, utf8(body))), time,
    );
    return `${body}\n${signature}${cosignature}`;
  }

  /** What a device knows that met the office at `now`, with a cosignature of `time`. */
  known(now = NOW, time: number | null = now): KnownRegister {
    return KnownRegister.meet(this.checkpoint(time), this.#lines, now);
  }

  /** Issues (pass.md 1.3 and 1.4), without the bookkeeping of a real office. */
  issue(request: PassRequest, values: readonly string[], header = headerOf(request.epoch)): PassGrant {
    const key = this.#epochKeys.get(request.epoch)!;
    // What was read once is not read again for everybody.
    const register = this.#register = this.#register?.with(this.#lines.slice(this.#register.size)) ?? Register.parse(this.#lines);
    const scheme = register.scheme(register.epoch(request.epoch)!.scheme)!;
    return issueGrant({ key, scheme, request, row: new Uint8Array(32), values, header });
  }
}

/** An office with a running city scheme: three epochs and an asker. */
export function cityOffice(change: Partial<SchemeLine> = {}, seed = 'office') {
  const office = new Office(seed);
  const scheme = office.publish(citySchemeLine(change));
  const asker = office.publishAsker(scheme, change.scopes === undefined ? {} : { scopes: [] });
  const epochs = [1, 2, 3].map((number) => office.publishEpoch(scheme, number));
  return { office, scheme, asker, epochs, epoch: epochs[0]! };
}
