import type { Ed25519Secret } from '@safeconduct/crypto';
import { describe, expect, it } from 'vitest';
import {
  AheadError, askerState, bundles, bundlesBeyond, Checkpoint, epochState, isSuspended, KnownRegister, MalformedError, overdueEpochs,
  parseBundle, parseIndex, Register, runningEpoch, schemeState, VerificationError,
} from '../src/index.ts';
import { base64, concat, fromBase64, utf8 } from '../src/wire/bytes.ts';
import { DAY, FIRST_TIME, HOUR, LAST_TIME } from '../src/wire/time.ts';
import { at, cityOffice, citySchemeLine, NOW, Office } from './support/office.ts';

/** A note with one of its lines changed. */
const changed = (note: string, line: number, change: (text: string) => string): Uint8Array => {
  const lines = note.split('\n');
  lines[line] = change(lines[line]!);
  return utf8(lines.join('\n'));
};

describe('a checkpoint', () => {
  const { office } = cityOffice();
  const register = Register.parse(office.lines);
  const note = office.note();

  it('tellsTheTimeOfItsCosignature', () => {
    expect(Checkpoint.parse(utf8(note)).verify(register)).toBe(NOW);
    expect(office.checkpoint(null).verify(register)).toBeNull();
    expect(() => office.checkpoint(NOW, 2).verify(register)).toThrow(VerificationError);
  });

  it('keepsAndIgnoresLinesOfOthers', () => {
    const witnessed = utf8(`${note}\u2014 witness.example.org ${base64(new Uint8Array(76))}\n`);
    const checkpoint = Checkpoint.parse(witnessed);
    expect(checkpoint.verify(register)).toBe(NOW);
    expect(utf8(checkpoint.note)).toEqual(witnessed);
  });

  it.each<[string, Uint8Array]>([
    ['too long', utf8(note + `\u2014 w ${base64(new Uint8Array(4000))}\n`)],
    ['without an end', utf8(note.slice(0, -1))],
    ['without signatures', utf8(`${note.split('\n').slice(0, 4).join('\n')}\n`)],
    ['with an extension line', changed(note, 2, (root) => `${root}\nextension`)],
    ['with a size that begins with 0', changed(note, 1, (size) => `0${size}`)],
    ['of size 0', changed(note, 1, () => '0')],
    ['of size 100,001', changed(note, 1, () => '100001')],
    ['with a root of 31 bytes', changed(note, 2, () => base64(new Uint8Array(31)))],
    ['with a root without padding', changed(note, 2, (root) => root.replace('=', ''))],
    ['with a hyphen for a dash', changed(note, 4, (line) => line.replace('\u2014', '-'))],
    ['with a plus in a name', changed(note, 4, (line) => line.replace('office.', 'office+'))],
    ['with a space more', changed(note, 4, (line) => line.replace(' ', '  '))],
    ['with a signature twice', changed(note, 5, () => note.split('\n')[4]!)],
    ['with a key id alone', changed(note, 5, () => `\u2014 w ${base64(new Uint8Array(4))}`)],
    ['with an origin in capitals', changed(note, 0, (origin) => origin.toUpperCase())],
    ['with carriage returns', utf8(note.replace(/\n/g, '\r\n'))],
    ['that is not UTF-8', concat(utf8(note), Uint8Array.of(0xff))],
  ])('isMalformed: %s', (_, octets) => {
    expect(() => Checkpoint.parse(octets)).toThrow(MalformedError);
  });

  const flip = (line: string, at: number) => {
    const [dash, name, text] = line.split(' ') as [string, string, string];
    const octets = fromBase64(text);
    octets[at]! ^= 1;
    return `${dash} ${name} ${base64(octets)}`;
  };
  it.each<[string, () => Checkpoint]>([
    ['of another root', () => Checkpoint.parse(changed(note, 2, () => base64(new Uint8Array(32))))],
    ['of another size', () => Checkpoint.parse(changed(note, 1, () => '2'))],
    ['of a longer register', () => Checkpoint.parse(changed(note, 1, () => '7'))],
    ['of another origin', () => Checkpoint.parse(changed(note, 0, () => 'other.example.org'))],
    ['with a signature changed', () => Checkpoint.parse(changed(note, 4, (line) => flip(line, 10)))],
    ['with another key id', () => Checkpoint.parse(changed(note, 4, (line) => flip(line, 0)))],
    ['with the time of the cosignature changed', () => Checkpoint.parse(changed(note, 5, (line) => flip(line, 11)))],
    ['cosigned before 2020', () => office.checkpoint(1_577_836_799)],
    ['cosigned after 2199', () => office.checkpoint(7_258_118_400)],
    ['signed by the cosignature key', () => office.checkpoint(NOW, undefined, office.cosignKey)],
  ])('doesNotVerify: %s', (_, make) => {
    const checkpoint = make();
    expect(() => checkpoint.verify(register)).toThrow(VerificationError);
  });

  it('isSignedByTheKeyOfItsSize', () => {
    const world = cityOffice();
    const before = world.office.lines.length;
    const key = world.office.publishKey(1, world.office.registerKey);
    const rotated = Register.parse(world.office.lines);
    const first = Register.parse(world.office.lines.slice(0, before));
    expect(world.office.checkpoint(NOW, before).verify(first)).toBe(NOW);
    expect(() => world.office.checkpoint(NOW, before).verifySignature(rotated)).not.toThrow();
    expect(world.office.checkpoint(NOW, before + 1, key).verify(rotated)).toBe(NOW);
    expect(() => world.office.checkpoint(NOW, before + 1).verify(rotated)).toThrow(VerificationError);
    expect(() => world.office.checkpoint(NOW, before, key).verify(first)).toThrow(VerificationError);
  });
});

