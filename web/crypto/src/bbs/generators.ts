import { hexToBytes } from '@noble/curves/utils.js';
import { type G1, g1Octets, hashToG1, parseG1 } from '../bls/g1.ts';
import { keptMultiples, type Multiples } from '../bls/msm.ts';
import { concat, i2osp8, utf8 } from '../octets.ts';
import { EXPANDED_LENGTH } from '../bls/scalar.ts';
import { expandMessage, P1 } from './api.ts';

/** A fixed point with its encoding and its table. */
export interface Generator {
  readonly octets: Uint8Array;
  readonly multiples: Multiples;
}

/** The generators of one api_id made so far, in order; later calls extend the list. */
interface GeneratorList {
  readonly made: Generator[];
  seed: Uint8Array;
}

const lists = /* @__PURE__ */ new Map<string, GeneratorList>();

/**
 * create_generators, core draft section 4.1.1. Generators do not depend on how many are asked for, so every list is
 * kept and all instances share it; one peer that makes them at every call pays half its time for it.
 */
export function createGenerators(count: number, apiId: string): readonly Generator[] {
  const seedDst = utf8(`${apiId}SIG_GENERATOR_SEED_`);
  const generatorDst = utf8(`${apiId}SIG_GENERATOR_DST_`);
  let list = lists.get(apiId);
  if (list === undefined) {
    list = { made: [], seed: expandMessage(utf8(`${apiId}MESSAGE_GENERATOR_SEED`), seedDst, EXPANDED_LENGTH) };
    lists.set(apiId, list);
  }
  const fresh: G1[] = [];
  for (let i = list.made.length + 1; i <= count; i++) {
    list.seed = expandMessage(concat(list.seed, i2osp8(i)), seedDst, EXPANDED_LENGTH);
    fresh.push(hashToG1(list.seed, generatorDst));
  }
  list.made.push(...asGenerators(fresh));
  return list.made.slice(0, count);
}

function asGenerators(points: readonly G1[]): Generator[] {
  const octets = g1Octets(points);
  return keptMultiples(points).map((multiples, i) => ({ octets: octets[i]!, multiples }));
}

let p1: Generator | undefined;

/** P1 with its table, made on first use and kept. */
export const basePoint = (): Generator => (p1 ??= asGenerators([parseG1(hexToBytes(P1))])[0]!);
