import { type G1, g1Octets } from '../bls/g1.ts';
import { freshMultiples, type Multiples, sum, type Term } from '../bls/msm.ts';
import { VerificationError } from '../errors.ts';
import { concat, i2osp8, utf8 } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { Fr, randomScalars, scalarOctets } from '../bls/scalar.ts';
import { BbsProof } from './bbsProof.ts';
import type { BbsPublicKey } from './bbsPublicKey.ts';
import type { BbsSignature } from './bbsSignature.ts';
import type { BbsVerifierKey } from './bbsVerifierKey.ts';
import { basePoint, type Generator } from './generators.ts';
import type { NymContext } from './nymContext.ts';
import { Pseudonym } from './pseudonym.ts';
import { hashParts } from './api.ts';

/** What a proof is bound to, besides key and messages. */
export interface Statement {
  /** What the signature covers beside the messages. */
  readonly header: Uint8Array;
  /** What the proof covers beside that: question, time, nonce. */
  readonly presentationHeader: Uint8Array;
}

/**
 * The core operations of the core draft, section 3.6, over a fixed list of generators, with the pseudonym's terms of
 * the nym draft, section 7, where there are any. The three interfaces differ in api_id, generators and header only.
 */
export class Core {
  readonly apiId: string;
  /** H_1, ..., H_L and, in the blind interfaces, Q_2, J_1, ..., J_M: one for every signed scalar. */
  readonly #generators: readonly Generator[];
  readonly #q1: Generator;
  readonly #domainOctets: Uint8Array;

  /** @param generators Q_1 and one for every signed scalar */
  constructor(apiId: string, generators: readonly Generator[]) {
    const [q1, ...rest] = generators as [Generator, ...Generator[]];
    this.apiId = apiId;
    this.#q1 = q1;
    this.#generators = rest;
    this.#domainOctets = concat(i2osp8(rest.length), ...generators.map(({ octets }) => octets), utf8(apiId));
  }

  /** The number of signed scalars. */
  get size(): number {
    return this.#generators.length;
  }

