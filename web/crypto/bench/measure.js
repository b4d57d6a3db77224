// What the benches measure: one pass with three hidden attributes and one scope, and medians of what is done with it.
import { Bbs, BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BbsVerifierKey, NymBbs, NymSecrets, systemRandom } from '@safeconduct/crypto';
import { BbsSecretKey, nymSign, sign } from '@safeconduct/crypto/issuing';

const utf8 = (text) => new TextEncoder().encode(text);

/** The middle of some numbers. */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Milliseconds of each of `rounds` runs. */
export function time(rounds, act) {
  return Array.from({ length: rounds }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
}

/** What is done with a pass of `attributes` attributes, three of them hidden, by name. */
export function passOperations(attributes) {
  const bbs = NymBbs.of(attributes, 0, 1);
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
  return {
    'commit': () => bbs.commit(own, systemRandom),
    'finalise': () => bbs.finalise({ ...pass, secrets: own, signerNymEntropy }),
    'prove, with pseudonym': () => proveIn(context),
    'prove, with pseudonym, context never seen': () => proveIn(systemRandom(50)),
    'prove, without': () => proveIn(null),
    'parse and verify, with pseudonym': () => verifyIn(context, stamped),
    'parse and verify, without': () => verifyIn(null, plain),
    'parse proof alone': () => BbsProof.parse(stamped.proof.toBytes()),
  };
}

/** Proving and verifying with nothing but BBS: no pseudonym, nothing blind. What other libraries can do too. */
export function plainOperations(attributes) {
  const bbs = Bbs.of(attributes);
  const key = BbsSecretKey.generate(systemRandom(32));
  const header = systemRandom(32);
  const presentationHeader = systemRandom(48);
  const messages = Array.from({ length: attributes }, (_, i) => utf8(`value ${i}`));
  const publicKey = BbsPublicKey.parse(key.publicKey.toBytes());
  const signature = sign(bbs, key, header, messages);
  const disclosed = Array.from({ length: attributes - 3 }, (_, i) => i);
  const shown = new Map(disclosed.map((i) => [i, messages[i]]));
  const verifierKey = BbsVerifierKey.of(publicKey);
  const prove = () => bbs.prove({ publicKey, signature, header, messages, presentationHeader, disclosed, random: systemRandom });
  const octets = prove().toBytes();
  return {
    prove,
    verify: () => bbs.verify({ key: verifierKey, header, presentationHeader, disclosed: shown, proof: BbsProof.parse(octets) }),
  };
}
