import { MalformedError, VerificationError } from '@safeconduct/crypto';
import { IbeSecretKey } from '@safeconduct/crypto/extracting';
import { describe, expect, it } from 'vitest';
import {
  Diary, hourOf, openBatch, openBatchIndex, scan, TracingSheet, Upload, UploadToken, VenueCode, Warning, WarningChain,
} from '../src/index.ts';
import { openNotice, sealNotice } from '../src/presence/notice.ts';
import { fromHex, hex } from '../src/wire/bytes.ts';
import type { Cbor } from '../src/wire/cbor.ts';
import { codeText } from '../src/wire/code.ts';
import { sha256 } from '../src/wire/hash.ts';
import { DAY, HOUR as SECONDS } from '../src/wire/time.ts';
import { CAFE, HOUR, NOTICE, NOW, Town } from './support/town.ts';

const town = new Town();
const { sheet, cafe, choir, random } = town;
const NONE = '0'.repeat(64);
/** Another poster of the same venue. */
const fields = (change: Partial<typeof CAFE>): VenueCode => sheet.with({ ...CAFE, ...change }, town.authority.leaf, random).posters.at(-1)!;

describe('a poster', () => {
  const reason = (text: string, now = NOW): string => {
    const scanned = scan(text, [town.register], now);
    return scanned.kind === 'REFUSED' ? scanned.reason : scanned.poster.name;
  };

  it('namesItsVenueBeforeAnythingIsSealed', () => {
    expect(town.scan(cafe).poster).toEqual(CAFE);
    expect(`${town.scan(cafe)} ${cafe} ${sheet}`).toBe('Venue VenueCode TracingSheet[secret]');
  });

  it('isRefusedWithTheFirstReasonThatHolds', () => {
    expect(reason('SCV1:')).toBe('NOT_A_POSTER');
    expect(reason(sheet.toText())).toBe('NOT_A_POSTER');
    expect(scan(cafe.toText(), [], NOW)).toEqual({ kind: 'REFUSED', reason: 'UNKNOWN_AUTHORITY' });
    expect(reason(TracingSheet.create(random).with(CAFE, 'ab'.repeat(32), random).posters[0]!.toText())).toBe('UNKNOWN_AUTHORITY');
    expect(reason(fields({ region: 2, end: NOW - 1 }).toText())).toBe('UNKNOWN_REGION');
    const ending = fields({ end: NOW }).toText();
    expect([reason(ending, NOW - 1), reason(ending, NOW)]).toEqual(['Café Süd', 'ENDED']);
  });

  it('withAKeyThatItsMakerDoesNotKnowIsForged', () => {
    // x * P2 - authority: its maker would open every visit alone with x.
    const key = IbeSecretKey.random(random);
    const theirs = { key: town.tracing.publicKey, proof: key.prove(), seed: random(16), poster: CAFE, authority: town.authority.leaf };
    expect(() => VenueCode.of(theirs)).toThrow(VerificationError);
    const text = codeText('venue', [
      1, town.tracing.publicKey.toBytes(), key.prove().toBytes(), random(16), 'Café', 'Street', null, 0, 1, 0, fromHex(town.authority.leaf, 32), null,
    ]);
    expect(reason(text)).toBe('FORGED');
  });

  it('hasAnIdentityOfItsOwnForEveryByteAndHour', () => {
    const others = [cafe.identity(HOUR + 1), choir.identity(HOUR), fields({}).identity(HOUR), fields({ name: 'Cafe Süd' }).identity(HOUR)];
    expect(new Set([cafe.identity(HOUR), ...others].map(hex)).size).toBe(5);
  });

  it('isRefusedWithAFieldThatIsNotAsItHasToBe', () => {
    const wrong = [{ name: '' }, { name: ' x' }, { place: 'x'.repeat(81) }, { room: 'a\u202eb' }, { stay: 0 }, { stay: 13 }, { region: 64 }, { end: 7_258_118_400 }];
    for (const change of wrong) expect(() => fields(change), JSON.stringify(change)).toThrow(MalformedError);
    expect(() => fields({ kind: 'PUB' as never })).toThrow();
  });
});

