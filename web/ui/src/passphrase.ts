/** The shortest passphrase that is taken, in characters. */
export const SHORTEST_PASSPHRASE = 12;
