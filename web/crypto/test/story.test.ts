import { expect, it } from 'vitest';
import {
  BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BbsVerifierKey, BlindCommitment, NymBbs, NymSecrets, ProverBlind, Pseudonym,
  systemRandom, VerificationError,
} from '../src/index.ts';
import { BbsSecretKey, nymSign } from '../src/bbs/issuing.ts';
import { utf8 } from '../src/octets.ts';
import { unhex } from './support/vectors.ts';

it('aHolderGetsAPassShowsItTwiceAndTheDoorsLearnOneStampAndNothingElse', () => {
  const bbs = NymBbs.of(3, 0, 1);
  const header = systemRandom(32);
  const values = ['yes', '03-14', 'K'].map(utf8);

  // The wallet commits to a secret of its own and stores what it needs later.
  const own = NymSecrets.random(1, systemRandom);
  const { commitment, blind } = bbs.commit(own, systemRandom);
  const stored = { secrets: own.toBytes(), blind: blind.toBytes() };
  const request = commitment.toBytes();
  expect(request.length).toBe(48 + 32 * 3);

  // The office signs; it sees the commitment and the values.
  const office = BbsSecretKey.generate(systemRandom(32));
  const entropy = BbsScalar.random(systemRandom);
  const grant = {
    signature: nymSign(bbs, office, BlindCommitment.parse(request), entropy, header, values).toBytes(),
    entropy: entropy.toBytes(),
  };
  expect(grant.signature.length).toBe(80);

  // The wallet receives.
  const pass = {
    publicKey: BbsPublicKey.parse(office.publicKey.toBytes()), header, messages: values,
    signature: BbsSignature.parse(grant.signature), blind: ProverBlind.parse(stored.blind),
  };
  const secrets = bbs.finalise({
    ...pass, secrets: NymSecrets.parse(stored.secrets), signerNymEntropy: BbsScalar.parse(grant.entropy),
  });

  // Two doors ask for the first value and a stamp in one scope; what goes over is bytes.
  const scope = utf8('one meal');
  const show = (question: string) => {
    const shown = bbs.prove({ ...pass, secrets, presentationHeader: utf8(question), context: scope, disclosed: [0], random: systemRandom });
    return { proof: shown.proof.toBytes(), stamp: shown.pseudonym!.toBytes() };
  };
  const key = BbsVerifierKey.of(pass.publicKey);
  const check = (question: string, { proof, stamp }: ReturnType<typeof show>) => bbs.verify({
    key, header, presentationHeader: utf8(question), context: scope, proof: BbsProof.parse(proof), pseudonym: Pseudonym.parse(stamp),
    disclosed: new Map([[0, utf8('yes')]]),
  });
  const first = show('first door');
  const second = show('second door');
  check('first door', first);
  check('second door', second);
  expect(() => check('second door', first)).toThrow(VerificationError);

  expect(first.stamp).toEqual(second.stamp);
  expect(first.proof.length).toBe(BbsProof.lengthFor(1 + 1 + 2));
  for (let at = 0; at + 16 <= first.proof.length; at += 16) {
    expect(unhex(second.proof)).not.toContain(unhex(first.proof.subarray(at, at + 16)));
  }
});
