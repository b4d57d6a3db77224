import * as crypto from '../../src/index.ts';
import * as issuing from '../../src/bbs/issuing.ts';
import { createGenerators } from '../../src/bbs/generators.ts';
import { API_CORE, P1 } from '../../src/bbs/api.ts';
import { concat, utf8 } from '../../src/octets.ts';
import { mockRandom } from './mockRandom.ts';
import { type Fixture, hex, unhex } from './vectors.ts';

const { Bbs, BbsProof, BbsPublicKey, BbsScalar, BbsSignature, BbsVerifierKey, BlindBbs, BlindCommitment, NymBbs, NymSecrets, ProverBlind, Pseudonym } = crypto;

/** What one kind of fixture claims. */
interface Kind {
  /** Throws a MalformedError or VerificationError unless the fixture holds. */
  verify(fixture: Fixture): void;
  /** Makes the fixture's result again and returns it, with what the file says. */
  reproduce(fixture: Fixture): [actual: unknown, expected: unknown][];
  /** Paths of fields, any change of which must make `verify` throw. */
  readonly sealed: readonly string[];
}

const CORE_SEED = '3.141592653589793238462643383279';
const CORE_PROOF_DST = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_MOCK_RANDOM_SCALARS_DST_';

const list = (texts: readonly string[]) => texts.map(hex);
const integer = (text: string) => hex(text.padStart(64, '0'));
const secrets = (texts: readonly string[]) => NymSecrets.parse(concat(...texts.map(integer)));
const blind = (f: Fixture) => ProverBlind.parse(integer(f['proverBlind']));
const entropy = (f: Fixture) => BbsScalar.parse(integer(f['signer_nym_entropy']));
const indexed = (messages: Readonly<Record<string, string>>) =>
  new Map(Object.entries(messages).map(([index, message]) => [Number(index), hex(message)]));
const source = (fixture: Fixture, part: 'commit' | 'proof', count: number) =>
  mockRandom(utf8(fixture['mockRngParameters'].SEED), fixture['mockRngParameters'][part].DST, count);
const hidden = (fixture: Fixture) => (hex(fixture['proof']).length - 272) / 32;
const publicKey = (fixture: Fixture) => BbsPublicKey.parse(hex(fixture['signerPublicKey'] ?? fixture['signerKeyPair'].publicKey));
const secretKey = (fixture: Fixture) => issuing.BbsSecretKey.parse(hex(fixture['signerKeyPair'].secretKey));
const signature = (fixture: Fixture) => BbsSignature.parse(hex(fixture['signature']));
const statement = (fixture: Fixture) => ({
  header: hex(fixture['header']), presentationHeader: hex(fixture['presentationHeader']),
});
/** Committed messages of a proof fixture, counted by its proof: everything that is neither message, blind nor secret. */
const committedOf = (f: Fixture, secrets: number): number =>
  hidden(f) + Object.keys(f['revealedMessages']).length + Object.keys(f['revealedCommittedMessages']).length - f['L'] - 1 - secrets;

const bbsSignature: Kind = {
  verify: (f) => Bbs.of(f['messages'].length).verifySignature(publicKey(f), signature(f), hex(f['header']), list(f['messages'])),
  reproduce: (f) => {
    const made = issuing.sign(Bbs.of(f['messages'].length), secretKey(f), hex(f['header']), list(f['messages']));
    return [[unhex(made.toBytes()), f['signature']]];
  },
  sealed: ['signature', 'header', 'messages.0', 'signerKeyPair.publicKey'],
};

const bbsProof: Kind = {
  verify: (f) => {
    const disclosed = new Map((f['disclosedIndexes'] as number[]).map((i) => [i, hex(f['messages'][i])]));
    Bbs.of(hidden(f) + disclosed.size).verify({ ...statement(f), key: BbsVerifierKey.of(publicKey(f)), proof: BbsProof.parse(hex(f['proof'])), disclosed });
  },
  reproduce: (f) => {
    const made = Bbs.of(f['messages'].length).prove({
      ...statement(f), publicKey: publicKey(f), signature: signature(f), messages: list(f['messages']), disclosed: f['disclosedIndexes'],
      random: mockRandom(utf8(CORE_SEED), CORE_PROOF_DST, 5 + hidden(f)),
    });
    return [[unhex(made.toBytes()), f['proof']]];
  },
  sealed: ['proof', 'header', 'presentationHeader', 'messages.0', 'signerPublicKey'],
};

const blindCommit: Kind = {
  verify: (f) => {
    const bbs = BlindBbs.of(0, f['committedMessages'].length);
    issuing.blindSign(bbs, testKey(), BlindCommitment.parse(hex(f['commitmentWithProof'])), new Uint8Array(), []);
  },
  reproduce: (f) => {
    const count = f['committedMessages'].length;
    const made = BlindBbs.of(0, count).commit(list(f['committedMessages']), source(f, 'commit', count + 2));
    return [[unhex(made.commitment.toBytes()), f['commitmentWithProof']], [unhex(made.blind.toBytes()), f['proverBlind']]];
  },
  sealed: ['commitmentWithProof'],
};

