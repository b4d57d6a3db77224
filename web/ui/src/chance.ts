/**
 * A number from 0 up to 1, evenly likely, from the platform's generator for secrets: who saw when many requests came cannot
 * compute when the next one will, as `Math.random` would let them.
 */
export const chance = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
