package org.safeconduct.core.pass;

import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BlindCommitment;

/**
 * What a wallet sends for one pass (spec/pass.md section 1.2).
 *
 * @param epoch leaf of the epoch line
 * @param commitment to the nym secrets, with its proof
 */
public record PassRequest(Hash epoch, BlindCommitment commitment) {
    /**
     * Reads a request. Whether the commitment is to as many secrets as the scheme has scopes, and whether its proof holds,
     * is for {@link Issuer#verify}.
     *
     * @param commitment the bytes of commitment_with_proof, at most four secrets
     * @throws MalformedException if they are not a commitment, points and scalars included
     */
    public static PassRequest parse(Hash epoch, byte[] commitment) throws MalformedException {
        if (commitment.length > BlindCommitment.length(Ask.MOST_SCOPES)) {
            throw new MalformedException("A pass request commits to at most four secrets.");
        }
        return new PassRequest(epoch, BlindCommitment.parse(commitment));
    }

    /** SHA-256 of the commitment: what the office remembers, so that equal requests get equal bytes. */
    public Hash commitmentHash() {
        return Hash.sha256(commitment.toBytes());
    }
}