const blindSignature: Kind = {
  verify: (f) => BlindBbs.of(f['messages'].length, f['committedMessages'].length).verifySignature({
    publicKey: publicKey(f), signature: signature(f), header: hex(f['header']), messages: list(f['messages']),
    committedMessages: list(f['committedMessages']), blind: blind(f),
  }),
  reproduce: (f) => {
    const made = issuing.blindSign(
      BlindBbs.of(f['messages'].length, f['committedMessages'].length), secretKey(f),
      BlindCommitment.parse(hex(f['commitmentWithProof'])), hex(f['header']), list(f['messages']),
    );
    return [[unhex(made.toBytes()), f['signature']]];
  },
  sealed: ['signature', 'header', 'messages.0', 'committedMessages.0', 'proverBlind', 'signerKeyPair.publicKey'],
};

const blindProof: Kind = {
  verify: (f) => BlindBbs.of(f['L'], committedOf(f, 0)).verify({
    ...statement(f), key: BbsVerifierKey.of(publicKey(f)), proof: BbsProof.parse(hex(f['proof'])),
    disclosed: indexed(f['revealedMessages']), disclosedCommitted: indexed(f['revealedCommittedMessages']),
  }),
  reproduce: (f) => {
    const committed = committedOf(f, 0);
    const made = BlindBbs.of(f['L'], committed).prove({
      ...statement(f), publicKey: publicKey(f), signature: signature(f), messages: list(f['messages']), blind: blind(f),
      committedMessages: list(f['committedMessages']).slice(0, committed),
      disclosed: Object.keys(f['revealedMessages']).map(Number),
      disclosedCommitted: Object.keys(f['revealedCommittedMessages']).map(Number),
      random: source(f, 'proof', 5 + hidden(f)),
    });
    return [[unhex(made.toBytes()), f['proof']]];
  },
  sealed: ['proof', 'header', 'presentationHeader', 'revealedMessages.0', 'revealedCommittedMessages.0', 'signerPublicKey'],
};

const nymCommit: Kind = {
  verify: (f) => {
    const bbs = NymBbs.of(0, f['committedMessages'].length, f['proverNyms'].length);
    issuing.nymSign(bbs, testKey(), BlindCommitment.parse(hex(f['commitmentWithProof'])), BbsScalar.parse(integer('01')), new Uint8Array(), []);
  },
  reproduce: (f) => {
    const count = f['committedMessages'].length + f['proverNyms'].length;
    const made = NymBbs.of(0, f['committedMessages'].length, f['proverNyms'].length)
      .commit(secrets(f['proverNyms']), source(f, 'commit', count + 2), list(f['committedMessages']));
    return [[unhex(made.commitment.toBytes()), f['commitmentWithProof']], [unhex(made.blind.toBytes()), f['proverBlind']]];
  },
  sealed: ['commitmentWithProof'],
};

const nymOf = (f: Fixture) => NymBbs.of(f['messages'].length, f['committedMessages'].length, f['proverNyms'].length);

const finalised = (f: Fixture) => nymOf(f).finalise({
  publicKey: publicKey(f), signature: signature(f), header: hex(f['header']), messages: list(f['messages']),
  committedMessages: list(f['committedMessages']), secrets: secrets(f['proverNyms']), blind: blind(f),
  signerNymEntropy: entropy(f),
});

const nymSignature: Kind = {
  verify: (f) => void finalised(f),
  reproduce: (f) => {
    const made = issuing.nymSign(
      nymOf(f), secretKey(f), BlindCommitment.parse(hex(f['commitmentWithProof'])), entropy(f),
      hex(f['header']), list(f['messages']),
    );
    return [
      [unhex(made.toBytes()), f['signature']],
      [unhex(finalised(f).toBytes()), unhex(secrets(f['nym_secrets']).toBytes())],
    ];
  },
  sealed: ['signature', 'header', 'messages.0', 'committedMessages.0', 'proverNyms.0', 'proverBlind', 'signer_nym_entropy', 'signerKeyPair.publicKey'],
};

