import { type G1, G1_LENGTH, g1Octets, parseG1 } from '../bls/g1.ts';
import { freshMultiples, sum } from '../bls/msm.ts';
import { MalformedError, VerificationError } from '../errors.ts';
import { concat, i2osp8 } from '../octets.ts';
import type { RandomBytes } from '../random.ts';
import { Fr, parseScalar, randomScalars, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';
import { hashParts } from './api.ts';
import { MOST } from './checks.ts';
import type { Generator } from './generators.ts';
import { ProverBlind } from './proverBlind.ts';

/** What committing yields. */
export interface Committed {
  /** Goes to the signer. */
  readonly commitment: BlindCommitment;
  /** Stays with the holder; needed to verify the signature and for every proof. */
  readonly blind: ProverBlind;
}

/**
 * A commitment to messages the signer does not see, with the proof that whoever made it knows them. It hides them
 * perfectly, and is one wallet's: never use it twice.
 */
export class BlindCommitment {
  /** Octets of a commitment to nothing; every committed scalar adds 32. */
  static readonly FLOOR = G1_LENGTH + 2 * SCALAR_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: G1;
  readonly #scalars: readonly bigint[];

  private constructor(octets: Uint8Array, point: G1, scalars: readonly bigint[]) {
    this.#octets = octets;
    this.#point = point;
    this.#scalars = scalars;
  }

  /**
   * octets_to_commitment_with_proof, blind draft section 5.3.2.
   * @throws {MalformedError} a length that is not 112 + 32 M, a point not in G1 or the identity, a scalar not from 1 to r - 1
   */
  static parse(octets: Uint8Array): BlindCommitment {
    const committed = (octets.length - BlindCommitment.FLOOR) / SCALAR_LENGTH;
    if (!Number.isInteger(committed) || committed < 0 || committed > MOST) {
      throw new MalformedError(`a commitment does not have ${octets.length} bytes`);
    }
    const scalars = Array.from({ length: committed + 2 }, (_, i) => {
      const at = G1_LENGTH + i * SCALAR_LENGTH;
      return parseScalar(octets.subarray(at, at + SCALAR_LENGTH));
    });
    const point = parseG1(octets.subarray(0, G1_LENGTH));
    return new BlindCommitment(octets.slice(), point, scalars);
  }

  /**
   * @internal CoreCommit, blind draft section 4.3.1.
   * @param generators Q_2, J_1, ..., J_M
   * @param committed one scalar for every J
   */
  static make(generators: readonly Generator[], committed: readonly bigint[], apiId: string, random: RandomBytes): Committed {
    const [blind, ...tildes] = randomScalars(committed.length + 2, random) as [bigint, ...bigint[]];
    const secrets = [blind, ...committed];
    const point = multiplied(generators, secrets);
    const [pointOctets, cBar] = g1Octets([point, multiplied(generators, tildes)]) as [Uint8Array, Uint8Array];
    const challenge = commitmentChallenge(generators, pointOctets, cBar, apiId);
    const scalars = [...secrets.map((secret, i) => Fr.add(tildes[i]!, Fr.mul(secret, challenge))), challenge];
    const octets = concat(pointOctets, ...scalars.map(scalarOctets));
    return { commitment: new BlindCommitment(octets, point, scalars), blind: ProverBlind.of(blind) };
  }

  /**
   * @internal CoreCommitVerify, blind draft section 4.3.2.
   * @throws {VerificationError} the proof does not hold, or is for another number of messages
   */
  verify(generators: readonly Generator[], apiId: string): void {
    const hats = this.#scalars.slice(0, -1);
    const challenge = this.#scalars[this.#scalars.length - 1]!;
    if (hats.length !== generators.length) throw new VerificationError('commitment to another number of messages');
    const [own] = freshMultiples(this.#point);
    const cBar = sum([...generators.map(({ multiples }, i) => [multiples, hats[i]!] as const), [own!, Fr.neg(challenge)]]);
    const pointOctets = this.#octets.subarray(0, G1_LENGTH);
    if (commitmentChallenge(generators, pointOctets, g1Octets([cBar])[0]!, apiId) !== challenge) {
      throw new VerificationError('the commitment proof does not hold');
    }
  }

  /** @internal */
  get point(): G1 {
    return this.#point;
  }

  /** The number of committed scalars, M. */
  get committed(): number {
    return this.#scalars.length - 2;
  }

  /** The 112 + 32 M octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }
}

const multiplied = (generators: readonly Generator[], scalars: readonly bigint[]): G1 =>
  sum(generators.map(({ multiples }, i) => [multiples, scalars[i]!] as const));

/** calculate_blind_challenge, blind draft -02: M, Q_2, J_1, ..., J_M, C, Cbar. */
const commitmentChallenge = (generators: readonly Generator[], c: Uint8Array, cBar: Uint8Array, apiId: string): bigint =>
  hashParts(apiId, i2osp8(generators.length - 1), ...generators.map(({ octets }) => octets), c, cBar);
