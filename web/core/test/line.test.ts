import { NymSecrets } from '@safeconduct/crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isValue, type Line, lineOctets, longestValue, domainSize, MalformedError, parseLine, Register } from '../src/index.ts';
import { fromUtf8, hex, utf8 } from '../src/wire/bytes.ts';
import { seededRandom } from './support/random.ts';
import { at, cityOffice, citySchemeLine, NOW, Office } from './support/office.ts';
import { DAY, HOUR } from '../src/wire/time.ts';

const both = (text: string) => ({ en: text, et: text });
const { office, scheme, asker, epoch } = cityOffice();
const city = Register.parse(office.lines);
const officeLine = city.office;

/** The authority of the shared example, whose proof of possession holds. */
function exampleAuthority(): Line {
  const [example] = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../vectors/register.json'), 'utf8'));
  const text = (example.input as string[]).find((line) => line.includes('"type":"authority"'))!;
  return JSON.parse(text);
}

/** A point of G1 that proves nothing here. */
const otherProof = (): string => hex(NymSecrets.random(1, seededRandom('proof')).pseudonym(utf8('context')).toBytes());

/** One thing wrong with a line: what to put at a path, or what to delete there. */
type Wrong = readonly [what: string, change: (line: any) => void];

function refuses(line: Line, wrongs: readonly Wrong[]): void {
  it.each(wrongs)(`${line.type}LineIsRefused: %s`, (_, change) => {
    expect(parseLine(lineOctets(line))).toEqual(line);
    const changed = structuredClone(line);
    change(changed);
    expect(changed).not.toEqual(line);
    expect(() => parseLine(lineOctets(changed))).toThrow(MalformedError);
  });
}