const nymProof: Kind = {
  verify: (f) => NymBbs.of(f['L'], committedOf(f, f['proverNyms'].length), f['proverNyms'].length).verify({
    ...statement(f), key: BbsVerifierKey.of(publicKey(f)), proof: BbsProof.parse(hex(f['proof'])), context: hex(f['context_id']), pseudonym: Pseudonym.parse(hex(f['pseudonym'])),
    disclosed: indexed(f['revealedMessages']), disclosedCommitted: indexed(f['revealedCommittedMessages']),
  }),
  reproduce: (f) => {
    const signed = secrets(f['nym_secrets']);
    const committed = committedOf(f, signed.count);
    const bbs = NymBbs.of(f['L'], committed, signed.count);
    const { proof, pseudonym } = bbs.prove({
      ...statement(f), publicKey: publicKey(f), signature: signature(f), messages: list(f['messages']), secrets: signed, blind: blind(f),
      committedMessages: list(f['committedMessages']).slice(0, committed), context: hex(f['context_id']),
      disclosed: Object.keys(f['revealedMessages']).map(Number),
      disclosedCommitted: Object.keys(f['revealedCommittedMessages']).map(Number),
      random: source(f, 'proof', 5 + hidden(f)),
    });
    return [
      [unhex(proof.toBytes()), f['proof']],
      [unhex(pseudonym!.toBytes()), f['pseudonym']],
      [unhex(signed.pseudonym(hex(f['context_id'])).toBytes()), f['pseudonym']],
    ];
  },
  sealed: ['proof', 'pseudonym', 'context_id', 'header', 'presentationHeader', 'revealedMessages.0', 'revealedCommittedMessages.0', 'signerPublicKey'],
};

const generatorsOf = (set: Fixture, apiId: string): [unknown, unknown][] => [
  [P1, set['P1']],
  [createGenerators(set['MsgGenerators'].length + 1, apiId).map(({ octets }) => unhex(octets)), [set['Q1'], ...set['MsgGenerators']]],
];

/** Fixtures that only say what comes out: there is nothing in them to verify. */
const table = (reproduce: Kind['reproduce']): Kind => ({ verify: () => {}, reproduce, sealed: [] });

const hashed = (message: string, dst: string) => unhex(BbsScalar.hash(hex(message), hex(dst)).toBytes());

const tables = {
  generators: table((f) => 'blindGenerators' in f
    ? [...generatorsOf(f['generators'], f['generators'].api_id), ...generatorsOf(f['blindGenerators'], f['blindGenerators'].api_id)]
    : generatorsOf(f, API_CORE)),
  hash: table((f) => [[hashed(f['message'], f['dst']), f['scalar']]]),
  hashes: table((f) => f['cases'].map((one: Fixture) => [hashed(one['message'], f['dst']), one['scalar']])),
  keyPair: table((f) => {
    const key = issuing.BbsSecretKey.generate(hex(f['keyMaterial']), hex(f['keyInfo']), hex(f['keyDst']));
    return [[{ secretKey: unhex(key.toBytes()), publicKey: unhex(key.publicKey.toBytes()) }, f['keyPair']]];
  }),
  random: table((f) => {
    const random = mockRandom(hex(f['seed']), new TextDecoder().decode(hex(f['dst'])), f['count']);
    return [[f['mockedScalars'].map(() => unhex(BbsScalar.random(random).toBytes())), f['mockedScalars']]];
  }),
};

const testKey = () => issuing.BbsSecretKey.generate(new Uint8Array(32));

/**
 * Tells by its content what a fixture is, as the Java test does; file names say nothing.
 * @returns null for a list of messages, which claims nothing by itself
 */
export function kindOf(f: Fixture): Kind | null {
  if (Array.isArray(f) || Object.keys(f).every((field) => field === 'messages' || field === 'committedMessages')) return null;
  if ('mockedScalars' in f) return tables.random;
  if ('keyMaterial' in f) return tables.keyPair;
  if ('cases' in f) return tables.hashes;
  if ('scalar' in f) return tables.hash;
  if ('MsgGenerators' in f || 'blindGenerators' in f) return tables.generators;
  const nym = 'proverNyms' in f;
  const isBlind = 'proverBlind' in f;
  if ('proof' in f) return nym ? nymProof : isBlind ? blindProof : bbsProof;
  if ('signature' in f) return nym ? nymSignature : isBlind ? blindSignature : bbsSignature;
  if ('commitmentWithProof' in f) return nym ? nymCommit : blindCommit;
  throw new Error(`a fixture of no known kind: ${Object.keys(f).join(' ')}`);
}

/** Copies of the fixture, each with one bit changed in one sealed field, and what was changed. */
export function tampered(f: Fixture, kind: Kind): [string, Fixture][] {
  return kind.sealed.flatMap((path): [string, Fixture][] => {
    const copy = structuredClone(f) as Record<string, any>;
    const steps = path.split('.');
    const field = steps.pop()!;
    const holder = steps.reduce((value, step) => value?.[step], copy);
    const value: string | undefined = holder?.[field];
    if (value === undefined) return [];
    const octets = hex(value.padStart(value.length + (value.length % 2), '0'));
    // In the middle and at the end: a point or scalar in the midst, and the challenge or the last octet.
    return [Math.floor(octets.length / 2), octets.length - 1].map((at) => {
      const changed = octets.length === 0 ? Uint8Array.of(0) : octets.map((octet, i) => (i === at ? octet ^ 1 : octet));
      holder[field] = unhex(changed);
      return [`${path}[${at}]`, structuredClone(copy)];
    });
  });
}
