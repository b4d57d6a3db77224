import { type G1, G1_LENGTH, parseG1 } from '../bls/g1.ts';
import { MalformedError } from '../errors.ts';
import { concat } from '../octets.ts';
import { parseScalar, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';
import { MOST } from './checks.ts';

const POINTS_LENGTH = 3 * G1_LENGTH;
/** Scalars of a proof beside one for every hidden message: e^, r1^, r3^ and the challenge. */
const FIXED_SCALARS = 4;

/** A proof of knowledge of a signature. Two proofs from one signature have nothing in common. */
export class BbsProof {
  /** Octets of a proof that hides nothing; every hidden scalar adds 32. */
  static readonly FLOOR = POINTS_LENGTH + FIXED_SCALARS * SCALAR_LENGTH;

  readonly #octets: Uint8Array;
  readonly #points: readonly G1[];
  readonly #scalars: readonly bigint[];

  private constructor(octets: Uint8Array, points: readonly G1[], scalars: readonly bigint[]) {
    this.#octets = octets;
    this.#points = points;
    this.#scalars = scalars;
  }

  /** Octets of a proof with this many hidden scalars: messages, and for the blind forms the blind and the secrets. */
  static lengthFor(hidden: number): number {
    return BbsProof.FLOOR + hidden * SCALAR_LENGTH;
  }

  /**
   * octets_to_proof, core draft section 4.2.4.5.
   * @throws {MalformedError} a length that is not 272 + 32 U, a point not in G1 or the identity, a scalar not from 1 to r - 1
   */
  static parse(octets: Uint8Array): BbsProof {
    const hidden = (octets.length - BbsProof.FLOOR) / SCALAR_LENGTH;
    if (!Number.isInteger(hidden) || hidden < 0 || hidden > MOST) {
      throw new MalformedError(`a proof does not have ${octets.length} bytes`);
    }
    // Scalars first: they cost nothing to refuse, a point a millisecond.
    const scalars = Array.from({ length: FIXED_SCALARS + hidden }, (_, i) => {
      const at = POINTS_LENGTH + i * SCALAR_LENGTH;
      return parseScalar(octets.subarray(at, at + SCALAR_LENGTH));
    });
    const points = [0, 1, 2].map((i) => parseG1(octets.subarray(i * G1_LENGTH, (i + 1) * G1_LENGTH)));
    return new BbsProof(octets.slice(), points, scalars);
  }

  /** @internal proof_to_octets, core draft section 4.2.4.4: points encoded already, scalars in the order of the draft. */
  static of(points: readonly G1[], pointOctets: readonly Uint8Array[], scalars: readonly bigint[]): BbsProof {
    return new BbsProof(concat(...pointOctets, ...scalars.map(scalarOctets)), points, scalars);
  }

  /** @internal */
  get parts() {
    const [abar, bbar, d] = this.#points as [G1, G1, G1];
    const [eHat, r1Hat, r3Hat] = this.#scalars as [bigint, bigint, bigint];
    return {
      abar, bbar, d, eHat, r1Hat, r3Hat,
      hidden: this.#scalars.slice(3, -1),
      challenge: this.#scalars[this.#scalars.length - 1]!,
      pointOctets: this.#octets.subarray(0, POINTS_LENGTH),
    };
  }

  /** The number of hidden scalars, U. */
  get hidden(): number {
    return this.#scalars.length - FIXED_SCALARS;
  }

  /** The 272 + 32 U octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }
}
