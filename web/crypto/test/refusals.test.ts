import { bls12_381 } from '@noble/curves/bls12-381.js';
import { numberToBytesBE } from '@noble/curves/utils.js';
import { describe, expect, it } from 'vitest';
import {
  Bbs, BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BlindBbs, BlindCommitment, MalformedError, NymBbs, NymSecrets,
  type NymVerifyInput, ProverBlind, Pseudonym, VerificationError,
} from '../src/index.ts';
import { blindSign, nymSign } from '../src/bbs/issuing.ts';
import { concat, i2osp8, utf8 } from '../src/octets.ts';
import { issued } from './support/issued.ts';
import { seededRandom } from './support/mockRandom.ts';
import { hex } from './support/vectors.ts';

const { Fp, Fp2, Fr } = bls12_381.fields;
const nym = NymBbs.of(3, 1, 2);
const pass = issued(nym, 'refusals');
const stamped = pass.shown({ disclosed: [1] });
const plain = pass.shown({ disclosed: [1], context: null });
const other = issued(nym, 'somebody else');

/** The first x from 1 up that gives a curve point outside the subgroup, compressed. */
function outsideG1(): Uint8Array {
  for (let x = 1n; ; x++) {
    try {
      const y = Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n));
      if (!bls12_381.G1.Point.fromAffine({ x, y }).isTorsionFree()) return withFlags(numberToBytesBE(x, 48), 0x80);
    } catch {
      continue;
    }
  }
}

function outsideG2(): Uint8Array {
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.create({ c0, c1: 0n });
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.pow(x, 3n), Fp2.create({ c0: 4n, c1: 4n })));
      if (!bls12_381.G2.Point.fromAffine({ x, y }).isTorsionFree()) return withFlags(concat(numberToBytesBE(0n, 48), numberToBytesBE(c0, 48)), 0x80);
    } catch {
      continue;
    }
  }
}

function withFlags(octets: Uint8Array, flags: number): Uint8Array {
  const copy = octets.slice();
  copy[0] = (copy[0]! & 0x1f) | flags;
  return copy;
}

/** An x that is on no curve point, compressed. */
function offCurve(length: number): Uint8Array {
  for (let x = 1; ; x++) {
    const octets = new Uint8Array(length);
    octets[length - 1] = x;
    octets[0] = 0x80;
    try {
      (length === 48 ? bls12_381.G1 : bls12_381.G2).Point.fromBytes(octets).isTorsionFree();
    } catch (error) {
      if (!String(error).includes('subgroup')) return octets;
    }
  }
}

/** Everything a compressed point must not be, by name. */
const badPoints = (good: Uint8Array): [string, Uint8Array][] => {
  const length = good.length;
  const flags = good[0]! & 0xe0;
  const zeros = new Uint8Array(length);
  return [
    ['the identity', withFlags(zeros, 0xc0)],
    ['the identity with a sign', withFlags(zeros, 0xe0)],
    ['the identity with a payload', withFlags(good, 0xc0)],
    ['without the compression flag', withFlags(good, flags & 0x7f)],
    ['all flags gone', withFlags(good, 0)],
    ['zeros', zeros],
    ['ones', new Uint8Array(length).fill(0xff)],
    ['x = p', notReduced(length)],
    ['off the curve', offCurve(length)],
    ['outside the subgroup', length === 48 ? outsideG1() : outsideG2()],
  ];
};

/** p itself as a coordinate, with the compression flag. */
function notReduced(length: number): Uint8Array {
  const octets = concat(numberToBytesBE(Fp.ORDER, 48), new Uint8Array(length - 48));
  octets[0]! |= 0x80;
  return octets;
}

const badScalars: [string, Uint8Array][] = [
  ['zero', new Uint8Array(32)],
  ['r', numberToBytesBE(Fr.ORDER, 32)],
  ['r + 1', numberToBytesBE(Fr.ORDER + 1n, 32)],
  ['2^256 - 1', new Uint8Array(32).fill(0xff)],
];

const patched = (good: Uint8Array, at: number, part: Uint8Array): Uint8Array => {
  const copy = good.slice();
  copy.set(part, at);
  return copy;
};

interface Encoding {
  readonly name: string;
  readonly good: Uint8Array;
  parse(octets: Uint8Array): { toBytes(): Uint8Array };
  readonly points: readonly number[];
  readonly scalars: readonly number[];
  /** Octets by which longer values of the type differ. */
  readonly step: number;
}