describe('a tracing sheet', () => {
  it('isReadAndPrintedTheSameAndRefusesPostersOfAnotherKey', () => {
    const read = TracingSheet.parse(sheet.toText());
    expect(read.toText()).toBe(sheet.toText());
    expect(read.posters.map(({ poster }) => poster.name)).toEqual(['Café Süd', 'Choir']);
    const stranger = IbeSecretKey.random(random);
    expect(() => TracingSheet.parse(codeText('tracingSheet', [1, stranger.toBytes(), [cafe.toBytes()]]))).toThrow(VerificationError);
    expect(() => TracingSheet.parse(codeText('tracingSheet', [2, stranger.toBytes(), []]))).toThrow(MalformedError);
    expect(() => TracingSheet.parse(codeText('tracingSheet', [1, new Uint8Array(32), []]))).toThrow(MalformedError);
    expect(() => TracingSheet.create(random).part(cafe, HOUR)).toThrow(RangeError);
  });

  it('givesSlipCodesThatAreTheHoursAlone', () => {
    const slips = [sheet.slip(cafe, HOUR), sheet.slip(cafe, HOUR + 1), sheet.slip(choir, HOUR)];
    expect(new Set(slips).size).toBe(3);
    for (const slip of slips) expect(slip).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(TracingSheet.parse(sheet.toText()).slip(cafe, HOUR)).toBe(slips[0]);
  });
});

describe('an upload', () => {
  const token = UploadToken.parse(`${'0123456789ABCDEFGHJKMNPQR'}0`);

  it('holdsPartsThatTheVenuesKeyVerifies', () => {
    const upload = Upload.of(token, [sheet.part(choir, HOUR), sheet.part(cafe, HOUR + 1), sheet.part(cafe, HOUR)]);
    const read = Upload.parse(new TextEncoder().encode(upload.toJson()));
    expect(read.token.toText()).toBe(token.toText());
    expect(read.hours.map(({ hour }) => hour)).toEqual([HOUR, HOUR, HOUR + 1]);
    for (const { venue, hour, part, slip } of read.hours) {
      venue.key.verifyPart(part, venue.identity(hour));
      expect(slip).toBe(sheet.slip(venue, hour));
      expect(() => venue.key.verifyPart(part, venue.identity(hour + 1))).toThrow(VerificationError);
    }
  });

  it('hasOneFormWithHoursThatAscend', () => {
    const part = sheet.part(cafe, HOUR);
    for (const hours of [[], [part, part], Array.from({ length: 49 }, (_, i) => ({ ...part, hour: HOUR + i }))]) {
      expect(() => Upload.of(token, hours)).toThrow(MalformedError);
    }
    expect(() => Upload.of(token, [{ ...part, slip: 'ILOU0000' }])).toThrow(MalformedError);
  });

  it('isOfOneLengthForAVenueWhateverItHoldsAndSoIsADummy', () => {
    const hours = Array.from({ length: 48 }, (_, i) => HOUR + i);
    const bodies = [
      Upload.of(token, [sheet.part(cafe, HOUR)]), Upload.of(token, sheet.posters.flatMap((poster) => hours.map((hour) => sheet.part(poster, hour)))),
    ].map((upload) => upload.toBody(sheet.posters));
    const dummy = Upload.dummyBody(sheet.posters, random);
    expect(sheet.posters.length).toBe(2);
    expect([...bodies, dummy].map((body) => Buffer.byteLength(body))).toEqual([16_384, 16_384, 16_384]);
    expect(bodies.map((body) => Upload.parse(Buffer.from(body.trimEnd())).hours.length)).toEqual([1, 96]);
    expect(() => Upload.parse(Buffer.from(dummy.trimEnd()))).toThrow(MalformedError);
    const { token: drawn, posters } = JSON.parse(dummy) as { token: string; posters: unknown[] };
    expect(posters).toEqual([]);
    expect(UploadToken.parse(drawn).toText()).not.toBe(JSON.parse(Upload.dummyBody(sheet.posters, random)).token);
  });

  it('hasRoomForAFullSheet', () => {
    const lengths: number[] = [];
    let full = TracingSheet.create(random);
    while (full.posters.length < 16) {
      full = full.with({ ...cafe.poster, name: `Hall ${full.posters.length}`, room: null }, cafe.authority, random);
      lengths.push(Upload.dummyBody(full.posters, random).length);
    }
    expect(lengths).toEqual([...Array(2).fill(16_384), ...Array(6).fill(65_536), ...Array(8).fill(262_144)]);
    const part = full.part(full.posters[0]!, HOUR);
    const hours = full.posters.flatMap((venue) => Array.from({ length: 48 }, (_, i) => ({ ...part, venue, hour: HOUR + i })));
    expect(Upload.of(token, hours).toBody(full.posters).length).toBe(262_144);
  });

  it('takesATokenAsItIsTyped', () => {
    expect(UploadToken.typed(' o123-4567 89ab cdef ghjk mnpq r0\n').toText()).toBe(token.toText());
    for (const wrong of ['', '0', `${'0'.repeat(25)}1`, '0'.repeat(27), `${'0'.repeat(25)}U`]) expect(() => UploadToken.parse(wrong)).toThrow(MalformedError);
    expect(`${token}`).toBe('UploadToken[secret]');
  });
});

