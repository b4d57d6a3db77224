import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bbs, BbsProof, BbsSignature, BbsVerifierKey, BlindBbs, BlindCommitment, NymBbs, NymSecrets, ProverBlind, Pseudonym } from '../src/index.ts';
import { BbsSecretKey, blindSign, sign } from '../src/bbs/issuing.ts';
import { utf8 } from '../src/octets.ts';
import { issued } from './support/issued.ts';
import { seededRandom } from './support/mockRandom.ts';
import { unhex } from './support/vectors.ts';

const octets = fc.uint8Array({ maxLength: 40 });
const some = <T>(list: readonly T[], mask: number): number[] => [...list.keys()].filter((i) => (mask >> i) & 1);
const pick = (messages: readonly Uint8Array[], indexes: readonly number[]) => new Map(indexes.map((i) => [i, messages[i]!]));

describe('signatures', () => {
  it('overAnyMessagesProveAnySelection', () => {
    fc.assert(fc.property(fc.array(octets, { maxLength: 4 }), octets, octets, fc.nat(15), fc.string(), (messages, header, ph, mask, seed) => {
      const random = seededRandom(seed);
      const key = BbsSecretKey.generate(random(32));
      const bbs = Bbs.of(messages.length);
      const signature = sign(bbs, key, header, messages);
      bbs.verifySignature(key.publicKey, signature, header, messages);
      const disclosed = some(messages, mask);
      const proof = bbs.prove({ publicKey: key.publicKey, signature, header, presentationHeader: ph, messages, disclosed, random });
      expect(proof.toBytes().length).toBe(BbsProof.lengthFor(messages.length - disclosed.length));
      bbs.verify({
        key: BbsVerifierKey.of(key.publicKey), header, presentationHeader: ph, disclosed: pick(messages, disclosed),
        proof: BbsProof.parse(proof.toBytes()),
      });
    }), { numRuns: 10 });
  });

  it('overAnyCommittedMessagesProveAnySelection', () => {
    fc.assert(fc.property(fc.array(octets, { maxLength: 3 }), fc.array(octets, { maxLength: 3 }), fc.nat(7), fc.nat(7), fc.string(), (messages, committedMessages, mask, committedMask, seed) => {
      const random = seededRandom(seed);
      const issuer = BbsSecretKey.generate(random(32));
      const bbs = BlindBbs.of(messages.length, committedMessages.length);
      const header = utf8('header');
      const { commitment, blind } = bbs.commit(committedMessages, random);
      const signature = blindSign(bbs, issuer, BlindCommitment.parse(commitment.toBytes()), header, messages);
      const signed = { publicKey: issuer.publicKey, signature, header, messages, committedMessages, blind };
      bbs.verifySignature(signed);
      const disclosed = some(messages, mask);
      const disclosedCommitted = some(committedMessages, committedMask);
      bbs.verify({
        key: BbsVerifierKey.of(issuer.publicKey), header, presentationHeader: utf8('ph'),
        proof: bbs.prove({ ...signed, presentationHeader: utf8('ph'), disclosed, disclosedCommitted, random }),
        disclosed: pick(messages, disclosed), disclosedCommitted: pick(committedMessages, committedMask ? disclosedCommitted : []),
      });
    }), { numRuns: 8 });
  });

  it('withAnyNumberOfNymSecretsProveWithAndWithoutPseudonym', () => {
    fc.assert(fc.property(fc.nat(3), fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.nat(7), fc.nat(3), octets, fc.string(), (l, m, n, mask, committedMask, context, seed) => {
      const { bbs, shown, secrets } = issued(NymBbs.of(l, m, n), seed);
      const selection = {
        disclosed: some(Array.from({ length: l }), mask), disclosedCommitted: some(Array.from({ length: m }), committedMask),
      };
      const stamped = shown({ ...selection, context });
      expect(stamped.pseudonym!.equals(secrets.pseudonym(context))).toBe(true);
      bbs.verify({ ...stamped, proof: BbsProof.parse(stamped.proof.toBytes()), pseudonym: Pseudonym.parse(stamped.pseudonym!.toBytes()) });
      const plain = shown({ ...selection, context: null });
      expect(plain.pseudonym).toBeNull();
      expect(plain.proof.toBytes().length).toBe(stamped.proof.toBytes().length);
      bbs.verify(plain);
    }), { numRuns: 8 });
  });
});

describe('two showings of one pass', () => {
  const { shown, secrets } = issued(NymBbs.of(2, 0, 2), 'two showings');

  it('haveNoPointAndNoScalarInCommon', () => {
    const parts = [shown({ context: null }), shown({ context: null })].map(({ proof }) => {
      const bytes = proof.toBytes();
      const points = [0, 48, 96].map((at) => unhex(bytes.subarray(at, at + 48)));
      const scalars = Array.from({ length: (bytes.length - 144) / 32 }, (_, i) => unhex(bytes.subarray(144 + 32 * i, 176 + 32 * i)));
      return [...points, ...scalars];
    });
    expect(new Set(parts.flat()).size).toBe(parts.flat().length);
  });

  it('haveTheSamePseudonymInOneContextAndAnotherInEachOther', () => {
    const names = ['door', 'door', 'gate', 'pool'].map((name) => unhex(shown({ context: utf8(name) }).pseudonym!.toBytes()));
    expect(names[0]).toBe(names[1]);
    expect(new Set(names).size).toBe(3);
    // Contexts that were forgotten in between give the same name again.
    for (let i = 0; i < 20; i++) secrets.pseudonym(utf8(`other ${i}`));
    expect(unhex(secrets.pseudonym(utf8('door')).toBytes())).toBe(names[0]);
  });
});

describe('what a holder stores', () => {
  it('isReadBackTheSameAndNotPrinted', () => {
    const { request, secrets, shown, bbs } = issued(NymBbs.of(1, 0, 2), 'storage');
    const restored = {
      secrets: NymSecrets.parse(secrets.toBytes()),
      blind: ProverBlind.parse(request.blind.toBytes()),
      signature: BbsSignature.parse(request.signature.toBytes()),
    };
    bbs.verify(shown(restored));
    for (const secret of [secrets, request.blind, request.signature, request.signerNymEntropy, issued(NymBbs.of(1, 0, 2), 'storage').issuer]) {
      const value = unhex(secret.toBytes());
      expect(`${secret} ${JSON.stringify(secret)}`).not.toContain(value.slice(0, 16));
    }
  });

  it('doesNotChangeWhenTheCallersArraysDo', () => {
    const { shown } = issued(NymBbs.of(1, 0, 1), 'copies');
    const { proof, pseudonym } = shown();
    const bytes = proof.toBytes();
    const parsed = BbsProof.parse(bytes);
    const nymBytes = pseudonym!.toBytes();
    const nym = Pseudonym.parse(nymBytes);
    bytes.fill(0);
    nymBytes.fill(0);
    parsed.toBytes().fill(0);
    expect(parsed.toBytes()).toEqual(proof.toBytes());
    expect(nym.equals(pseudonym!)).toBe(true);
  });
});
