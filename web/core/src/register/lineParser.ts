import {
  BbsPublicKey, BbsScalar, Ed25519Key, IbePublicKey, MalformedError, PossessionProof, VerificationError,
} from '@safeconduct/crypto';
import {
  booleanOf, type Json, jsonOctets, type JsonObject, listOf, membersOf, parseJson, stringOf, wholeNumber,
} from '../wire/json.ts';
import { fromHex, isHex, utf8 } from '../wire/bytes.ts';
import { id, isJoined, isText, language, matching, shortText, text } from '../wire/text.ts';
import { isTime } from '../wire/time.ts';
import { MOST_VALUE_OCTETS } from './domain.ts';
import type {
  AskerLine, Attribute, AuthorityLine, BuildLine, ClosedLine, Domain, EpochLine, KeyLine, Line, Named, OfficeLine,
  PaperRule, SchemeLine, StopLine, Texts,
} from './line.ts';

/** The longest checkpoint origin, in characters. */
const MOST_ORIGIN = 128;

/**
 * Reads a line: canonical JSON (register.md 1.1), and every rule of its type that needs no other line (register.md 2).
 * @throws {MalformedError} anything else
 */
export function parseLine(octets: Uint8Array): Line {
  const line = readLine(octets);
  checkPoints(line);
  return line;
}

/** Reads a line whose keys were checked before to be points: {@link parseLine} without that. */
export function readLine(octets: Uint8Array): Line {
  const value = parseJson(octets);
  const type = (value as JsonObject | null)?.['type'];
  const read = typeof type === 'string' && Object.hasOwn(READERS, type) ? READERS[type as Line['type']] : undefined;
  if (read === undefined) throw new MalformedError('a line of unknown type');
  return read(value);
}

/** The octets of a line, as they are published and hashed. */
export const lineOctets = (line: Line): Uint8Array => jsonOctets(line as unknown as Json);

const READERS: { readonly [T in Line['type']]: (value: unknown) => Extract<Line, { type: T }> } = {
  office, key, scheme, asker, epoch, stop, closed, authority, build,
};

function checkPoints(line: Line): void {
  const ed25519 = (key: string) => Ed25519Key.parse(fromHex(key, 32));
  switch (line.type) {
    case 'office':
      ed25519(line.register_key);
      ed25519(line.cosign_key);
      break;
    case 'key': case 'asker': ed25519(line.key); break;
    case 'epoch': BbsPublicKey.parse(fromHex(line.key, 96)); break;
    case 'closed': BbsScalar.parse(fromHex(line.key, 32)); break;
    case 'authority':
      ed25519(line.signing_key);
      checkPossession(line);
      break;
  }
}

function checkPossession({ tracing_key, proof }: AuthorityLine): void {
  const key = IbePublicKey.parse(fromHex(tracing_key, 96));
  const parsed = PossessionProof.parse(fromHex(proof, 48));
  try {
    key.verify(parsed);
  } catch (error) {
    if (error instanceof VerificationError) throw new MalformedError('the proof of possession of a tracing key does not hold');
    throw error;
  }
}

function office(value: unknown): OfficeLine {
  const line = membersOf(value, [
    'contact', 'cosign_key', 'languages', 'names', 'origin', 'profile', 'register_key', 'type',
  ]);
  const office: OfficeLine = {
    type: 'office',
    contact: shortText(line['contact']),
    cosign_key: octets(32)(line['cosign_key']),
    languages: different(listOf(line['languages'], 1, 16, language)),
    names: names(line['names']),
    origin: originOf(line['origin']),
    profile: wholeNumber(line['profile'], 1, 1) as 1,
    register_key: octets(32)(line['register_key']),
  };
  if (office.cosign_key === office.register_key) throw new MalformedError('the two keys of an office differ');
  return office;
}

/** Reads a checkpoint origin (register.md 2.1). @throws {MalformedError} anything else */
export function originOf(value: unknown): string {
  const origin = matching(value, /^[a-z0-9.-]{1,64}(?:\/[a-z0-9.-]{1,64})*$/, 'an origin');
  if (origin.length > MOST_ORIGIN) throw new MalformedError(`an origin has at most ${MOST_ORIGIN} characters`);
  return origin;
}

function key(value: unknown): KeyLine {
  const line = membersOf(value, ['key', 'number', 'signature', 'type']);
  return {
    type: 'key',
    key: octets(32)(line['key']),
    number: wholeNumber(line['number'], 1, 0xffff_ffff),
    signature: octets(64)(line['signature']),
  };
}

