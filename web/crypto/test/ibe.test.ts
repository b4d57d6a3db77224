import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToHex, bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fastLinesOf, g2GeneratorTimes, g2GeneratorWithTable, linesOf, pairingOctets, parseCurvePoint, parseG2,
} from '../src/bls/pairing.ts';
import { type G1 } from '../src/bls/g1.ts';
import { IbeSecretKey } from '../src/ibe/extracting.ts';
import { IbeCiphertext, IbePublicKey, IdentityKey, MalformedError, PreparedCiphertext, systemRandom, VerificationError } from '../src/index.ts';
import { concat, utf8 } from '../src/octets.ts';
import { seededRandom } from './support/mockRandom.ts';

const random = seededRandom('ibe');
const IDENTITY = utf8('hour and poster');
const OTHER = utf8('another hour');
const venue = IbeSecretKey.random(random);
const authority = IbeSecretKey.random(random);
const both = venue.publicKey.plus(authority.publicKey);
const whole = venue.extract(IDENTITY).plus(authority.extract(IDENTITY));
const message = random(32);
const sealed = both.encrypt(IDENTITY, message, random);

/** The number by which a point of G1 or G2 changes its sign. */
const MINUS = bls12_381.fields.Fr.ORDER - 1n;
const negative = (key: IdentityKey): IdentityKey => {
  const octets = key.toBytes();
  octets[0]! ^= 0x20;
  return IdentityKey.parse(octets);
};

describe('identity-based encryption', () => {
  it('opensWithTheWholeKey', () => {
    both.verifyPart(whole, IDENTITY);
    const read = IbeCiphertext.parse(sealed.toBytes());
    expect(read.decrypt(whole, IDENTITY)).toEqual(message);
    expect(read.prepare().decrypt(IdentityKey.parse(whole.toBytes()), IDENTITY)).toEqual(message);
    expect(authority.publicKey.encrypt(IDENTITY, message, random).decrypt(authority.extract(IDENTITY), IDENTITY)).toEqual(message);
  });

  it('doesNotOpenWithHalfAKeyOrTheKeyOfSomethingElse', () => {
    const wrong = [
      venue.extract(IDENTITY), authority.extract(IDENTITY), venue.extract(OTHER).plus(authority.extract(OTHER)),
      venue.extract(IDENTITY).plus(authority.extract(OTHER)), venue.extract(IDENTITY).plus(IbeSecretKey.random(random).extract(IDENTITY)),
      whole.plus(whole), negative(whole),
    ];
    for (const key of wrong) expect(sealed.decrypt(key, IDENTITY)).toBeNull();
    expect(sealed.decrypt(whole, OTHER)).toBeNull();
    for (const dummy of IbeCiphertext.dummies(2, random)) expect(dummy.decrypt(whole, IDENTITY)).toBeNull();
  });

  it('doesNotOpenWithAnyPartOfACiphertextChanged', () => {
    const again = both.encrypt(IDENTITY, message, random).toBytes();
    const octets = sealed.toBytes();
    for (let at = 96; at < IbeCiphertext.LENGTH; at += 7) {
      const changed = octets.slice();
      changed[at]! ^= 1;
      expect(IbeCiphertext.parse(changed).decrypt(whole, IDENTITY)).toBeNull();
    }
    for (const at of [96, 128]) {
      expect(IbeCiphertext.parse(concat(octets.slice(0, at), again.slice(at))).decrypt(whole, IDENTITY)).toBeNull();
    }
    octets[0]! ^= 0x20;
    expect(IbeCiphertext.parse(octets).decrypt(whole, IDENTITY)).toBeNull();
  });

  it('asksAfterEverythingElseWhetherTheFactorFits', () => {
    const prepared = sealed.prepare();
    expect(prepared.decrypt(whole, IDENTITY, () => false)).toBeNull();
    expect(prepared.decrypt(venue.extract(IDENTITY), IDENTITY, () => true)).toBeNull();
    expect(prepared.decrypt(whole, IDENTITY, (found) => bytesToHex(found) === bytesToHex(message))).toEqual(message);
  });

  it('sealsTheSameNeverTwiceAlike', () => {
    expect(both.encrypt(IDENTITY, message, systemRandom).toBytes()).not.toEqual(both.encrypt(IDENTITY, message, systemRandom).toBytes());
  });

  it('givesAStrangerWhoMadeAKeyFromAnothersNoProof', () => {
    // Rogue key: with x * P2 - authority as its key, somebody opens the sum with x alone, so the proof must fail.
    const x = IbeSecretKey.random(random);
    const minus = IbePublicKey.parse(bls12_381.G2.Point.fromBytes(authority.publicKey.toBytes()).negate().toBytes());
    const rogue = x.publicKey.plus(minus);
    expect(rogue.plus(authority.publicKey).encrypt(IDENTITY, message, random).decrypt(x.extract(IDENTITY), IDENTITY)).toEqual(message);
    expect(() => rogue.verify(x.prove())).toThrow(VerificationError);
    x.publicKey.verify(x.prove());
  });

  it('refusesPartsOfAnotherKeyOrIdentityAndSumsOfNothing', () => {
    const part = venue.extract(IDENTITY);
    venue.publicKey.verifyPart(part, IDENTITY);
    expect(() => venue.publicKey.verifyPart(part, OTHER)).toThrow(VerificationError);
    expect(() => authority.publicKey.verifyPart(part, IDENTITY)).toThrow(VerificationError);
    expect(() => venue.publicKey.verifyPart(negative(part), IDENTITY)).toThrow(VerificationError);
    expect(() => part.plus(negative(part))).toThrow(VerificationError);
    expect(() => venue.publicKey.plus(IbePublicKey.parse(bls12_381.G2.Point.fromBytes(venue.publicKey.toBytes()).negate().toBytes()))).toThrow(VerificationError);
  });

  it('prints', () => {
    expect(IbeSecretKey.parse(venue.toBytes()).publicKey.equals(venue.publicKey)).toBe(true);
    expect(`${venue} ${whole} ${sealed}`).toBe('IbeSecretKey[secret] IdentityKey[secret] IbeCiphertext[160 bytes]');
  });

  it('refusesSecretsOutOfRangeAndMessagesOfAnotherLength', () => {
    for (const wrong of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(31), new Uint8Array(33)]) {
      expect(() => IbeSecretKey.parse(wrong)).toThrow(MalformedError);
    }
    for (const length of [0, 31, 33]) expect(() => both.encrypt(IDENTITY, new Uint8Array(length), random)).toThrow(RangeError);
    expect(() => both.encrypt(IDENTITY, message, () => new Uint8Array(31))).toThrow(TypeError);
  });
});