describe('a diary', () => {
  it('hasTheSameLengthAndOrderWhateverHappened', () => {
    const out = town.diary();
    out.checkIn(town.scan(cafe), NOW, random);
    const bytes = out.toBytes();
    expect([bytes.length, town.diary().toBytes().length]).toEqual([(24 + 12) * 328, (24 + 12) * 328]);
    expect(Diary.parse(bytes, 1).toBytes()).toEqual(bytes);
  });

  it('tellsVisitsFromDummiesToNobodyNotEvenToWhoHasThePoster', () => {
    const out = town.diary();
    out.checkIn(town.scan(cafe), NOW, random);
    const stored = hex(out.toBytes());
    for (const trace of [cafe.identity(HOUR), cafe.message(HOUR), cafe.toBytes(), cafe.key.toBytes()]) expect(stored).not.toContain(hex(trace));
    // With the venue's half of the key alone nothing opens either (P5).
    const half = sheet.part(cafe, HOUR);
    const alone = town.warnings([half]).map((warning) => {
      const octets = warning.toBytes();
      octets.set(half.part.toBytes(), 36);
      return Warning.parse(octets);
    });
    expect(out.match(alone)).toEqual([]);
  });

  it('forgetsWhatIsOlderThanTheRetentionTimeAndHoursAheadOfTheClock', () => {
    const diary = town.diary();
    diary.checkIn(town.scan(cafe), NOW, random);
    const warned = town.warnings([sheet.part(cafe, HOUR)]);
    diary.tend(NOW + 23 * SECONDS, random);
    expect(diary.match(warned)).toHaveLength(1);
    diary.tend(NOW + 24 * SECONDS, random);
    expect(diary.match(warned)).toEqual([]);
    const ahead = town.diary(NOW + 2 * DAY);
    ahead.tend(NOW, random);
    expect(ahead.toBytes().length).toBe(36 * 328);
  });

  it('isRefusedInAnotherForm', () => {
    const bytes = town.diary().toBytes();
    const changed = (at: number) => bytes.map((octet, i) => (i === at ? octet ^ 1 : octet));
    for (const wrong of [new Uint8Array(), bytes.slice(1), bytes.slice(0, 164), changed(3), changed(164 + 3), changed(0)]) {
      expect(() => Diary.parse(wrong, 1)).toThrow(MalformedError);
    }
    expect(() => Diary.parse(bytes, 0)).toThrow(RangeError);
    const damaged = Diary.parse(bytes.map((octet, i) => (i === 4 ? octet & 0x7f : octet)), 1);
    expect(() => damaged.check()).toThrow(MalformedError);
    expect(() => damaged.match([town.dummy(HOUR - 23)])).toThrow(MalformedError);
  });

  it('keepsTheLastTwoVisitsOfAnHourAlsoWhenItIsReadAnewBetweenThem', () => {
    const rooms = ['First', 'Second', 'Third'].reduce((all, room) => all.with({ ...CAFE, room }, town.authority.leaf, random), TracingSheet.create(random));
    const [first, second, third] = rooms.posters as [VenueCode, VenueCode, VenueCode];
    const warned = town.warnings(rooms.posters.map((venue) => rooms.part(venue, HOUR)));
    const kept = (...visits: readonly VenueCode[]) => {
      let diary = town.diary();
      for (const visit of visits) {
        diary.checkIn(town.scan(visit), NOW, random);
        diary = Diary.parse(diary.toBytes(), 1);
      }
      return warned.map((warning) => diary.match([warning]).length);
    };
    expect(kept(first)).toEqual([1, 0, 0]);
    expect(kept(first, second)).toEqual([1, 1, 0]);
    expect(kept(first, second, third)).toEqual([0, 1, 1]);
    expect(kept(first, second, second)).toEqual([0, 2, 0]);
  });

  it('showsNoOrderOfAnHoursTwoSlotsOnceItIsOver', () => {
    const diary = town.diary();
    diary.checkIn(town.scan(cafe), NOW, random);
    const one = diary.toBytes();
    diary.checkIn(town.scan(choir), NOW, random);
    const last = (24 - 1) * 328;
    for (const stored of [one, diary.toBytes()]) {
      const later = Array.from({ length: 64 }, () => {
        const read = Diary.parse(stored, 1);
        read.tend(NOW + SECONDS, random);
        return read;
      });
      // The visits of the hour stand one place further ahead: the oldest hour is gone.
      const pairs = later.map((read) => hex(read.toBytes().slice(last - 328, last)));
      expect(new Set(pairs).size).toBe(2);
      expect(later[0]!.match(town.warnings([sheet.part(cafe, HOUR)]))).toHaveLength(1);
    }
  });

  it('givesAnHourThatAVisitMightHaveLastedIntoToThoseThatBeginInIt', () => {
    const diary = town.diary();
    diary.checkIn(town.scan(choir), NOW, random);
    for (const name of ['Second', 'Third']) diary.checkIn(town.scan(fields({ name })), NOW + SECONDS, random);
    const opened = (hour: number) => diary.match(town.warnings([sheet.part(choir, hour)])).length;
    expect([opened(HOUR), opened(HOUR + 1), opened(HOUR + 2)]).toEqual([1, 0, 0]);
  });

  it('sealsTheWholeStayAheadOrAtOnce', () => {
    const venue = town.scan(choir);
    venue.prepare(NOW, random);
    const diary = town.diary();
    diary.checkIn(venue, NOW, random);
    const hours = [HOUR, HOUR + 1, HOUR + 2, HOUR + 3].map((hour) => sheet.part(choir, hour));
    expect(diary.match(town.warnings(hours)).map(({ hour }) => hour)).toEqual([HOUR, HOUR + 1, HOUR + 2]);
    expect(venue.seal(HOUR, random).toBytes()).not.toEqual(venue.seal(HOUR, random).toBytes());
  });
});

