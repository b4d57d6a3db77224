package org.safeconduct.crypto.ibe;

import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;

/** Shows that the maker of a public key knows its secret (spec/presence.md section 2.2). Immutable, public. */
public final class PossessionProof {
    /** Length of its octets. */
    public static final int BYTES = 48;

    final G1 point;

    PossessionProof(G1 point) {
        this.point = point;
    }

    /**
     * Reads 48 bytes; {@link IbePublicKey#verify(PossessionProof)} says whether it proves anything.
     *
     * @throws MalformedException unless they are the canonical form of a point of the subgroup other than the identity
     */
    public static PossessionProof parse(byte[] bytes) throws MalformedException {
        Hashing.length(bytes, BYTES, "A proof of possession");
        return new PossessionProof(G1.parse(bytes, 0));
    }

    /** 48 bytes. */
    public byte[] toBytes() {
        return point.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PossessionProof p && point.equals(p.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "PossessionProof[48 bytes]";
    }
}
