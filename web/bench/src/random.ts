/** Numbers from 0 up to 1. */
export type Uniform = () => number;

/** Numbers that are the same in every run (the generator "mulberry32"); nothing secret comes from here. */
export function seeded(seed: number): Uniform {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TABLE = 4096;

/** Numbers on a Gauss curve of deviation 1, taken at random out of a table of evenly likely ones. */
export function normal(uniform: Uniform): () => number {
  return () => CURVE[Math.floor(uniform() * TABLE)]!;
}

/** By Box and Muller, once. */
const CURVE = (() => {
  const uniform = seeded(1);
  return Float32Array.from({ length: TABLE }, () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
})();