describe('a known register', () => {
  it('growsByLinesBehindItsOwn', () => {
    const { office, scheme } = cityOffice();
    const known = office.known();
    office.publishEpoch(scheme, 4);
    const { result, known: grown } = known.grow(office.checkpoint(NOW + HOUR), office.lines, NOW + HOUR);
    expect(result).toBe('GROWN');
    expect(grown.register.size).toBe(known.register.size + 1);
    expect(grown.signedTime).toBe(NOW + HOUR);
    expect(known.register.size).toBe(office.lines.length - 1);
    expect(KnownRegister.fromJson(JSON.parse(JSON.stringify(grown.toJson()))).toJson()).toEqual(grown.toJson());
  });

  it('takesALaterCosignatureAndNoEarlierOne', () => {
    const { office } = cityOffice();
    const known = office.known();
    const later = known.grow(office.checkpoint(NOW + DAY), null, NOW + DAY);
    expect([later.result, later.known.signedTime]).toEqual(['UNCHANGED', NOW + DAY]);
    const back = later.known.grow(office.checkpoint(NOW), null, NOW + DAY);
    expect([back.result, back.known.signedTime]).toEqual(['UNCHANGED', NOW + DAY]);
    const older = later.known.grow(office.checkpoint(NOW + 2 * DAY, 3), null, NOW + 2 * DAY);
    expect([older.result, older.known.signedTime, older.known.register.size]).toEqual(['UNCHANGED', NOW + DAY, office.lines.length]);
  });

  /** Two registers of one office with the same keys: what P8 is about. */
  const split = () => {
    const [one, other] = [cityOffice(), cityOffice({ daily_cap: 999 })];
    return { one, other, known: one.office.known() };
  };

  it.each<[string, (office: Office, scheme: string) => Ed25519Secret | void]>([
    ['of the same size', () => {}],
    ['that is longer', (office, scheme) => void office.publishEpoch(scheme, 4)],
    ['that has rotated its key', (office) => office.publishKey(1, office.registerKey)],
    ['with a line that no client reads', (office) => void office.publishOctets(utf8('{}'))],
  ])('P8: aSecondRegisterIsKeptAsEvidenceAndNotUsed: %s', (_, publish) => {
    const { other, known } = split();
    const key = publish(other.office, other.scheme);
    const { result, known: warned } = known.grow(other.office.checkpoint(NOW, undefined, key ?? undefined), other.office.lines, NOW);
    expect(result).toBe('SPLIT');
    expect(warned.evidence).toHaveLength(1);
    expect({ ...warned.toJson(), evidence: [] }).toEqual(known.toJson());
    expect(KnownRegister.fromJson(JSON.parse(JSON.stringify(warned.toJson()))).evidence).toEqual(warned.evidence);
  });

  it('isNotTurnedAgainstItsOfficeByAForger', () => {
    const { one, known } = split();
    const forger = new Office('forger');
    forger.publish(citySchemeLine());
    expect(() => known.grow(forger.checkpoint(), null, NOW)).toThrow(VerificationError);
    for (let i = 0; i < 8; i++) forger.publishAsker(Register.parse(forger.lines).leavesOf('scheme')[0]!, { doors: [`${i}`] });
    expect(() => known.grow(forger.checkpoint(), forger.lines, NOW)).toThrow(VerificationError);
    one.office.publishEpoch(one.scheme, 4);
    const damaged = one.office.lines.map((line, i) => (i === 1 ? forger.lines[2]! : line));
    expect(() => known.grow(one.office.checkpoint(), damaged, NOW)).toThrow(VerificationError);
    expect(() => known.grow(one.office.checkpoint(), one.office.lines.slice(1), NOW)).toThrow(MalformedError);
    expect(() => known.grow(one.office.checkpoint(), null, NOW)).toThrow(MalformedError);
  });

  it('P8: aSplitShowsAtTheFirstHonestDoor', () => {
    const { one, other, known } = split();
    const theirs = Register.parse(other.office.lines);
    expect(known.compare(theirs.size, theirs.root()).agreement).toBe('DIFFERS');
    expect(known.compare(theirs.size, theirs.root()).known.evidence).toHaveLength(1);
    expect(known.compare(2, known.register.root(2)).agreement).toBe('AGREES');
    one.office.publishEpoch(one.scheme, 4);
    other.office.publishEpoch(other.scheme, 4);
    const longer = Register.parse(other.office.lines);
    const noted = known.compare(longer.size, longer.root());
    expect([noted.agreement, noted.known.evidence]).toEqual(['LONGER', []]);
    const { result, known: warned } = noted.known.grow(one.office.checkpoint(), one.office.lines, NOW);
    expect(result).toBe('SPLIT');
    expect(warned.evidence).toMatchObject([{ kind: 'question', size: longer.size }]);
  });

  it('countsItsAgeFromTheCosignature', () => {
    const { office } = cityOffice();
    const known = office.known(NOW + 3 * HOUR, NOW);
    expect(known.age(NOW + 5 * HOUR)).toBe(5 * HOUR);
    expect([known.isOld(NOW + DAY - 1), known.isOld(NOW + DAY)]).toEqual([false, true]);
    expect([office.known(NOW, null).age(NOW), office.known(NOW, null).isOld(NOW)]).toEqual([null, true]);
  });

  it('givesADaysNoticeOnceItIsKnownForADay', () => {
    const { office, scheme } = cityOffice();
    const known = office.known();
    const fresh = office.publishEpoch(scheme, 4);
    const grow = (seen: number) => known.grow(office.checkpoint(NOW), office.lines, seen).known;
    expect(grow(NOW + HOUR).mayAskUnder(fresh, NOW + DAY - 1)).toBe(true);
    expect(grow(NOW + HOUR).mayAskUnder(fresh, NOW + DAY + HOUR - 1)).toBe(false);
    expect(grow(NOW + HOUR).mayAskUnder(fresh, NOW + DAY + HOUR)).toBe(true);
    expect(grow(NOW - HOUR).mayAskUnder(fresh, NOW + DAY - 1)).toBe(true);
    expect(grow(NOW - HOUR).mayAskUnder(fresh, NOW + DAY)).toBe(true);
  });

  it('readsNoLineThatTheOfficeDidNotSign', () => {
    const { office } = cityOffice();
    const known = office.known();
    const { size } = known.register;
    office.publishOctets(utf8('{}'));
    const forged = office.checkpoint(NOW, size + 1, office.askerKey);
    expect(() => known.grow(forged, office.lines, NOW)).toThrow(VerificationError);
    expect(() => KnownRegister.meet(forged, office.lines, NOW)).toThrow(VerificationError);
    const damaged = [...office.lines.slice(0, -1), utf8('[]')];
    expect(() => known.grow(office.checkpoint(), damaged, NOW)).toThrow(VerificationError);
    expect(() => known.grow(office.checkpoint(), office.lines, NOW)).toThrow(MalformedError);
  });

  it('growsOverARotation', () => {
    const { office, scheme } = cityOffice();
    const known = office.known();
    const key = office.publishKey(1, office.registerKey);
    office.publishEpoch(scheme, 4);
    const checkpoint = office.checkpoint(NOW, office.lines.length, key);
    expect(known.grow(checkpoint, office.lines, NOW).result).toBe('GROWN');
    expect(KnownRegister.meet(checkpoint, office.lines, NOW).register.size).toBe(office.lines.length);
  });

  it('worksWhateverItsClockSays', () => {
    for (const clock of [-1e12, 0, FIRST_TIME, NOW - 2 * DAY, NOW - DAY, NOW, LAST_TIME, 1e11]) {
      const { office, scheme } = cityOffice();
      const lost = clock < NOW - DAY;
      if (lost) expect(() => office.known(clock, NOW)).toThrow(AheadError);
      const known = office.known(lost ? NOW : clock, NOW).seen(clock);
      expect(known.latestTime).toBe(NOW);
      if (lost) expect(() => known.grow(office.checkpoint(NOW), null, clock)).toThrow(AheadError);
      const fresh = office.publishEpoch(scheme, 4);
      if (lost) expect(() => known.grow(office.checkpoint(NOW), office.lines, clock)).toThrow(AheadError);
      const { known: grown } = known.grow(office.checkpoint(NOW), office.lines, lost ? NOW : clock);
      expect(KnownRegister.fromJson(grown.toJson()).toJson()).toEqual(grown.toJson());
      const { known: settled } = grown.grow(office.checkpoint(NOW), null, NOW);
      expect(settled.mayAskUnder(fresh, NOW + 2 * DAY)).toBe(true);
    }
  });

  it('givesADaysNoticeThatIsNotOverBecauseAClockWasSetRight', () => {
    const real = NOW + 40 * DAY;
    for (const stuck of [0, FIRST_TIME, NOW - 400 * DAY]) {
      const { office, scheme } = cityOffice();
      const known = office.known(NOW, NOW);
      const fresh = office.publishEpoch(scheme, 4);
      const { known: grown } = known.grow(office.checkpoint(null), office.lines, stuck);
      expect(grown.mayAskUnder(fresh, real)).toBe(false);
      const { known: settled } = grown.grow(office.checkpoint(NOW), null, real);
      expect([0, DAY, 2 * DAY].map((after) => settled.mayAskUnder(fresh, real + after))).toEqual([false, false, true]);
      expect(settled.grow(office.checkpoint(null), null, stuck).known.mayAskUnder(fresh, real)).toBe(false);
    }
  });

  it('isNotChangedByACosignatureMoreThanADayAheadOfTheClock', () => {
    const { office, scheme } = cityOffice();
    const known = office.known(NOW, NOW);
    for (const ahead of [NOW + DAY + 1, NOW + 70 * 365 * DAY, LAST_TIME]) {
      expect(() => office.known(NOW, ahead)).toThrow(AheadError);
      expect(() => known.grow(office.checkpoint(ahead), null, NOW)).toThrow(AheadError);
    }
    expect(known.grow(office.checkpoint(NOW + DAY), null, NOW).known.latestTime).toBe(NOW + DAY);
    office.publishEpoch(scheme, 4);
    expect(() => known.grow(office.checkpoint(NOW + DAY + 1), office.lines, NOW)).toThrow(AheadError);
    expect(known.grow(office.checkpoint(NOW), office.lines, NOW).known.isBehind(NOW)).toBe(false);
    const { other, known: held } = split();
    expect(held.grow(other.office.checkpoint(LAST_TIME), other.office.lines, NOW).result).toBe('SPLIT');
  });

  it('keepsNoTimeThatIsFarAheadOfTheOfficesSignature', () => {
    const known = cityOffice().office.known(NOW, NOW);
    expect(known.seen(NOW + 30 * DAY).latestTime).toBe(NOW + 30 * DAY);
    for (const ahead of [NOW + 30 * DAY + 1, NOW + 19 * 365 * DAY, LAST_TIME, 1e11]) {
      expect([known.isFarAhead(ahead), known.seen(ahead).isBehind(NOW)]).toEqual([true, false]);
      expect(cityOffice().office.known(ahead, NOW).isBehind(NOW)).toBe(false);
    }
    expect([known.isFarAhead(NOW + 30 * DAY), known.isFarAhead(0)]).toEqual([false, false]);
  });

  it('remembersTheLatestTime', () => {
    const known = cityOffice().office.known(NOW, NOW + 5);
    expect(known.latestTime).toBe(NOW + 5);
    expect([known.isBehind(NOW + 4), known.isBehind(NOW + 5)]).toEqual([true, false]);
    expect(known.seen(NOW).latestTime).toBe(NOW + 5);
    expect(known.seen(NOW + 9).latestTime).toBe(NOW + 9);
  });

  it('isRestoredOnlyAsItWasStored', () => {
    const json = cityOffice().office.known().toJson();
    for (const wrong of [{ ...json, type: 'pass' }, { ...json, lines: json.lines.slice(1) }, { ...json, extra: 1 }, null, [],
      { ...json, growths: [] }, { ...json, growths: [{ size: 1, seen: NOW }] }, { ...json, latestTime: -1 },
      { ...json, lines: json.lines.map((line) => line.replace('City', 'Sity')) }]) {
      expect(() => KnownRegister.fromJson(wrong)).toThrow(MalformedError);
    }
  });
});