describe('a notice', () => {
  const message = random(32);

  it('opensUnderItsMessageAlone', () => {
    const sealed = sealNotice(NOTICE, message, random);
    expect(openNotice(sealed, message)).toEqual(NOTICE);
    expect(openNotice(sealed, random(32))).toBeNull();
    for (let at = 0; at < sealed.length; at++) expect(openNotice(sealed.map((octet, i) => (i === at ? octet ^ 1 : octet)), message)).toBeNull();
    expect(() => sealNotice({ ...NOTICE, day: 84_006 }, message, random)).toThrow(RangeError);
  });
});

describe('a batch', () => {
  const warnings = town.padded(town.warnings([sheet.part(cafe, HOUR)]));
  const good = town.batchFields(0, NONE, warnings);
  const open = (fields: Cbor, key = town.signing) => openBatch(town.sign('batch', fields, key), town.signing.publicKey);
  const change = (at: number, value: Cbor): Cbor => good.map((field, i) => (i === at ? value : field));
  const joined = good[7] as Uint8Array;

  it('isRead', () => expect(open(good).warnings.map((warning) => warning.toBytes())).toEqual(warnings.map((warning) => warning.toBytes())));

  it('isRefusedWholeWithAnythingWrong', () => {
    const bad = joined.slice();
    bad[36] = 0x00;
    const wrong: Cbor[] = [
      good.slice(0, 7), change(0, 2), change(1, new Uint8Array(31)), change(2, 64), change(3, 1), change(4, random(32)), change(5, HOUR + 1),
      change(6, HOUR - 1), change(6, 2 ** 31), change(7, new Uint8Array()), change(7, joined.slice(144)), change(7, joined.slice(1)), change(7, bad),
      change(7, Uint8Array.from([...joined.slice(144, 288), ...joined.slice(0, 144), ...joined.slice(288)])),
    ];
    for (const [i, fields] of wrong.entries()) expect(() => open(fields), `${i}`).toThrow(MalformedError);
    expect(() => open(good, new Town('another').signing)).toThrow(VerificationError);
    expect(() => openBatch(town.index(NOW, []), town.signing.publicKey)).toThrow(VerificationError);
  });
});