describe('a line alone', () => {
  refuses(officeLine, [
    ['a member more', (line) => { line.extra = 1; }],
    ['a member less', (line) => { delete line.contact; }],
    ['another profile', (line) => { line.profile = 2; }],
    ['one key for both', (line) => { line.cosign_key = line.register_key; }],
    ['a key in capitals', (line) => { line.cosign_key = line.cosign_key.toUpperCase(); }],
    ['a language twice', (line) => { line.languages = ['en', 'en']; }],
    ['no language', (line) => { line.languages = []; }],
    ['a language tag with small region', (line) => { line.languages = ['en-gb', 'et']; }],
    ['an origin with a scheme', (line) => { line.origin = 'https://office.example.org'; }],
    ['an origin that ends in a slash', (line) => { line.origin = 'office.example.org/'; }],
    ['an origin of 129 characters', (line) => { line.origin = `${'a'.repeat(64)}/${'a'.repeat(64)}`; }],
    ['a name of 81 characters', (line) => { line.names.en = 'a'.repeat(81); }],
    ['an invisible mark in a name', (line) => { line.names.en = 'City\u200boffice'; }],
    ['an unknown type', (line) => { line.type = 'bureau'; }],
    ['a type that objects have by nature', (line) => { line.type = 'constructor'; }],
  ]);
  refuses(citySchemeLine(), [
    ['nothing ahead', (line) => { line.ahead = 0; }],
    ['nine attributes', (line) => { line.attributes = Array.from({ length: 9 }, (_, i) => ({ ...line.attributes[0], id: `a${i}` })); }],
    ['two attributes of one id', (line) => { line.attributes[1].id = 'letter'; }],
    ['an index beyond the attributes', (line) => { line.default = [3]; }],
    ['indexes that descend', (line) => { line.default = [2, 1]; }],
    ['an index twice', (line) => { line.default = [1, 1]; }],
    ['a default scope of two', (line) => { line.default_scope = 0; }],
    ['a default scope that is not 0', (line) => { line.default_scope = 1; }],
    ['an epoch of a year', (line) => { line.epoch.kind = 'year'; }],
    ['a zone with a space', (line) => { line.epoch.zone = 'Europe/New Tallinn'; }],
    ['paper that shows what is no identity', (line) => { line.paper.attributes = [2]; }],
    ['paper for a scope there is not', (line) => { line.paper.scope = 2; }],
    ['no scope', (line) => { line.scopes = []; }],
    ['five scopes', (line) => { line.scopes = [0, 1, 2, 3, 4].map((i) => ({ id: `s${i}`, names: both('s') })); }],
    ['a special attribute without a legal basis', (line) => { line.attributes[2].special = true; }],
    ['a special basis for nothing', (line) => { line.special_basis = both('Act 13'); }],
    ['an id with a capital', (line) => { line.id = 'City'; }],
    ['an id that ends in a hyphen', (line) => { line.id = 'city-'; }],
    ['a domain of unknown kind', (line) => { line.attributes[0].domain = { kind: 'number' }; }],
    ['a domain with a member more', (line) => { line.attributes[0].domain.values = ['A']; }],
    ['a value twice', (line) => { line.attributes[2].domain.values = ['a', 'a']; }],
    ['a value with a space behind', (line) => { line.attributes[2].domain.values = ['a', 'a ']; }],
    ['a value with a soft hyphen', (line) => { line.attributes[2].domain.values = ['ab', 'a\u00adb']; }],
    ['a value with a joiner', (line) => { line.attributes[2].domain.values = ['ab', 'a\u200db']; }],
    ['a value with a non-joiner', (line) => { line.attributes[2].domain.values = ['ab', 'a\u200cb']; }],
    ['a value of 41 bytes', (line) => { line.attributes[2].domain.values = ['é'.repeat(20) + 'a']; }],
    ['a year before 1900', (line) => { line.attributes[2].domain = { kind: 'year', first: 1899, last: 2000 }; }],
    ['years that go back', (line) => { line.attributes[2].domain = { kind: 'year', first: 2001, last: 2000 }; }],
    ['a text for a boolean', (line) => { line.specimen = 'false'; }],
    ['a number for a time', (line) => { line.sunset = 2000000000; }],
  ]);
  refuses(city.asker(asker)!, [
    ['a door twice', (line) => { line.doors = ['Main gate', 'Main gate']; }],
    ['201 doors', (line) => { line.doors = Array.from({ length: 201 }, (_, i) => `${i}`); }],
    ['a leaf of 31 bytes', (line) => { line.scheme = line.scheme.slice(2); }],
  ]);
  refuses(city.epoch(epoch)!, [
    ['holders that are no power of two', (line) => { line.holders = 65535; }],
    ['holders of 2^53 - 1', (line) => { line.holders = Number.MAX_SAFE_INTEGER; }],
    ['an end at the beginning', (line) => { line.until = line.from; }],
    ['a number above 99,999', (line) => { line.number = 100_000; }],
    ['a key of 95 bytes', (line) => { line.key = line.key.slice(2); }],
  ]);
  refuses({ type: 'closed', epoch, issued: 1, key: '01'.repeat(32), replaced: 0 }, [
    ['more replaced than issued', (line) => { line.replaced = 2; }],
  ]);
  refuses(exampleAuthority(), [
    ['a proof that is no point', (line) => { line.proof = '01'.repeat(48); }],
    ['the proof of another key', (line) => { line.proof = otherProof(); }],
    ['a tracing key that is no point', (line) => { line.tracing_key = '01'.repeat(96); }],
    ['two regions of one id', (line) => { line.regions = [line.regions[0], line.regions[0]]; }],
    ['31 days', (line) => { line.retention = 31; }],
  ]);
  refuses({ type: 'build', app: 'wallet', digest: '01'.repeat(32), version: '1.0' }, [
    ['an unknown app', (line) => { line.app = 'venue'; }],
  ]);

  it('isReadOnlyAsItIsPrinted', () => {
    const text = fromUtf8(office.lines[0]!);
    for (const other of [text.replace(',', ', '), `${text}\n`, text.replace('"profile":1', '"profile":1.0'),
      text.replace('{', '{"contact":"office@example.org",'), text.replace('City', '\\u0043ity')]) {
      expect(() => parseLine(utf8(other)), other).toThrow(MalformedError);
    }
  });
});