describe('bundles', () => {
  const lines = Array.from({ length: 600 }, (_, i) => utf8(`{"line":${i}}`));

  it('bringEveryLine', () => {
    const { index, bundles: files } = bundles(lines);
    const hashes = parseIndex(index, lines.length);
    expect(hashes).toHaveLength(3);
    expect(hashes.flatMap((hash, i) => parseBundle(files.get(hash)!, i, hash, lines.length))).toEqual(lines);
    expect(bundlesBeyond(0, 600)).toEqual([0, 1, 2]);
    expect(bundlesBeyond(512, 600)).toEqual([2]);
    expect(bundlesBeyond(511, 600)).toEqual([1, 2]);
    expect(bundlesBeyond(600, 600)).toEqual([2]);
    expect(bundlesBeyond(512, 512)).toEqual([]);
  });

  it('areRefusedInAnyOtherForm', () => {
    const { index, bundles: files } = bundles(lines);
    const [hash] = parseIndex(index, lines.length) as [string];
    const file = files.get(hash)!;
    expect(() => parseIndex(index, 512)).toThrow(MalformedError);
    expect(() => parseIndex(index.slice(0, -1), lines.length)).toThrow(MalformedError);
    expect(() => parseIndex(utf8(new TextDecoder().decode(index).toUpperCase()), lines.length)).toThrow(MalformedError);
    expect(() => parseBundle(file, 0, hash, 255)).toThrow(MalformedError);
    expect(() => parseBundle(file, 2, hash, lines.length)).toThrow(MalformedError);
    expect(() => parseBundle(file.slice(0, -1), 0, hash, lines.length)).toThrow(MalformedError);
  });
});

