import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BlindCommitment, MalformedError, NymBbs, NymSecrets, ProverBlind, Pseudonym,
  VerificationError,
} from '../src/index.ts';
import { nymSign } from '../src/bbs/issuing.ts';
import { issued } from './support/issued.ts';
import { unhex } from './support/vectors.ts';

/*
 * 20,000 mutations: nothing changed is accepted, nothing throws anything but the two errors, and whatever still parses
 * prints to exactly the bytes it was read from. Every parse is a target. What parses is verified up to a number that keeps
 * the run short, for that takes ten milliseconds.
 */
const MOST_VERIFIED = 300;
const pass = issued(NymBbs.of(1, 0, 1), 'mutations');
const stamped = pass.shown();
const plain = pass.shown({ context: null });
const { bbs } = pass;

interface Target {
  readonly name: string;
  readonly runs: number;
  readonly good: Uint8Array;
  parse(octets: Uint8Array): { toBytes(): Uint8Array };
  /** Throws a VerificationError unless the changed value is taken for the good one. */
  accept(octets: Uint8Array): void;
}

const finalise = (change: object) => void bbs.finalise({ ...pass.request, ...change });
const sign = (commitment: BlindCommitment) =>
  void nymSign(bbs, pass.issuer, commitment, pass.request.signerNymEntropy, pass.request.header, pass.messages);

/** Values that verify nothing by themselves: enough that they read back as what they are. */
const differs = (_?: Uint8Array): void => {
  throw new VerificationError('another value');
};

const targets: Target[] = [
  { name: 'a proof with a stamp', runs: 2000, good: stamped.proof.toBytes(), parse: BbsProof.parse, accept: (o) => bbs.verify({ ...stamped, proof: BbsProof.parse(o) }) },
  { name: 'a proof without', runs: 1000, good: plain.proof.toBytes(), parse: BbsProof.parse, accept: (o) => bbs.verify({ ...plain, proof: BbsProof.parse(o) }) },
  { name: 'a stamp', runs: 5500, good: stamped.pseudonym!.toBytes(), parse: Pseudonym.parse, accept: (o) => bbs.verify({ ...stamped, pseudonym: Pseudonym.parse(o) }) },
  { name: 'a commitment', runs: 2000, good: pass.commitment.toBytes(), parse: BlindCommitment.parse, accept: (o) => sign(BlindCommitment.parse(o)) },
  { name: 'a signature', runs: 1000, good: pass.signature.toBytes(), parse: BbsSignature.parse, accept: (o) => finalise({ signature: BbsSignature.parse(o) }) },
  { name: 'a public key', runs: 1500, good: pass.key.publicKey.toBytes(), parse: BbsPublicKey.parse, accept: (o) => finalise({ publicKey: BbsPublicKey.parse(o) }) },
  { name: 'an entropy', runs: 2000, good: pass.request.signerNymEntropy.toBytes(), parse: BbsScalar.parse, accept: differs },
  { name: 'a blind', runs: 2000, good: pass.request.blind.toBytes(), parse: ProverBlind.parse, accept: differs },
  { name: 'nym secrets', runs: 3000, good: pass.secrets.toBytes(), parse: NymSecrets.parse, accept: differs },
];

/** Bytes like the good ones: bits flipped, bytes set, cut, extended, parts moved or overwritten. */
function mutation(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(good.length - 1);
  const changed = (change: (copy: Uint8Array) => Uint8Array | void) => {
    const copy = good.slice();
    return change(copy) ?? copy;
  };
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(at, fc.nat(7)).map(([i, bit]) => changed((copy) => void (copy[i]! ^= 1 << bit))) },
    { weight: 2, arbitrary: fc.tuple(at, fc.nat(255)).map(([i, value]) => changed((copy) => void (copy[i] = value))) },
    { weight: 2, arbitrary: fc.tuple(fc.constant(0), fc.nat(255)).map(([i, value]) => changed((copy) => void (copy[i] = value))) },
    { weight: 1, arbitrary: at.map((length) => good.slice(0, length)) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 64 }).map((more) => Uint8Array.of(...good, ...more)) },
    { weight: 1, arbitrary: fc.tuple(at, at, fc.nat(64)).map(([to, from, length]) => changed((copy) => void copy.copyWithin(to, from, from + length))) },
    { weight: 1, arbitrary: fc.tuple(at, fc.nat(64), fc.constantFrom(0, 0xff)).map(([i, length, value]) => changed((copy) => copy.fill(value, i, i + length))) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: good.length, maxLength: good.length }) },
  ).filter((octets) => unhex(octets) !== unhex(good));
}

/** What came of the octets: the printed value and the refusal. */
function outcome({ parse, accept }: Target, octets: Uint8Array, isVerified: () => boolean): { printed: Uint8Array | null; error: unknown } {
  let printed: Uint8Array | null = null;
  try {
    printed = parse(octets).toBytes();
    (isVerified() ? accept : differs)(octets);
    return { printed, error: null };
  } catch (error) {
    return { printed, error };
  }
}

describe('20,000 mutations', () => {
  it('areCounted', () => expect(targets.reduce((total, { runs }) => total + runs, 0)).toBe(20_000));

  it.each(targets.filter(({ accept }) => accept !== differs))('ofWhichNoneChangesNothing: $name', ({ accept, good }) => accept(good));

  it.each(targets)('of $name are all refused', (target) => {
    let parsed = 0;
    fc.assert(fc.property(mutation(target.good), (octets) => {
      const { printed, error } = outcome(target, octets, () => ++parsed <= MOST_VERIFIED);
      if (printed === null) return error instanceof MalformedError;
      return error instanceof VerificationError && unhex(printed) === unhex(octets);
    }), { numRuns: target.runs });
  });
});
