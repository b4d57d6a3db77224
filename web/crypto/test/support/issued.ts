import { BbsScalar, BbsVerifierKey, NymBbs, type NymProveInput, NymSecrets, type NymVerifyInput } from '../../src/index.ts';
import { BbsSecretKey, nymSign } from '../../src/bbs/issuing.ts';
import { utf8 } from '../../src/octets.ts';
import { seededRandom } from './mockRandom.ts';

/** A pass as its holder keeps it, and what both sides of a door do with it. */
export function issued(bbs: NymBbs, seed: string) {
  const random = seededRandom(seed);
  const issuer = BbsSecretKey.generate(random(32));
  const publicKey = issuer.publicKey;
  const header = random(32);
  const messages = Array.from({ length: bbs.messages }, (_, i) => utf8(`value ${i} of ${seed}`));
  const committedMessages = Array.from({ length: bbs.committed }, (_, i) => utf8(`own ${i} of ${seed}`));
  const own = NymSecrets.random(bbs.nymSecrets, random);
  const { commitment, blind } = bbs.commit(own, random, committedMessages);
  const signerNymEntropy = BbsScalar.random(random);
  const signature = nymSign(bbs, issuer, commitment, signerNymEntropy, header, messages);
  const pass = { publicKey, signature, header, messages, committedMessages, blind };
  const request = { ...pass, secrets: own, signerNymEntropy };
  const secrets = bbs.finalise(request);
  const key = BbsVerifierKey.of(publicKey);

  const showing = (change: Partial<NymProveInput> = {}): NymProveInput => ({
    ...pass, secrets, presentationHeader: utf8('a question'), context: utf8('a scope'), disclosed: [], random, ...change,
  });

  /** What a door that asks exactly for this showing passes to `verify`. */
  const shown = (change: Partial<NymProveInput> = {}): NymVerifyInput => {
    const input = showing(change);
    const { presentationHeader, context, disclosed, disclosedCommitted = [] } = input;
    return {
      ...bbs.prove(input), key, header, presentationHeader, context,
      disclosed: new Map(disclosed.map((i) => [i, messages[i]!])),
      disclosedCommitted: new Map(disclosedCommitted.map((i) => [i, committedMessages[i]!])),
    };
  };

  return { bbs, issuer, key, request, commitment, messages, secrets, showing, shown, signature, random };
}
