import fc from 'fast-check';
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { MalformedError } from '../src/index.ts';
import { base45, fromBase45 } from '../src/wire/base45.ts';
import { base64, concat, fromBase64, fromHex, hex, i2osp, utf8 } from '../src/wire/bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from '../src/wire/cbor.ts';
import { codeText, kindOfCode, PREFIXES, readCode } from '../src/wire/code.ts';
import { type Json, parseJson, printJson } from '../src/wire/json.ts';
import { rootWords } from '../src/wire/proquint.ts';
import { isText } from '../src/wire/text.ts';
import { formatTime, isTime, seconds } from '../src/wire/time.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replace(/ /g, ''), 'hex'));
const octets = fc.uint8Array({ maxLength: 80 });

describe('base45', () => {
  it.each([['AB', 'BB8'], ['Hello!!', '%69 VD92EX0'], ['base-45', 'UJCLQE7W581'], ['ietf!', 'QED8WEX0'], ['', '']])(
    'writesWhatTheRfcWrites: %s', (plain, text) => {
      expect(base45(utf8(plain))).toBe(text);
      expect(fromBase45(text)).toEqual(utf8(plain));
    });

  it('readsWhatItWrites', () => fc.assert(fc.property(octets, (some) => {
    expect(fromBase45(base45(some))).toEqual(some);
  })));

  it('hasOneTextForEachBytes', () => fc.assert(fc.property(fc.stringMatching(/^[0-9A-Z $%*+\-./:]{0,12}$/), (text) => {
    try {
      expect(base45(fromBase45(text))).toBe(text);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
    }
  })));

  it.each(['A', 'AAAA', ':::', 'GGW', '::', 'V5', 'bb8', 'BB=', 'BB\n', 'BBÀ', '😀'])('refuses %j', (text) => {
    expect(() => fromBase45(text)).toThrow(MalformedError);
  });

  it('readsTheLargestGroups', () => {
    expect(fromBase45('FGW')).toEqual(Uint8Array.of(0xff, 0xff));
    expect(fromBase45(base45(Uint8Array.of(0xff)))).toEqual(Uint8Array.of(0xff));
  });
});

const { value: cborValue } = fc.letrec<{ value: Cbor; leaf: Cbor }>((tie) => ({
  leaf: fc.oneof(fc.maxSafeNat(), fc.string({ unit: 'grapheme' }), fc.nat(300).map((length) => 'x'.repeat(length)), fc.uint8Array({ maxLength: 40 }), fc.constant(null)),
  value: fc.oneof({ maxDepth: 3 }, tie('leaf'), fc.array(tie('value'), { maxLength: 5 })),
}));

describe('cbor', () => {
  it('readsWhatItWrites', () => fc.assert(fc.property(cborValue, (value) => {
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
  })));

  it('writesWhatAGeneralLibraryWrites', () => fc.assert(fc.property(cborValue, (value) => {
    expect(hex(encodeCbor(value))).toBe(hex(encode(value)));
  })));

  it('writesEveryLengthOfHead', () => {
    for (const bits of [0, 5, 8, 16, 32, 53]) {
      for (const value of [2 ** bits - 1, Math.min(2 ** bits, Number.MAX_SAFE_INTEGER)]) {
        expect(hex(encodeCbor(value))).toBe(hex(encode(value)));
        expect(decodeCbor(encodeCbor(value))).toBe(value);
      }
    }
    for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => encodeCbor(wrong)).toThrow(RangeError);
  });

  it('keepsAByteOrderMarkInsideAText', () => {
    expect(decodeCbor(bytes('63 efbbbf'))).toBe('\ufeff');
  });

  it.each([
    ['nothing', ''], ['a float', 'f90000'], ['a double', 'fb3ff0000000000000'], ['a map', 'a0'], ['a tag', 'c000'],
    ['true', 'f5'], ['undefined', 'f7'], ['a negative number', '20'], ['a long head', '1817'], ['a longer head', '190017'],
    ['a long length', '5801aa'], ['an indefinite array', '9fff'], ['indefinite bytes', '5f41aaff'],
    ['an indefinite text', '7f6161ff'], ['something behind it', '0000'], ['text that is not UTF-8', '61ff'],
    ['overlong UTF-8', '62c080'], ['half a surrogate pair', '63eda080'], ['a short array', '8200'], ['short bytes', '42aa'],
    ['a number of 2^53', '1b0020000000000000'], ['five arrays in each other', '8181818180'], ['a break', 'ff'],
    ['an array of 2^32 values', '9affffffff'], ['a simple value', 'f820'],
  ])('refuses %s', (_, text) => {
    expect(() => decodeCbor(bytes(text))).toThrow(MalformedError);
  });

  it('refusesWhatIsTooLong', () => {
    expect(() => decodeCbor(encode(new Uint8Array(4094)))).toThrow(MalformedError);
    expect(decodeCbor(encode(new Uint8Array(4093)))).toHaveLength(4093);
  });

  it('throwsNothingButMalformed', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (some) => {
    try {
      expect(encodeCbor(decodeCbor(some))).toEqual(some);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedError);
    }
  }), { numRuns: 2000 }));
});

