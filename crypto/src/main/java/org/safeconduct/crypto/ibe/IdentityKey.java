package org.safeconduct.crypto.ibe;

import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;

/**
 * Opens what was sealed for one identity, or one part of such a key; secret until it is published. Immutable.
 *
 * @see IbeSecretKey#extract
 */
public final class IdentityKey {
    /** Length of its octets. */
    public static final int BYTES = 48;

    final G1 point;

    IdentityKey(G1 point) {
        this.point = point;
    }

    /**
     * Reads 48 bytes.
     *
     * @throws MalformedException unless they are the canonical form of a point of the subgroup other than the identity
     */
    public static IdentityKey parse(byte[] bytes) throws MalformedException {
        Hashing.length(bytes, BYTES, "An identity key");
        return new IdentityKey(G1.parse(bytes, 0));
    }

    /**
     * spec/presence.md section 2.5: both parts together.
     *
     * @throws VerificationException if the two cancel out
     */
    public IdentityKey plus(IdentityKey other) throws VerificationException {
        G1 sum = point.plus(other.point);
        if (sum.isIdentity()) throw new VerificationException("Two identity keys cancel out.");
        return new IdentityKey(sum);
    }

    /** 48 bytes. */
    public byte[] toBytes() {
        return point.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityKey k && point.equals(k.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "IdentityKey[secret]";
    }
}