function scheme(value: unknown): SchemeLine {
  const line = membersOf(value, [
    'ahead', 'attributes', 'daily_cap', 'default', 'default_scope', 'epoch', 'id', 'legal_basis', 'names', 'paper',
    'purpose', 'replacement', 'scopes', 'special_basis', 'specimen', 'sunset', 'type',
  ]);
  const attributes = differentIds(listOf(line['attributes'], 0, 8, attribute));
  const scopes = differentIds(listOf(line['scopes'], 1, 4, named));
  const indexOf = indexes(attributes.length);
  const epochRule = membersOf(line['epoch'], ['kind', 'zone']);
  const scheme: SchemeLine = {
    type: 'scheme',
    ahead: wholeNumber(line['ahead'], 1, 31),
    attributes,
    daily_cap: wholeNumber(line['daily_cap'], 1, 100_000_000),
    default: indexOf(line['default']),
    default_scope: line['default_scope'] === null ? null : (wholeNumber(line['default_scope'], 0, 0) as 0),
    epoch: {
      kind: oneOf(epochRule['kind'], ['day', 'week', 'month', 'event']),
      zone: matching(epochRule['zone'], /^(?=.{1,64}$)[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+){0,2}$/, 'the name of a zone'),
    },
    id: id(line['id']),
    legal_basis: texts(line['legal_basis']),
    names: names(line['names']),
    paper: line['paper'] === null ? null : paper(line['paper'], indexOf, scopes.length),
    purpose: texts(line['purpose']),
    replacement: booleanOf(line['replacement']),
    scopes,
    special_basis: line['special_basis'] === null ? null : texts(line['special_basis']),
    specimen: booleanOf(line['specimen']),
    sunset: time(line['sunset']),
  };
  if (scheme.default_scope !== null && scopes.length !== 1) throw new MalformedError('a default scope needs exactly one scope');
  if (scheme.paper?.attributes.some((index) => !attributes[index]!.identity)) {
    throw new MalformedError('paper shows identity attributes only');
  }
  if (attributes.some(({ special }) => special) !== (scheme.special_basis !== null)) {
    throw new MalformedError('special attributes need their legal basis, and nothing else has one');
  }
  return scheme;
}

function paper(value: unknown, indexOf: (value: unknown) => readonly number[], scopes: number): PaperRule {
  const rule = membersOf(value, ['attributes', 'scope']);
  return {
    attributes: indexOf(rule['attributes']),
    scope: rule['scope'] === null ? null : wholeNumber(rule['scope'], 0, scopes - 1),
  };
}

function attribute(value: unknown): Attribute {
  const attribute = membersOf(value, ['domain', 'id', 'identity', 'names', 'special']);
  return {
    domain: domain(attribute['domain']),
    id: id(attribute['id']),
    identity: booleanOf(attribute['identity']),
    names: names(attribute['names']),
    special: booleanOf(attribute['special']),
  };
}

function domain(value: unknown): Domain {
  const kind = (value as JsonObject | null)?.['kind'];
  switch (kind) {
    case 'list':
      return { kind, values: different(listOf(membersOf(value, ['kind', 'values'])['values'], 1, 1000, listed)) };
    case 'year': {
      const years = membersOf(value, ['first', 'kind', 'last']);
      const first = wholeNumber(years['first'], 1900, 2199);
      return { kind, first, last: wholeNumber(years['last'], first, 2199) };
    }
    case 'day-month':
    case 'letter':
      membersOf(value, ['kind']);
      return { kind };
    default:
      throw new MalformedError('a domain of unknown kind');
  }
}

function listed(value: unknown): string {
  if (!isText(value) || isJoined(value) || utf8(value).length > MOST_VALUE_OCTETS) {
    throw new MalformedError(`a listed value is a clean text of at most ${MOST_VALUE_OCTETS} bytes`);
  }
  return value;
}

function asker(value: unknown): AskerLine {
  const line = membersOf(value, ['attributes', 'doors', 'key', 'names', 'scheme', 'scopes', 'type', 'until']);
  return {
    type: 'asker',
    attributes: indexes(8)(line['attributes']),
    doors: different(listOf(line['doors'], 0, 200, shortText)),
    key: octets(32)(line['key']),
    names: names(line['names']),
    scheme: octets(32)(line['scheme']),
    scopes: indexes(4)(line['scopes']),
    until: time(line['until']),
  };
}