describe('validity', () => {
  const world = () => {
    const made = cityOffice();
    return { ...made, register: () => Register.parse(made.office.lines) };
  };

  it('ofAnEpochIsItsTime', () => {
    const { register, epoch, scheme, epochs } = world();
    expect([-1, 0, DAY - 1, DAY].map((after) => epochState(register(), epoch, NOW + after)))
      .toEqual(['EPOCH_NOT_YET', 'VALID', 'VALID', 'EPOCH_OVER']);
    expect(runningEpoch(register(), scheme, NOW + DAY)).toBe(epochs[1]);
    expect(runningEpoch(register(), scheme, NOW - 1)).toBeNull();
  });

  it('P7: ofASchemeEndsAtItsSunset', () => {
    const { register, epoch, scheme, asker } = world();
    const sunset = NOW + 200 * DAY;
    expect([schemeState(register(), scheme, sunset - 1), schemeState(register(), scheme, sunset)]).toEqual(['VALID', 'SCHEME_OVER']);
    expect(epochState(register(), epoch, sunset)).toBe('SCHEME_OVER');
    expect(askerState(register(), asker, sunset)).toBe('SCHEME_OVER');
    expect([askerState(register(), asker, NOW + 100 * DAY - 1), askerState(register(), asker, NOW + 100 * DAY)]).toEqual(['VALID', 'ASKER_OVER']);
  });

  it('endsWithAStopFromItsTimeOn', () => {
    const { office, register, epoch, asker, scheme } = world();
    office.publishStop(epoch, NOW + HOUR);
    office.publishStop(asker, NOW + HOUR);
    expect([epochState(register(), epoch, NOW + HOUR - 1), epochState(register(), epoch, NOW + HOUR)]).toEqual(['VALID', 'EPOCH_STOPPED']);
    expect([askerState(register(), asker, NOW + HOUR - 1), askerState(register(), asker, NOW + HOUR)]).toEqual(['VALID', 'ASKER_STOPPED']);
    office.publishStop(scheme, NOW + 2 * HOUR);
    expect(epochState(register(), epoch, NOW + 2 * HOUR)).toBe('SCHEME_STOPPED');
  });

  it('ofASpareBeginsWithTheStopOfItsMainEpoch', () => {
    const { office, register, epoch, scheme } = world();
    const spare = office.publishEpoch(scheme, 1, { spare: true });
    expect(epochState(register(), spare, NOW)).toBe('EPOCH_SPARE');
    office.publishStop(epoch, NOW + HOUR);
    expect([epochState(register(), spare, NOW + HOUR - 1), epochState(register(), spare, NOW + HOUR)]).toEqual(['EPOCH_SPARE', 'VALID']);
    expect(runningEpoch(register(), scheme, NOW + HOUR)).toBe(spare);
  });

  it('P7: endsWithThePublicationOfTheKey', () => {
    const { office, register, epoch } = world();
    office.publishClosed(epoch);
    expect(epochState(register(), epoch, NOW)).toBe('EPOCH_CLOSED');
  });

  it('P7: ofNewEpochsEndsWhereAnOldKeyIsNotPublished', () => {
    const { office, register, epoch, epochs, scheme } = world();
    const from = NOW + 61 * DAY;
    const late = office.publishEpoch(scheme, 60, { from: at(from), until: at(from + DAY) });
    expect(isSuspended(register(), late)).toBe(true);
    expect(epochState(register(), late, from)).toBe('EPOCH_SUSPENDED');
    expect(overdueEpochs(register(), NOW + 31 * DAY)).toEqual([epoch]);
    office.publishClosed(epoch);
    expect(epochState(register(), late, from)).toBe('VALID');
    expect(overdueEpochs(register(), NOW + 33 * DAY)).toEqual(epochs.slice(1));
  });
});
