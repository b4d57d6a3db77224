/**
 * Identity-based encryption: whoever has a public key seals for an identity; whoever has the identity's key opens.
 *
 * <p>Boneh and Franklin's FullIdent (2001, section 4.2) over BLS12-381 with identities in G1 and keys in G2, and a key that
 * may be the sum of two, so that neither owner opens alone. Specification: spec/presence.md sections 1 and 2.
 *
 * <p>In the room of one pairing for each attempt lies the whole price; prepared forms keep the lines of its Miller loop.
 * Secrets go through constant-time calls only: master keys, the factor k, and what a pairing with them gives.
 */
package org.safeconduct.crypto.ibe;