const encodings: Encoding[] = [
  { name: 'BbsPublicKey', good: pass.key.publicKey.toBytes(), parse: BbsPublicKey.parse, points: [0], scalars: [], step: 0 },
  { name: 'BbsSignature', good: pass.signature.toBytes(), parse: BbsSignature.parse, points: [0], scalars: [48], step: 0 },
  { name: 'BbsProof', good: stamped.proof.toBytes(), parse: BbsProof.parse, points: [0, 48, 96], scalars: [144, 176, 208, 240, stamped.proof.toBytes().length - 32], step: 32 },
  { name: 'BlindCommitment', good: pass.commitment.toBytes(), parse: BlindCommitment.parse, points: [0], scalars: [48, 80, pass.commitment.toBytes().length - 32], step: 32 },
  { name: 'Pseudonym', good: stamped.pseudonym!.toBytes(), parse: Pseudonym.parse, points: [0], scalars: [], step: 0 },
  { name: 'BbsScalar', good: pass.request.signerNymEntropy.toBytes(), parse: BbsScalar.parse, points: [], scalars: [0], step: 0 },
  { name: 'ProverBlind', good: pass.request.blind.toBytes(), parse: ProverBlind.parse, points: [], scalars: [0], step: 0 },
  { name: 'NymSecrets', good: pass.secrets.toBytes(), parse: NymSecrets.parse, points: [], scalars: [0, 32], step: 32 },
];

describe.each(encodings)('$name', ({ good, parse, points, scalars, step }) => {
  it('isReadAndPrintedTheSame', () => expect(parse(good).toBytes()).toEqual(good));

  it('isRefusedWithABadPoint', () => {
    for (const at of points) {
      const point = good.subarray(at, at + (good.length === 96 ? 96 : 48));
      for (const [name, bad] of badPoints(point)) expect(() => parse(patched(good, at, bad)), name).toThrow(MalformedError);
    }
  });

  it('isRefusedWithABadScalar', () => {
    for (const at of scalars) {
      for (const [name, bad] of badScalars) expect(() => parse(patched(good, at, bad)), `${name} at ${at}`).toThrow(MalformedError);
    }
  });

  it('isRefusedWithAnotherLength', () => {
    for (let length = 0; length <= good.length + 40; length++) {
      if (length === good.length || (step > 0 && (length - good.length) % step === 0)) continue;
      const octets = new Uint8Array(length).fill(1);
      octets.set(good.subarray(0, length));
      expect(() => parse(octets), `${length} bytes`).toThrow(MalformedError);
    }
    expect(() => parse(new Uint8Array(1 << 20).fill(1))).toThrow(MalformedError);
  });
});

describe('a showing', () => {
  const refused = (input: NymVerifyInput) => expect(() => nym.verify(input)).toThrow(VerificationError);

  it('holdsAsItIs', () => {
    nym.verify(stamped);
    nym.verify(plain);
  });

  it('withAStampIsRefusedAsOneWithout', () => refused({ ...stamped, context: null, pseudonym: null }));

  it('withoutAStampIsRefusedAsOneWith', () => refused({ ...plain, context: stamped.context, pseudonym: stamped.pseudonym }));

  it('whoseStampIsMissingOrUnaskedIsRefused', () => {
    refused({ ...stamped, pseudonym: null });
    refused({ ...stamped, context: null });
    refused({ ...plain, context: stamped.context });
    refused({ ...plain, pseudonym: stamped.pseudonym });
  });

  it('withTheStampOfAnotherContextOrHolderIsRefused', () => {
    refused({ ...stamped, context: utf8('another scope') });
    refused({ ...stamped, pseudonym: pass.secrets.pseudonym(utf8('another scope')) });
    refused({ ...stamped, pseudonym: other.secrets.pseudonym(stamped.context!) });
    const negative = stamped.pseudonym!.toBytes();
    negative[0]! ^= 0x20;
    refused({ ...stamped, pseudonym: Pseudonym.parse(negative) });
  });

  it('isRefusedUnderAnotherKeyHeaderOrQuestion', () => {
    for (const good of [stamped, plain]) {
      refused({ ...good, key: other.key });
      refused({ ...good, header: utf8('another header') });
      refused({ ...good, header: concat(good.header, i2osp8(2)) });
      refused({ ...good, presentationHeader: utf8('another question') });
      refused({ ...good, presentationHeader: new Uint8Array() });
    }
  });

  it('isRefusedWithOtherDisclosedValues', () => {
    for (const good of [stamped, plain]) {
      refused({ ...good, disclosed: new Map([[1, utf8('another value')]]) });
      refused({ ...good, disclosed: new Map([[0, pass.messages[1]!]]) });
      refused({ ...good, disclosed: new Map() });
      refused({ ...good, disclosed: new Map([[0, pass.messages[0]!], [1, pass.messages[1]!]]) });
      refused({ ...good, disclosed: new Map(), disclosedCommitted: new Map([[0, pass.messages[1]!]]) });
    }
  });

  it('isRefusedForOtherNumbersOfMessagesOrSecrets', () => {
    const disclosed = new Map([[1, pass.messages[1]!]]);
    for (const [l, m, n] of [[3, 2, 1], [3, 0, 3], [4, 0, 2], [2, 2, 2], [4, 1, 1], [2, 1, 3]] as const) {
      for (const good of [stamped, plain]) {
        expect(() => NymBbs.of(l, m, n).verify({ ...good, disclosed, disclosedCommitted: new Map() })).toThrow(VerificationError);
      }
    }
  });

  it('isRefusedByTheOtherInterfaces', () => {
    const disclosed = new Map([[1, pass.messages[1]!]]);
    const header = nym.header(plain.header);
    for (const form of [header, plain.header]) {
      expect(() => BlindBbs.of(3, 3).verify({ ...plain, header: form, disclosed, disclosedCommitted: new Map() })).toThrow(VerificationError);
      expect(() => Bbs.of(7).verify({ ...plain, header: form, disclosed })).toThrow(VerificationError);
    }
  });

  it('madeWithSomebodyElsesSecretsBlindOrSignatureDoesNotHold', () => {
    for (const change of [{ secrets: other.secrets }, { blind: other.request.blind }, { signature: other.signature }]) {
      refused(pass.shown(change));
      refused(pass.shown({ ...change, context: null }));
    }
  });

  it('neverDisclosesTheBlindOrANymSecret', () => {
    for (const index of [3, 4, 5, 6, -1, 0.5, Number.NaN]) {
      expect(() => pass.shown({ disclosed: [index] })).toThrow(RangeError);
      expect(() => nym.verify({ ...plain, disclosed: new Map([[index, utf8('')]]) })).toThrow(RangeError);
    }
    expect(() => pass.shown({ disclosedCommitted: [1] })).toThrow(RangeError);
    expect(() => pass.shown({ disclosed: [1, 1] })).toThrow(RangeError);
  });
});

