// What the node and the browser bench share: one pass with three hidden attributes, and medians of what is done with it.
import { BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BbsVerifierKey, NymBbs, NymSecrets, systemRandom } from '@safeconduct/crypto';
import { BbsSecretKey, nymSign } from '@safeconduct/crypto/issuing';

const utf8 = (text) => new TextEncoder().encode(text);

/** Median milliseconds of `rounds` runs after a tenth as many to warm up. */
function median(rounds, act) {
  for (let i = 0; i < Math.max(5, rounds / 5); i++) act(i);
  const times = Array.from({ length: rounds }, (_, i) => {
    const start = performance.now();
    act(i);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[rounds >> 1];
}

/** Names and medians in milliseconds for a scheme with `attributes` attributes, three of them hidden, and one scope. */
export function measure(attributes, rounds) {
  const start = performance.now();
  const bbs = NymBbs.of(attributes, 0, 1);
  const setup = performance.now() - start;
  const key = BbsSecretKey.generate(systemRandom(32));
  const header = systemRandom(32);
  const presentationHeader = systemRandom(48);
  const context = systemRandom(50);
  const messages = Array.from({ length: attributes }, (_, i) => utf8(`value ${i}`));
  const own = NymSecrets.random(1, systemRandom);
  const { commitment, blind } = bbs.commit(own, systemRandom);
  const signerNymEntropy = BbsScalar.random(systemRandom);
  const signature = nymSign(bbs, key, commitment, signerNymEntropy, header, messages);
  const publicKey = BbsPublicKey.parse(key.publicKey.toBytes());
  const pass = { publicKey, signature: BbsSignature.parse(signature.toBytes()), header, messages, blind };
  const secrets = bbs.finalise({ ...pass, secrets: own, signerNymEntropy });
  const verifierKey = BbsVerifierKey.of(publicKey);
  const disclosed = Array.from({ length: attributes - 3 }, (_, i) => i);
  const shown = new Map(disclosed.map((i) => [i, messages[i]]));
  const proveIn = (at) => bbs.prove({ ...pass, secrets, presentationHeader, context: at, disclosed, random: systemRandom });
  const verifyIn = (at, { proof, pseudonym }) => bbs.verify({
    key: verifierKey, header, presentationHeader, context: at, disclosed: shown, proof: BbsProof.parse(proof.toBytes()),
    pseudonym: pseudonym && pseudonym.constructor.parse(pseudonym.toBytes()),
  });
  const stamped = proveIn(context);
  const plain = proveIn(null);
  const fresh = Array.from({ length: rounds * 2 }, () => systemRandom(50));
  return {
    'set-up, once': setup,
    'commit': median(rounds, () => bbs.commit(own, systemRandom)),
    'finalise': median(rounds, () => bbs.finalise({ ...pass, secrets: own, signerNymEntropy })),
    'prove, with pseudonym': median(rounds, () => proveIn(context)),
    'prove, with pseudonym, context never seen': median(rounds, (i) => proveIn(fresh[i])),
    'prove, without': median(rounds, () => proveIn(null)),
    'parse and verify, with pseudonym': median(rounds, () => verifyIn(context, stamped)),
    'parse and verify, without': median(rounds, () => verifyIn(null, plain)),
    'parse proof alone': median(rounds, () => BbsProof.parse(stamped.proof.toBytes())),
  };
}