function epoch(value: unknown): EpochLine {
  const line = membersOf(value, ['from', 'holders', 'key', 'number', 'scheme', 'spare', 'type', 'until']);
  const epoch: EpochLine = {
    type: 'epoch',
    from: time(line['from']),
    holders: wholeNumber(line['holders'], 0, Number.MAX_SAFE_INTEGER),
    key: octets(96)(line['key']),
    number: wholeNumber(line['number'], 0, 99_999),
    scheme: octets(32)(line['scheme']),
    spare: booleanOf(line['spare']),
    until: time(line['until']),
  };
  if (epoch.holders !== 0 && 2 ** Math.round(Math.log2(epoch.holders)) !== epoch.holders) {
    throw new MalformedError('the number of holders is a power of two or 0');
  }
  if (epoch.from >= epoch.until) throw new MalformedError('an epoch ends after it begins');
  return epoch;
}

function stop(value: unknown): StopLine {
  const line = membersOf(value, ['from', 'target', 'type', 'why']);
  return { type: 'stop', from: time(line['from']), target: octets(32)(line['target']), why: texts(line['why']) };
}

function closed(value: unknown): ClosedLine {
  const line = membersOf(value, ['epoch', 'issued', 'key', 'replaced', 'type']);
  const issued = wholeNumber(line['issued'], 0, Number.MAX_SAFE_INTEGER);
  return {
    type: 'closed',
    epoch: octets(32)(line['epoch']),
    issued,
    key: octets(32)(line['key']),
    replaced: wholeNumber(line['replaced'], 0, issued),
  };
}

function authority(value: unknown): AuthorityLine {
  const line = membersOf(value, [
    'id', 'names', 'proof', 'regions', 'retention', 'signing_key', 'tracing_key', 'type',
  ]);
  return {
    type: 'authority',
    id: id(line['id']),
    names: names(line['names']),
    proof: octets(48)(line['proof']),
    regions: differentIds(listOf(line['regions'], 1, 64, named)),
    retention: wholeNumber(line['retention'], 1, 30),
    signing_key: octets(32)(line['signing_key']),
    tracing_key: octets(96)(line['tracing_key']),
  };
}

function build(value: unknown): BuildLine {
  const line = membersOf(value, ['app', 'digest', 'type', 'version']);
  return {
    type: 'build',
    app: oneOf(line['app'], ['wallet', 'checker']),
    digest: octets(32)(line['digest']),
    version: shortText(line['version']),
  };
}

function named(value: unknown): Named {
  const members = membersOf(value, ['id', 'names']);
  return { id: id(members['id']), names: names(members['names']) };
}

const texts = (value: unknown): Texts => byLanguage(value, text);
const names = (value: unknown): Texts => byLanguage(value, shortText);

function byLanguage(value: unknown, read: (value: unknown) => string): Texts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedError('texts by language were expected');
  const entries = Object.entries(value).map(([tag, item]) => [language(tag), read(item)] as const);
  if (entries.length === 0) throw new MalformedError('a text in no language');
  return Object.fromEntries(entries);
}

const octets = (length: number) => (value: unknown): string => {
  if (!isHex(value, length)) throw new MalformedError(`${length} bytes in small hexadecimal digits were expected`);
  return value;
};

const indexes = (count: number) => (value: unknown): readonly number[] => {
  const list = listOf(value, 0, count, (index) => wholeNumber(index, 0, count - 1));
  if (list.some((index, i) => i > 0 && index <= list[i - 1]!)) throw new MalformedError('indexes ascend without repeats');
  return list;
};

function time(value: unknown): string {
  if (!isTime(value)) throw new MalformedError('not a time of the form YYYY-MM-DDThh:mm:ssZ');
  return value;
}

function different<T>(list: readonly T[]): readonly T[] {
  if (new Set(list).size !== list.length) throw new MalformedError('a value stands twice in a list');
  return list;
}

function differentIds<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  different(list.map((item) => item.id));
  return list;
}

function oneOf<const T extends string>(value: unknown, choices: readonly T[]): T {
  const choice = choices.find((known) => known === stringOf(value));
  if (choice === undefined) throw new MalformedError(`one of these was expected: ${choices.join(', ')}`);
  return choice;
}
