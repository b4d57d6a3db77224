// The page of `npm run bench`: our operations and the peer's, each run when it is called for. Times are wall times.
import * as peer from '@digitalbazaar/bbs-signatures';
import { passOperations, plainOperations } from '../../crypto/bench/measure.js';

const HIDDEN = 3;
const ATTRIBUTES = 5;
const ciphersuite = peer.CIPHERSUITES.BLS12381_SHA256;

async function peerOperations() {
  const { secretKey, publicKey } = await peer.generateKeyPair({ ciphersuite });
  const header = crypto.getRandomValues(new Uint8Array(32));
  const presentationHeader = crypto.getRandomValues(new Uint8Array(48));
  const messages = Array.from({ length: ATTRIBUTES }, (_, i) => new TextEncoder().encode(`value ${i}`));
  const disclosedMessageIndexes = messages.slice(HIDDEN).map((_, i) => i);
  const disclosedMessages = disclosedMessageIndexes.map((i) => messages[i]);
  const signature = await peer.sign({ secretKey, publicKey, header, messages, ciphersuite });
  const given = { publicKey, header, presentationHeader, disclosedMessageIndexes, ciphersuite };
  const prove = () => peer.deriveProof({ ...given, signature, messages });
  const proof = await prove();
  return {
    prove,
    verify: async () => {
      if (!await peer.verifyProof({ ...given, proof, disclosedMessages })) throw new Error('the peer refuses its own proof');
    },
  };
}

const pass = passOperations(ATTRIBUTES);
const plain = plainOperations(ATTRIBUTES);

const operations = peerOperations().then((other) => ({
  'prove': pass['prove, with pseudonym'],
  'prove, first time in a scope': pass['prove, with pseudonym, context never seen'],
  'verify': pass['parse and verify, with pseudonym'],
  'prove, plain BBS': plain.prove,
  'verify, plain BBS': plain.verify,
  'prove, peer': other.prove,
  'verify, peer': other.verify,
}));

/** Runs an operation some times over and says how many milliseconds each took. */
globalThis.run = async (name, rounds) => {
  const act = (await operations)[name];
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times;
};
