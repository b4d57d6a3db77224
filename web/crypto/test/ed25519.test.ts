import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { createPublicKey, verify } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ed25519Key, Ed25519Secret, hkdfSha256, MalformedError, sha256, VerificationError } from '../src/index.ts';
import { concat, utf8 } from '../src/octets.ts';
import { hex, unhex } from './support/vectors.ts';

const { Point } = ed25519;
const P = Point.Fp.ORDER;

/** RFC 8032 section 7.1, tests 1, 2, 3 and SHA(abc). */
const RFC_8032 = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature: 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature: '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature: '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
  {
    seed: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    key: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    signature: 'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
  },
];

/** A point of order 8: T, 2T, ..., 8T are all points of small order. */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const smallOrder = Array.from({ length: 8 }, (_, i) => (i === 0 ? Point.ZERO : TORSION.multiplyUnsafe(BigInt(i))));

const secret = Ed25519Secret.fromSeed(sha256(utf8('a seed')));
const message = utf8('a message');
const signature = secret.sign(message);
const [r, s] = [signature.slice(0, 32), signature.slice(32)];

describe('Ed25519', () => {
  it.each(RFC_8032)('holds for the RFC vector with the message "$message"', ({ seed, key, message, signature }) => {
    const pair = Ed25519Secret.fromSeed(hex(seed));
    expect(unhex(pair.publicKey.toBytes())).toBe(key);
    expect(unhex(pair.sign(hex(message)))).toBe(signature);
    Ed25519Key.parse(hex(key)).verify(hex(message), hex(signature));
  });

  it('agreesWithThePlatformOnHonestSignatures', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 300 }), (seed, message) => {
      const pair = Ed25519Secret.fromSeed(seed);
      const der = concat(hex('302a300506032b6570032100'), pair.publicKey.toBytes());
      const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
      pair.publicKey.verify(message, pair.sign(message));
      return verify(null, message, key, pair.sign(message));
    }), { numRuns: 20 });
  });

  it('refusesAnyChangedBit', () => {
    fc.assert(fc.property(fc.nat(511), fc.nat(message.length * 8 - 1), (inSignature, inMessage) => {
      const flip = (octets: Uint8Array, bit: number) => octets.map((octet, i) => (i === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet));
      expect(() => secret.publicKey.verify(message, flip(signature, inSignature))).toThrow(VerificationError);
      expect(() => secret.publicKey.verify(flip(message, inMessage), signature)).toThrow(VerificationError);
    }), { numRuns: 100 });
  });

  it('refusesKeysOfSmallOrder', () => {
    expect(new Set(smallOrder.map((point) => point.toHex())).size).toBe(8);
    for (const point of smallOrder) {
      expect(() => Ed25519Key.parse(point.toBytes())).toThrow(MalformedError);
      const negative = point.toBytes();
      negative[31]! ^= 0x80;
      expect(() => Ed25519Key.parse(negative)).toThrow(MalformedError);
    }
  });

  it('refusesKeysThatAreNotCanonical', () => {
    // y from p to 2^255 - 1: the nineteen values that have a second encoding.
    for (let y = P; y < 2n ** 255n; y++) expect(() => Ed25519Key.parse(numberToBytesLE(y, 32))).toThrow(MalformedError);
    expect(() => Ed25519Key.parse(new Uint8Array(32).fill(0xff))).toThrow(MalformedError);
  });

  it('refusesKeysOffTheCurveAndOfOtherLengths', () => {
    expect(() => Ed25519Key.parse(numberToBytesLE(2n, 32))).toThrow(MalformedError);
    for (const length of [0, 31, 33, 64]) expect(() => Ed25519Key.parse(new Uint8Array(length).fill(9))).toThrow(MalformedError);
    for (const length of [0, 31, 33]) expect(() => Ed25519Secret.fromSeed(new Uint8Array(length))).toThrow(MalformedError);
  });

  it('readsAnyBytesOrRefusesThem', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 70 })), (octets) => {
      try {
        expect(Ed25519Key.parse(octets).toBytes()).toEqual(octets);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
      expect(() => secret.publicKey.verify(message, octets)).toThrow(VerificationError);
    }), { numRuns: 500 });
  });

  it('refusesAnSThatIsNotReduced', () => {
    const larger = numberToBytesLE(bytesToNumberLE(s) + Point.Fn.ORDER, 32);
    expect(() => secret.publicKey.verify(message, concat(r, larger))).toThrow(VerificationError);
  });

  it('refusesSignaturesOfOtherLengths', () => {
    for (const other of [new Uint8Array(), signature.slice(1), concat(signature, Uint8Array.of(0))]) {
      expect(() => secret.publicKey.verify(message, other)).toThrow(VerificationError);
    }
  });

  // With S = k a and R of small order the equation holds up to the cofactor, and for R = O even without it.
  it('refusesAnROfSmallOrder', () => {
    const scalar = ed25519.utils.getExtendedPublicKey(secret.seed()).scalar;
    for (const point of smallOrder) {
      const own = point.toBytes();
      const forged = concat(own, numberToBytesLE(Point.Fn.mul(challenge(own, secret.publicKey.toBytes()), scalar), 32));
      expect(() => secret.publicKey.verify(message, forged)).toThrow(VerificationError);
    }
  });

  it('refusesWhatHoldsOnlyUpToTheCofactor', () => {
    const scalar = ed25519.utils.getExtendedPublicKey(secret.seed()).scalar;
    const nonce = 12345n;
    const shifted = Point.BASE.multiply(nonce).add(TORSION).toBytes();
    const sum = Point.Fn.add(nonce, Point.Fn.mul(challenge(shifted, secret.publicKey.toBytes()), scalar));
    const forged = concat(shifted, numberToBytesLE(sum, 32));
    expect(ed25519.verify(forged, message, secret.publicKey.toBytes(), { zip215: false })).toBe(true);
    expect(() => secret.publicKey.verify(message, forged)).toThrow(VerificationError);
  });

  it('doesNotPrintItsSecret', () => {
    expect(`${secret}`).toBe('Ed25519Secret[secret]');
    expect(JSON.stringify(secret)).not.toContain(unhex(secret.seed()));
  });
});

const challenge = (r: Uint8Array, key: Uint8Array): bigint => Point.Fn.create(bytesToNumberLE(sha512(concat(r, key, message))));

describe('hashes', () => {
  it('sha256IsThatOfFips180', () => {
    expect(unhex(sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('hkdfIsThatOfRfc5869', () => {
    const derived = hkdfSha256(new Uint8Array(22).fill(0x0b), hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), 42);
    expect(unhex(derived)).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  });
});