describe('a point that is read without its subgroup', () => {
  const { G2, fields: { Fp2 } } = bls12_381;

  /** Whether the x in these octets belongs to a point of the curve. */
  function hasRoot(octets: Uint8Array): boolean {
    const [c1, c0] = [bytesToNumberBE(octets.slice(0, 48)) & ((1n << 381n) - 1n), bytesToNumberBE(octets.slice(48))];
    const square = Fp2.add(Fp2.pow({ c0, c1 }, 3n), G2.Point.CURVE().b);
    try {
      return Fp2.eql(Fp2.sqr(Fp2.sqrt(square)), square);
    } catch {
      return false;
    }
  }

  it('isTheOneThatTheLibraryReads', () => {
    fc.assert(fc.property(fc.bigInt(1n, MINUS), (k) => {
      const point = G2.Point.BASE.multiply(k);
      for (const of of [point, point.negate()]) expect(parseCurvePoint(of.toBytes()).equals(of)).toBe(true);
    }), { numRuns: 10 });
  });

  it('isRefusedInAnotherFormAndOffTheCurve', () => {
    const good = G2.Point.BASE.toBytes();
    const first = (octet: number) => good.map((at, i) => (i === 0 ? octet : at));
    const off = Array.from({ length: 16 }, (_, i) => good.map((at, j) => (j === 95 ? at ^ i : at))).filter((octets) => !hasRoot(octets));
    expect(off.length).toBeGreaterThan(2);
    for (const wrong of [...off, first(good[0]! & 0x7f), first(good[0]! | 0x40), first(0x9f), good.slice(1), new Uint8Array(96)]) {
      expect(() => parseCurvePoint(wrong)).toThrow(MalformedError);
    }
  });

  it('outsideTheSubgroupIsNoMatch', () => {
    const octets = sealed.toBytes();
    for (let c0 = 1n; ; c0++) {
      octets.set(concat(new Uint8Array(48), numberToBytesBE(c0, 48)));
      octets[0] = 0x80;
      try {
        expect(PreparedCiphertext.stored(octets).decrypt(whole, IDENTITY)).toBeNull();
        break;
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
      }
    }
    expect(() => IbeCiphertext.parse(octets)).toThrow(MalformedError);
    expect(PreparedCiphertext.stored(sealed.toBytes()).decrypt(whole, IDENTITY)).toEqual(message);
    expect(() => PreparedCiphertext.stored(octets.slice(1))).toThrow(MalformedError);
  });
});

describe('the pairing', () => {
  const generator = bls12_381.G1.Point.BASE as G1;

  it('isTheLibrarysForRandomPoints', () => {
    fc.assert(fc.property(fc.bigInt(1n, MINUS), fc.bigInt(1n, MINUS), (a, b) => {
      const [p, q] = [generator.multiply(a), bls12_381.G2.Point.BASE.multiply(b)];
      const theirs = bls12_381.fields.Fp12.toBytes(bls12_381.pairing(p, q));
      for (const lines of [fastLinesOf(q), linesOf(q)]) expect(pairingOctets(p, lines)).toEqual(theirs);
    }), { numRuns: 15, examples: [[1n, 1n], [1n, MINUS], [MINUS, 2n]] });
  });

  it('isDoneByWebAssemblyWhereItIsToBeHad', () => {
    expect(fastLinesOf(bls12_381.G2.Point.BASE)).toBeInstanceOf(Uint8Array);
  });

  it('ofMultiplesOfTheGeneratorIsEncodedAsTheLibraryDoes', () => {
    const generators = [undefined, g2GeneratorWithTable()];
    fc.assert(fc.property(fc.bigInt(1n, MINUS), (scalar) => {
      const octets = bls12_381.G2.Point.BASE.multiply(scalar).toBytes();
      for (const one of generators) expect(g2GeneratorTimes(scalar, one)).toEqual(octets);
    }), { numRuns: 20, examples: [[1n], [MINUS]] });
  });

  it('ofTheGeneratorsHasTheOctetsThatTheSpecificationOrders', () => {
    const octets = bytesToHex(pairingOctets(generator, fastLinesOf(parseG2(g2GeneratorTimes(1n)))));
    expect(octets).toMatch(/^1250ebd871fc0a92a7b2d83168d0d727272d441befa15c503dd8e90ce98db3e7b6d194f60839c508a84305aaca1789b6089a1c5b/);
    expect(octets).toMatch(/0f41e58663bf08cf068672cbd01a7ec73baca4d72ca93544deff686bfd6df543d48eaa24afe47e1efde449383b676631$/);
    expect(octets.length).toBe(2 * 576);
  });
});
