import { bytesToHex } from '@noble/curves/utils.js';
import { type G1, hashToG1 } from '../bls/g1.ts';
import { freshMultiples, type Multiples, sum } from '../bls/msm.ts';
import { utf8 } from '../octets.ts';
import { Fr } from '../bls/scalar.ts';
import type { Pseudonym } from './pseudonym.ts';
import { API_NYM, hashToInteger } from './api.ts';

/** A context with its base point OP and its evaluation point z: public, and two milliseconds to make. */
export class NymContext {
  readonly octets: Uint8Array;
  readonly #op: Multiples;
  readonly #z: bigint;

  constructor(octets: Uint8Array) {
    this.octets = octets.slice();
    this.#op = freshMultiples(hashToG1(octets, utf8(API_NYM)))[0]!;
    this.#z = hashToInteger(octets, `${API_NYM}VECT_NYM_SECRETS`);
  }

  /** The pseudonym calculation, nym draft section 4: OP times the polynomial with these coefficients at z. */
  pseudonym(coefficients: readonly bigint[]): G1 {
    return sum([[this.#op, this.#evaluate(coefficients)]]);
  }

  /** Uv of PseudonymProofVerifyInit, nym draft section 7.3.2. */
  commitment(hats: readonly bigint[], pseudonym: Pseudonym, challenge: bigint): G1 {
    const [ofNym] = freshMultiples(pseudonym.point);
    return sum([[this.#op, this.#evaluate(hats)], [ofNym!, Fr.neg(challenge)]]);
  }

  #evaluate(coefficients: readonly bigint[]): bigint {
    return coefficients.reduceRight((value, coefficient) => Fr.add(Fr.mul(value, this.#z), coefficient), 0n);
  }
}

/** Contexts a door or a wallet meets in turn: one for every scope of a scheme, and those of the epoch before. */
const MOST_CONTEXTS = 8;

const kept = /* @__PURE__ */ new Map<string, NymContext>();

/** The context of these octets. The last few are kept: making one costs as much as a tenth of a verification. */
export function nymContext(octets: Uint8Array): NymContext {
  const key = bytesToHex(octets);
  const context = kept.get(key) ?? new NymContext(octets);
  kept.delete(key);
  kept.set(key, context);
  if (kept.size > MOST_CONTEXTS) kept.delete(kept.keys().next().value!);
  return context;
}