describe('a domain', () => {
  it('hasExactlyItsValues', () => {
    const list = { kind: 'list', values: ['yes', 'é'] } as const;
    for (const value of ['yes', 'é']) expect(isValue(list, value)).toBe(true);
    for (const value of ['Yes', 'yes ', 'yes\u200b', 'e\u0301', '']) expect(isValue(list, value), value).toBe(false);
    for (const value of ['02-29', '12-31', '01-01']) expect(isValue({ kind: 'day-month' }, value)).toBe(true);
    for (const value of ['02-30', '13-01', '00-10', '1-1', '02-29\n', '٠٢-٢٩']) expect(isValue({ kind: 'day-month' }, value), value).toBe(false);
    for (const value of ['A', 'Z', '-']) expect(isValue({ kind: 'letter' }, value)).toBe(true);
    for (const value of ['a', 'Ä', 'AB', '', '\n']) expect(isValue({ kind: 'letter' }, value), value).toBe(false);
    const years = { kind: 'year', first: 1950, last: 2008 } as const;
    for (const value of ['1950', '2008']) expect(isValue(years, value)).toBe(true);
    for (const value of ['1949', '2009', '02000', '2000 ', '2e3']) expect(isValue(years, value), value).toBe(false);
    expect([list, { kind: 'day-month' } as const, { kind: 'letter' } as const, years].map(domainSize)).toEqual([2, 366, 27, 59]);
    expect([list, { kind: 'day-month' } as const, { kind: 'letter' } as const, years].map(longestValue)).toEqual([3, 5, 1, 4]);
  });
});

