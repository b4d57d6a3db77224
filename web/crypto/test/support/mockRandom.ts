import { expandMessage } from '../../src/bbs/api.ts';
import { utf8 } from '../../src/octets.ts';
import type { RandomBytes } from '../../src/random.ts';

/** seeded_random_scalars, core draft section 8.1, as a random source for `count` scalars and no more. */
export function mockRandom(seed: Uint8Array, dst: string, count: number): RandomBytes {
  const stream = expandMessage(seed, utf8(dst), 48 * count);
  let at = 0;
  return (length) => {
    if (at + length > stream.length) throw new Error('more randomness drawn than the draft draws');
    at += length;
    return stream.slice(at - length, at);
  };
}

/** A repeatable source for property tests: SHA-256 in counter mode under the seed, by way of expand_message. */
export function seededRandom(seed: string): RandomBytes {
  let calls = 0;
  return (length) => expandMessage(utf8(`${seed}/${calls++}`), utf8('SAFECONDUCT_TEST_RANDOM'), length);
}