  /** calculate_domain, core draft section 4.2.3. */
  domain(publicKey: BbsPublicKey, header: Uint8Array): bigint {
    return hashParts(this.apiId, publicKey.toBytes(), this.#domainOctets, i2osp8(header.length), header);
  }

  /** B = P1 + Q_1 domain + H_1 msg_1 + ..., over as many scalars as are given. */
  b(domain: bigint, scalars: readonly bigint[]): G1 {
    return sum([[basePoint().multiples, 1n], [this.#q1.multiples, domain], ...this.#terms(scalars.entries())]);
  }

  /**
   * CoreVerify, core draft section 3.6.2.
   * @throws {VerificationError} the signature does not hold
   */
  verify(key: BbsVerifierKey, signature: BbsSignature, header: Uint8Array, scalars: readonly bigint[]): void {
    const { a, e } = signature;
    const b = this.b(this.domain(key.publicKey, header), scalars);
    // h(A, W + BP2 e) h(B, -BP2) = h(A, W) h(B - A e, -BP2): both points of G2 are fixed then, and prepared.
    const [multiplesOfA] = freshMultiples(a);
    const rest = b.subtract(sum([[multiplesOfA!, e]]));
    if (!key.pairs(a, rest)) throw new VerificationError('the signature does not hold');
  }

  /**
   * CoreProofGen, core draft section 3.6.3; with a context CoreProofGenWithNym, nym draft section 7.1.
   * @param scalars all signed scalars, nym secrets last
   * @param disclosed indexes into scalars, ascending
   */
  prove(
    publicKey: BbsPublicKey,
    { header, presentationHeader }: Statement,
    signature: BbsSignature,
    scalars: readonly bigint[],
    disclosed: readonly number[],
    nym: { readonly context: NymContext; readonly secrets: number } | null,
    random: RandomBytes,
  ): { proof: BbsProof; pseudonym: Pseudonym | null } {
    const undisclosed = this.#others(disclosed);
    const [r1, r2, eTilde, r1Tilde, r3Tilde, ...tildes] = randomScalars(5 + undisclosed.length, random) as Randoms;

    // ProofInit, core draft section 3.7.1, every point written as a sum over A, B and generators, which have tables.
    const domain = this.domain(publicKey, header);
    const b = this.b(domain, scalars);
    const [ofA, ofB] = freshMultiples(signature.a, b) as [Multiples, Multiples];
    const r1r2 = Fr.mul(r1, r2);
    const d = sum([[ofB, r2]]);
    const abar = sum([[ofA, r1r2]]);
    const bbar = sum([[ofB, r1r2], [ofA, Fr.neg(Fr.mul(r1r2, signature.e))]]);
    const t1 = sum([[ofA, Fr.mul(r1r2, eTilde)], [ofB, Fr.mul(r2, r1Tilde)]]);
    const t2 = sum([[ofB, Fr.mul(r2, r3Tilde)], ...this.#terms(pairs(undisclosed, tildes))]);

    // PseudonymProofInit, nym draft section 7.3.1.
    const nymPoints = nym === null ? [] : [
      nym.context.pseudonym(scalars.slice(-nym.secrets)),
      nym.context.pseudonym(tildes.slice(-nym.secrets)),
    ];
    if (nymPoints.some((point) => point.is0())) throw new RangeError('nym secrets that have no pseudonym here');

    const points = [abar, bbar, d];
    const octets = g1Octets([...points, t1, t2, ...nymPoints]);
    const messages = disclosed.map((i): [number, bigint] => [i, scalars[i]!]);
    const challenge = this.#challenge(messages, octets, domain, presentationHeader, nym?.context ?? null);

    // ProofFinalize, core draft section 3.7.2.
    const proof = BbsProof.of(points, octets.slice(0, 3), [
      Fr.add(eTilde, Fr.mul(signature.e, challenge)),
      Fr.sub(r1Tilde, Fr.mul(r1, challenge)),
      Fr.sub(r3Tilde, Fr.mul(Fr.inv(r2), challenge)),
      ...undisclosed.map((i, j) => Fr.add(tildes[j]!, Fr.mul(scalars[i]!, challenge))),
      challenge,
    ]);
    return { proof, pseudonym: nymPoints[0] === undefined ? null : Pseudonym.of(nymPoints[0], octets[5]) };
  }

  /**
   * CoreProofVerify, core draft section 3.6.4; with a context CoreProofVerifyWithNym, nym draft section 7.2.
   * @param disclosed index and scalar of every disclosed message, ascending
   * @throws {VerificationError} the proof does not hold
   */
  verifyProof(
    key: BbsVerifierKey,
    { header, presentationHeader }: Statement,
    proof: BbsProof,
    disclosed: readonly (readonly [number, bigint])[],
    nym: { readonly context: NymContext; readonly secrets: number; readonly pseudonym: Pseudonym } | null,
  ): void {
    const { abar, bbar, d, eHat, r1Hat, r3Hat, hidden, challenge, pointOctets } = proof.parts;
    const undisclosed = this.#others(disclosed.map(([i]) => i));
    if (hidden.length !== undisclosed.length) throw new VerificationError('a proof for another number of messages');

    // ProofVerifyInit, core draft section 3.7.3; Bv is not computed, its terms go into T2 times c.
    const domain = this.domain(key.publicKey, header);
    const [ofAbar, ofBbar, ofD] = freshMultiples(abar, bbar, d) as [Multiples, Multiples, Multiples];
    const t1 = sum([[ofBbar, challenge], [ofAbar, eHat], [ofD, r1Hat]]);
    const t2 = sum([
      [basePoint().multiples, challenge],
      [this.#q1.multiples, Fr.mul(domain, challenge)],
      [ofD, r3Hat],
      ...this.#terms(disclosed.map(([i, message]) => [i, Fr.mul(message, challenge)] as const)),
      ...this.#terms(pairs(undisclosed, hidden)),
    ]);

    // PseudonymProofVerifyInit, nym draft section 7.3.2.
    const nymPoints: G1[] = [];
    if (nym !== null) {
      const ut = nym.context.commitment(hidden.slice(-nym.secrets), nym.pseudonym, challenge);
      if (ut.is0()) throw new VerificationError('the pseudonym proof does not hold');
      nymPoints.push(nym.pseudonym.point, ut);
    }

    const octets = [pointOctets, ...g1Octets([t1, t2, ...nymPoints])];
    if (this.#challenge(disclosed, octets, domain, presentationHeader, nym?.context ?? null) !== challenge) {
      throw new VerificationError('the proof does not hold');
    }
    if (!key.pairs(abar, bbar)) throw new VerificationError('the proof does not hold under this key');
  }

  /**
   * ProofChallengeCalculate, core draft section 3.7.4; with a context as in the nym draft, section 8.1.
   * @param points Abar, Bbar, D, T1, T2 and, with a context, the pseudonym and Ut
   */
  #challenge(
    disclosed: readonly (readonly [number, bigint])[],
    points: readonly Uint8Array[],
    domain: bigint,
    presentationHeader: Uint8Array,
    context: NymContext | null,
  ): bigint {
    return hashParts(
      this.apiId,
      i2osp8(disclosed.length),
      ...disclosed.flatMap(([i, message]) => [i2osp8(i), scalarOctets(message)]),
      ...points,
      scalarOctets(domain),
      i2osp8(presentationHeader.length),
      presentationHeader,
      ...(context === null ? [] : [i2osp8(context.octets.length), context.octets]),
    );
  }

  #terms(indexed: Iterable<readonly [number, bigint]>): Term[] {
    return Array.from(indexed, ([i, scalar]) => [this.#generators[i]!.multiples, scalar] as const);
  }

  #others(disclosed: readonly number[]): number[] {
    return Array.from(this.#generators.keys()).filter((i) => !disclosed.includes(i));
  }
}

type Randoms = [bigint, bigint, bigint, bigint, bigint, ...bigint[]];

const pairs = (indexes: readonly number[], scalars: readonly bigint[]): [number, bigint][] =>
  indexes.map((i, j) => [i, scalars[j]!]);
