/** A source of `length` uniformly random bytes. Randomness is an argument everywhere in this package. */
export type RandomBytes = (length: number) => Uint8Array;

/** The platform's generator, `crypto.getRandomValues`; what everything but a vector test passes. */
export const systemRandom: RandomBytes = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));