describe('a grant', () => {
  const refused = (change: object) => expect(() => nym.finalise({ ...pass.request, ...change })).toThrow(VerificationError);

  it('isRefusedWithAnythingChanged', () => {
    refused({ signature: other.signature });
    refused({ publicKey: other.key.publicKey });
    refused({ header: utf8('another header') });
    refused({ messages: other.messages });
    refused({ committedMessages: [utf8('another')] });
    refused({ secrets: other.request.secrets });
    refused({ blind: other.request.blind });
    refused({ signerNymEntropy: other.request.signerNymEntropy });
  });

  it('whoseEntropyCancelsTheSecretIsRefused', () => {
    const last = BigInt(`0x${Buffer.from(pass.request.secrets.toBytes().slice(32)).toString('hex')}`);
    refused({ signerNymEntropy: BbsScalar.parse(numberToBytesBE(Fr.ORDER - last, 32)) });
  });

  it('isNotGivenForACommitmentThatDoesNotHold', () => {
    const sign = (commitment: BlindCommitment, bbs = nym) =>
      nymSign(bbs, pass.issuer, commitment, pass.request.signerNymEntropy, pass.request.header, pass.messages);
    const bytes = pass.commitment.toBytes();
    for (const at of [79, 111, bytes.length - 1]) {
      expect(() => sign(BlindCommitment.parse(patched(bytes, at, Uint8Array.of(bytes[at]! ^ 1))))).toThrow(VerificationError);
    }
    expect(() => sign(BlindCommitment.parse(patched(bytes, 0, other.commitment.toBytes().subarray(0, 48))))).toThrow(VerificationError);
    expect(() => sign(pass.commitment, NymBbs.of(3, 0, 2))).toThrow(VerificationError);
    const blind = BlindBbs.of(3, 3);
    expect(() => blindSign(blind, pass.issuer, pass.commitment, pass.request.header, pass.messages)).toThrow(VerificationError);
  });
});

describe('a caller', () => {
  it('mustGiveAsManyMessagesAndSecretsAsTheInstanceIsFor', () => {
    expect(() => pass.shown({ messages: pass.messages.slice(1) })).toThrow(RangeError);
    expect(() => pass.shown({ committedMessages: [] })).toThrow(RangeError);
    expect(() => pass.shown({ secrets: NymSecrets.random(1, pass.random) })).toThrow(RangeError);
    expect(() => nym.commit(NymSecrets.random(3, pass.random), pass.random)).toThrow(RangeError);
  });

  it('cannotMakeImpossibleInterfaces', () => {
    for (const count of [-1, 0.5, Number.NaN, 1025, 2 ** 53]) {
      expect(() => Bbs.of(count)).toThrow(RangeError);
      expect(() => BlindBbs.of(0, count)).toThrow(RangeError);
    }
    expect(() => NymBbs.of(1, 0, 1023)).toThrow(RangeError);
    for (const count of [-1, 0, 0.5, Number.NaN, 1025]) {
      expect(() => NymBbs.of(1, 0, count)).toThrow(RangeError);
      expect(() => NymSecrets.random(count, pass.random)).toThrow(RangeError);
    }
  });

  it('cannotUseARandomSourceThatIsBroken', () => {
    expect(() => pass.shown({ random: (length) => new Uint8Array(length) })).toThrow(TypeError);
    expect(() => pass.shown({ random: (length) => seededRandom('short')(length - 1) })).toThrow(TypeError);
    expect(() => NymSecrets.random(1, () => hex('00'))).toThrow(TypeError);
  });

  it('mustNameADomainSeparationTag', () => {
    for (const length of [0, 256]) expect(() => BbsScalar.hash(utf8('x'), new Uint8Array(length))).toThrow(RangeError);
  });
});