describe('a line behind others', () => {
  const refused = (publish: (office: Office, world: ReturnType<typeof cityOffice>) => void) => {
    const world = cityOffice();
    const before = world.office.lines.length;
    publish(world.office, world);
    const lines = world.office.lines;
    expect(lines.length).toBeGreaterThan(before);
    const valid = Register.parse(lines.slice(0, -1));
    expect(() => valid.with(lines.slice(-1))).toThrow(MalformedError);
  };
  const epochFrom = (from: number, until: number, more = {}) => ({ from: at(NOW + from), until: at(NOW + until), ...more });

  it.each<[string, (office: Office, world: ReturnType<typeof cityOffice>) => void]>([
    ['a second office', (o) => o.publish({ ...officeLine, contact: 'other' })],
    ['the same line again', (o) => o.publishOctets(o.lines[1]!)],
    ['a language less', (o) => o.publish(citySchemeLine({ id: 'other', purpose: { en: 'Entering' } }))],
    ['a language more in an attribute', (o) => {
      const [letter, ...rest] = citySchemeLine().attributes;
      o.publish(citySchemeLine({ id: 'other', attributes: [{ ...letter!, names: { ...letter!.names, fi: 'Kirjain' } }, ...rest] }));
    }],
    ['two schemes of one id', (o) => o.publish(citySchemeLine({ ahead: 4 }))],
    ['an asker of no scheme', (o, w) => o.publishAsker(w.asker)],
    ['an asker for an attribute there is not', (o, w) => o.publishAsker(w.scheme, { attributes: [3] })],
    ['an asker for a scope there is not', (o, w) => o.publishAsker(w.scheme, { scopes: [2] })],
    ['an asker after the sunset', (o, w) => o.publishAsker(w.scheme, { until: at(NOW + 201 * DAY) })],
    ['an asker with a key of small order', (o, w) => o.publishAsker(w.scheme, { key: `01${'00'.repeat(31)}` })],
    ['an epoch of no scheme', (o, w) => o.publishEpoch(w.epoch, 4)],
    ['an epoch of an asker', (o, w) => o.publishEpoch(w.asker, 4)],
    ['an epoch that overlaps', (o, w) => o.publishEpoch(w.scheme, 4, epochFrom(3 * DAY - 1, 4 * DAY))],
    ['an epoch of an earlier number', (o, w) => o.publishEpoch(w.scheme, 3, epochFrom(3 * DAY, 4 * DAY))],
    ['an epoch that is too short', (o, w) => o.publishEpoch(w.scheme, 4, epochFrom(3 * DAY, 4 * DAY - HOUR - 1))],
    ['an epoch that is too long', (o, w) => o.publishEpoch(w.scheme, 4, epochFrom(3 * DAY, 4 * DAY + HOUR + 1))],
    ['P7: an epoch of a scheme without an end', (o) => o.publishEpoch(o.publish({ ...citySchemeLine({ id: 'ever' }), sunset: '2199-01-01T00:00:00Z' }), 0, {})],
    ['an epoch after the sunset', (o, w) => o.publishEpoch(w.scheme, 4, epochFrom(200 * DAY - HOUR, 200 * DAY + 1))],
    ['an epoch with the key of another', (o, w) => o.publishEpoch(w.scheme, 4, { key: city.epoch(w.epoch)!.key })],
    ['an epoch whose key is no point', (o, w) => o.publishEpoch(w.scheme, 4, { key: '00'.repeat(96) })],
    ['an epoch whose key is the identity', (o, w) => o.publishEpoch(w.scheme, 4, { key: `c0${'00'.repeat(95)}` })],
    ['a spare of no main epoch', (o, w) => o.publishEpoch(w.scheme, 4, { spare: true })],
    ['a spare of another time', (o, w) => o.publishEpoch(w.scheme, 3, epochFrom(2 * DAY, 3 * DAY - 1, { spare: true }))],
    ['a second spare', (o, w) => { o.publishEpoch(w.scheme, 3, { spare: true }); o.publishEpoch(w.scheme, 3, { spare: true }); }],
    ['a stop of the office', (o) => o.publishStop(city.officeLeaf, NOW)],
    ['a stop of nothing', (o) => o.publishStop('00'.repeat(32), NOW)],
    ['a second stop', (o, w) => { o.publishStop(w.epoch, NOW); o.publishStop(w.epoch, NOW + 1); }],
    ['a closing with another key', (o, w) => o.publish({ type: 'closed', epoch: w.epoch, issued: 1, key: '01'.repeat(32), replaced: 0 })],
    ['a closing with the key 0', (o, w) => o.publish({ type: 'closed', epoch: w.epoch, issued: 1, key: '00'.repeat(32), replaced: 0 })],
    ['a second closing', (o, w) => { o.publishClosed(w.epoch); o.publish({ type: 'closed', epoch: w.epoch, issued: 2, key: '01'.repeat(32), replaced: 0 }); }],
    ['a closing of a scheme', (o, w) => o.publish({ type: 'closed', epoch: w.scheme, issued: 1, key: '01'.repeat(32), replaced: 0 })],
    ['a key of another number', (o) => o.publishKey(2, o.registerKey)],
    ['a key signed by another', (o) => o.publishKey(1, o.cosignKey)],
  ])('isRefused: %s', (_, publish) => refused(publish));

  it('isTakenWhereTheRulesAllowIt', () => {
    const world = cityOffice();
    const last = world.office.publishEpoch(world.scheme, 4, epochFrom(200 * DAY - HOUR, 200 * DAY));
    const spare = world.office.publishEpoch(world.scheme, 4, epochFrom(200 * DAY - HOUR, 200 * DAY, { spare: true }));
    const key = world.office.publishKey(1, world.office.registerKey);
    world.office.publishKey(2, key);
    const closed = world.office.publishClosed(world.epoch);
    const register = Register.parse(world.office.lines);
    expect(register.spareOf(last)).toBe(spare);
    expect(register.mainOf(spare)).toBe(last);
    expect(register.epochsOf(world.scheme)).toEqual([...world.epochs, last]);
    expect(register.closedOf(world.epoch)).toEqual(register.line(closed));
    expect(register.registerKeyAt(register.positionOf(closed)!)).toEqual(register.registerKeyAt(register.size));
    expect(register.registerKeyAt(1)).toEqual(world.office.registerKey.publicKey.toBytes());
    expect(register.officeWords).toMatch(/^([a-z]{5}-){7}[a-z]{5}$/);
  });

  it('standsBehindAnOffice', () => {
    expect(() => Register.parse([])).toThrow(MalformedError);
    expect(() => Register.parse(office.lines.slice(1))).toThrow(MalformedError);
    expect(scheme).toBe(city.leavesOf('scheme')[0]);
  });
});
