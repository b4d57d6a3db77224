package org.safeconduct.crypto.bbs;

/**
 * What committing yields.
 *
 * @param commitment goes to the signer
 * @param blind      stays with the holder; needed to verify the signature and for every proof
 */
public record Committed(BlindCommitment commitment, ProverBlind blind) {}
