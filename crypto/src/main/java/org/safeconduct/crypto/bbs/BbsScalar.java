package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/** A number in 1..r-1, for example the signer's share of a pseudonym secret. Immutable; does not print its value. */
public final class BbsScalar {
    /** Length of its octets. */
    public static final int BYTES = 32;

    final Scalar value;

    BbsScalar(Scalar value) {
        this.value = value;
    }

    /**
     * hash_to_scalar (draft-irtf-cfrg-bbs-signatures, section 4.2.2).
     *
     * @param dst separation tag, at most 255 bytes
     */
    public static BbsScalar hash(byte[] message, byte[] dst) {
        try (Transcript t = new Transcript()) {
            return new BbsScalar(t.add(message).scalar(dst));
        }
    }

    /** A uniform scalar. */
    public static BbsScalar random(SecureRandom random) {
        try (Vault vault = Vault.open()) {
            return new BbsScalar(vault.random(random).reveal());
        }
    }

    /**
     * Reads 32 bytes, big-endian.
     *
     * @throws MalformedException unless they are a number in 1..r-1
     */
    public static BbsScalar parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A scalar");
        return new BbsScalar(Scalar.parse(bytes, 0));
    }

    /** 32 bytes, big-endian. */
    public byte[] toBytes() {
        return value.toBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BbsScalar s && value.equals(s.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "BbsScalar[32 bytes]";
    }
}
