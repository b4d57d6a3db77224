package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;

/** A commitment to secrets with its proof: 112 bytes and 32 more for each committed scalar. Immutable. */
public final class BlindCommitment {
    private static final int FLOOR = G1.BYTES + 2 * 32;

    final G1 point;
    final List<Scalar> responses; // s^, m^_1..
    final Scalar challenge;
    /**
     * The points over which the proof was found good. An office verifies before it spends a right and signs afterwards; the
     * second look costs nothing, because nothing here can change.
     */
    volatile Generators verifiedOver;

    BlindCommitment(G1 point, List<Scalar> responses, Scalar challenge) {
        this.point = point;
        this.responses = List.copyOf(responses);
        this.challenge = challenge;
    }

    /** The length of a commitment to so many scalars. */
    public static int length(int committed) {
        return FLOOR + 32 * committed;
    }

    /**
     * Reads a commitment (draft-irtf-cfrg-bbs-blind-signatures: octets_to_commitment_with_proof).
     *
     * @throws MalformedException unless it has 112 + 32 n bytes with n up to 1024, its point is in the subgroup and not the
     *     identity, and its scalars are in 1..r-1
     */
    public static BlindCommitment parse(byte[] bytes) throws MalformedException {
        int committed = (bytes.length - FLOOR) / 32;
        if (bytes.length < FLOOR || bytes.length != length(committed) || committed > Generators.MOST) {
            throw new MalformedException("A commitment does not have a possible length.");
        }
        List<Scalar> scalars = Octets.scalars(bytes, G1.BYTES, committed + 2);
        return new BlindCommitment(G1.parse(bytes, 0), scalars.subList(0, committed + 1), scalars.getLast());
    }

    /** How many scalars it commits to, the blinding one not counted. */
    public int committedCount() {
        return responses.size() - 1;
    }

    /** 112 + 32 * committedCount() bytes. */
    public byte[] toBytes() {
        List<Scalar> scalars = new ArrayList<>(responses);
        scalars.add(challenge);
        return Octets.of(List.of(point), scalars);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlindCommitment c && Arrays.equals(toBytes(), c.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "BlindCommitment[" + length(committedCount()) + " bytes]";
    }
}
