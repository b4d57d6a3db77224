package org.safeconduct.crypto.bbs;

import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;

/** What a holder is called in one context: equal for equal secrets and context, otherwise unlinkable. Immutable. */
public final class Pseudonym {
    /** Length of its octets. */
    public static final int BYTES = G1.BYTES;

    final G1 point;
    private final byte[] encoded;

    Pseudonym(G1 point) {
        this.point = point;
        this.encoded = point.toBytes();
    }

    /**
     * Reads 48 bytes.
     *
     * @throws MalformedException unless they are the canonical form of a point of the subgroup other than the identity
     */
    public static Pseudonym parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A pseudonym");
        return new Pseudonym(G1.parse(bytes, 0));
    }

    byte[] encoded() {
        return encoded;
    }

    /** 48 bytes. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pseudonym p && Arrays.equals(encoded, p.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "Pseudonym[48 bytes]";
    }
}