describe('a chain', () => {
  const warned = town.warnings([sheet.part(cafe, HOUR)]);
  const files: Uint8Array[] = [];
  let previous = NONE;
  for (let i = 0; i < 3; i++) {
    const fields = town.batchFields(i, previous, town.padded(i === 1 ? warned : []));
    files.push(town.sign('batch', fields));
    previous = openBatch(files[i]!, town.signing.publicKey).hash;
  }
  const begun = WarningChain.begin(town.authority.leaf, 0);
  const index = begun.index(town.index(NOW, files), town.authority);
  const read = (chain: WarningChain, ...some: Uint8Array[]) => some.reduce((at, file) => at.accept(index, file, town.authority).chain, chain);

  it('isReadOnceInItsOrder', () => {
    expect(begun.missing(index)).toEqual(files.map((file) => hex(sha256(file))));
    const all = WarningChain.fromJson(JSON.parse(JSON.stringify(read(begun, ...files).toJson())));
    expect(all.missing(all.index(town.index(NOW + 1, files), town.authority))).toEqual([]);
    expect(all.missing(all.index(town.index(NOW + 1, []), town.authority))).toEqual([]);
  });

  it('isRefusedWhereItIsNotTheSameForEverybody', () => {
    const all = read(begun, ...files);
    const other = town.sign('batch', town.batchFields(2, NONE.replace('0', '1'), town.padded([])));
    expect(() => all.index(town.index(NOW, [files[0]!, files[1]!, other]), town.authority)).toThrow(VerificationError);
    expect(() => all.index(town.index(NOW - 1, files), town.authority)).toThrow(VerificationError);
    expect(() => begun.index(town.index(NOW, files), new Town('another').authority)).toThrow(VerificationError);
    const forked = [files[0]!, files[1]!, other];
    const at = read(begun, files[0]!, files[1]!);
    const forkedIndex = at.index(town.index(NOW, forked), town.authority);
    expect(() => at.accept(forkedIndex, other, town.authority)).toThrow(VerificationError);
    expect(() => begun.accept(index, files[1]!, town.authority)).toThrow(VerificationError);
    expect(() => read(begun, ...files).accept(index, files[0]!, town.authority)).toThrow(VerificationError);
  });

  it('beginsAnewForWhoWasAwayForLongerThanTheIndexReaches', () => {
    const late = read(begun, files[0]!);
    const short = late.index(town.index(NOW + 1, [files[2]!], 2), town.authority);
    expect(late.accept(short, files[2]!, town.authority).warnings.length).toBe(32);
  });

  it('refusesAnIndexOutOfOrder', () => {
    const entries = (...list: [number, number][]) => town.sign('batch-index', [1, fromHex(town.authority.leaf, 32), NOW, list.map(([region, sequence]) => [region, sequence, random(32)])]);
    for (const list of [[[0, 0], [0, 2]], [[1, 0], [0, 0]], [[0, 0], [0, 0]], [[64, 0]]] as [number, number][][]) {
      expect(() => openBatchIndex(entries(...list), town.signing.publicKey)).toThrow(MalformedError);
    }
    expect(openBatchIndex(entries([0, 5], [0, 6], [2, 0]), town.signing.publicKey).entries).toHaveLength(3);
  });
});

it('visitorIsWarnedAndNobodyIsTold', () => {
  // Monday: a visit. The phone keeps slots and nothing else.
  const diary = town.diary();
  diary.checkIn(town.scan(cafe), NOW, random);
  const stored = diary.toBytes();
  const stayedAtHome = town.diary();
  // Tuesday: the venue uploads with a token, the authority adds its half and publishes.
  const parts = Upload.parse(new TextEncoder().encode(Upload.of(UploadToken.parse('0'.repeat(26)), [sheet.part(cafe, HOUR), sheet.part(cafe, HOUR + 1)]).toJson())).hours;
  const file = town.sign('batch', town.batchFields(0, NONE, town.padded(town.warnings(parts))));
  const chain = WarningChain.begin(town.authority.leaf, 0);
  const { warnings } = chain.accept(chain.index(town.index(NOW, [file]), town.authority), file, town.authority);
  // Every phone reads the same file.
  const seen: number[] = [];
  expect(Diary.parse(stored, 1).match(warnings, (tried) => seen.push(tried))).toEqual([{ hour: HOUR, notice: NOTICE }, { hour: hourOf(NOW + SECONDS), notice: NOTICE }]);
  expect(seen.at(-1)).toBe(32);
  expect(stayedAtHome.match(warnings)).toEqual([]);
});