describe('a code', () => {
  it('isReadWithLineEndsAndNothingElseAroundIt', () => {
    const text = codeText('question', [1, 2]);
    expect(readCode('question', `\r\n${text}\n`)).toEqual([1, 2]);
    for (const wrong of [` ${text}`, `${text} `, `\t${text}`, text.toLowerCase(), text.replace('SCQ1', 'SCQ2')]) {
      expect(() => readCode('question', wrong), wrong).toThrow(MalformedError);
    }
    expect(() => readCode('showing', text)).toThrow(MalformedError);
    expect(() => readCode('question', 'SCQ1:' + '0'.repeat(10_000))).toThrow(MalformedError);
  });

  it('tellsItsKind', () => {
    expect(Object.values(PREFIXES).map(kindOfCode)).toEqual(Object.keys(PREFIXES));
    expect(kindOfCode('https://example.org')).toBeNull();
  });
});

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof({ maxDepth: 4 }, fc.string({ unit: 'grapheme' }), fc.maxSafeNat(), fc.boolean(), fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }), fc.dictionary(fc.string({ unit: 'grapheme' }), tie('json'), { maxKeys: 4 })),
}));

describe('canonical JSON', () => {
  it('readsWhatItPrints', () => fc.assert(fc.property(json, (value) => {
    const text = printJson(value);
    expect(printJson(parseJson(utf8(text)))).toBe(text);
  })));

  it('sortsByUtf16CodeUnits', () => {
    // U+1F600 begins with D83D and stands before U+FB33, although its code point is larger (RFC 8785 section 3.2.3).
    expect(printJson({ '\ufb33': 1, '\u{1f600}': 2, 'ö': 3, '€': 4, '1': 5, '\r': 6 }))
      .toBe('{"\\r":6,"1":5,"ö":3,"€":4,"\u{1f600}":2,"\ufb33":1}');
  });

  it('keepsANameThatJavaScriptUsesItself', () => {
    expect(printJson(parseJson(utf8('{"__proto__":1,"constructor":2}')))).toBe('{"__proto__":1,"constructor":2}');
  });

  it.each([
    '{"a":1,"a":1}', '{"b":1,"a":2}', '{"a": 1}', ' {}', '{}\n', '{"a":1.0}', '{"a":-0}', '{"a":-1}', '{"a":1e2}',
    '{"a":01}', '{"a":9007199254740992}', '{"a":1.5}', '"\\u0061"', '"\\/"', '"\\u000a"', '"\\u001F"', '"\\ud800"',
    '"\\ud83d\\ude00"', '\ufeff{}', '[[[[[[[]]]]]]]', '{"a":undefined}', "{'a':1}", '[1,]', '', '"\t"', 'NaN',
  ])('refuses %j', (text) => {
    expect(() => parseJson(utf8(text))).toThrow(MalformedError);
  });

  it('refusesWhatIsNotUtf8OrTooLong', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(MalformedError);
    expect(() => parseJson(utf8(`"${'a'.repeat(16_383)}"`))).toThrow(MalformedError);
    expect(parseJson(utf8(`"${'a'.repeat(16_382)}"`))).toHaveLength(16_382);
    expect(() => parseJson(utf8('['.repeat(16_000)))).toThrow(MalformedError);
  });
});

describe('texts and times', () => {
  it.each(['', ' a', 'a ', 'a\u00a0', '\u3000a', 'a\u2028', 'a\nb', 'a\u200bb', 'a\u200eb', 'a\u202eb', 'a\u2066b', '\ufeffa',
    'a\u0085', 'e\u0301', 'a\u007f', '\ud800', 'a'.repeat(2001), '😀'.repeat(2001)])('isNoText: %j', (text) => {
    expect(isText(text)).toBe(false);
  });

  it.each([0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x2065, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xffa0,
    0xfff0, 0xfff8, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a, 0xe0000, 0xe0041, 0xe0fff])('noLetterIsInvisible: %i', (letter) => {
    expect(isText(`a${String.fromCodePoint(letter)}b`)).toBe(false);
  });

  it.each(['a', 'é', 'a b', '😀'.repeat(2000), 'ال', 'a\u200cb', '\u0e01\u0e33'])('isAText: %j', (text) => {
    expect(isText(text)).toBe(true);
  });

  it.each(['2026-02-30T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:60Z', '2019-12-31T23:59:59Z', '2200-01-01T00:00:00Z',
    '2026-1-1T00:00:00Z', '2026-01-01 00:00:00Z', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00z',
    '+02026-01-01T00:00:00Z', '2026-01-01T00:00:00Z\n', '2100-02-29T00:00:00Z'])('isNoTime: %j', (text) => {
    expect(isTime(text)).toBe(false);
    expect(() => seconds(text)).toThrow(MalformedError);
  });

  it('writesTheTimesItReads', () => fc.assert(fc.property(fc.integer({ min: 1_577_836_800, max: 7_258_118_399 }), (time) => {
    expect(seconds(formatTime(time))).toBe(time);
  })));

  it('saysProquintsAsOthersDo', () => {
    const address = Uint8Array.of(127, 0, 0, 1, 63, 84, 220, 193, 63, 118, 7, 35, 140, 98, 193, 141);
    expect(rootWords(address)).toBe('lusab-babad-gutih-tugad-gutuk-bisog-mudof-sakat');
  });
});

describe('bytes', () => {
  it('areWrittenOneWay', () => fc.assert(fc.property(octets, (some) => {
    expect(fromHex(hex(some), some.length)).toEqual(some);
    expect(fromBase64(base64(some))).toEqual(some);
    expect(concat(some, some)).toHaveLength(2 * some.length);
  })));

  it('areReadOneWay', () => {
    for (const text of ['AB', 'a', 'ag', ' ab']) expect(() => fromHex(text, 1), text).toThrow(MalformedError);
    for (const text of ['YQ', 'YR==', 'YQ=', 'YQ==\n', 'Y Q==', 'Y_==', '=']) expect(() => fromBase64(text), text).toThrow(MalformedError);
  });

  it('holdNumbersBelow2To53', () => {
    expect(hex(i2osp(Number.MAX_SAFE_INTEGER, 8))).toBe('001fffffffffffff');
    expect(hex(i2osp(258, 4))).toBe('00000102');
  });
});
