package org.safeconduct.crypto.bbs;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;

/** A signature (A, e), 80 bytes. Immutable. Its holder keeps it secret: who sees it can link every proof made from it. */
public final class BbsSignature {
    /** Length of its octets. */
    public static final int BYTES = 80;

    final G1 a;
    final Scalar e;

    BbsSignature(G1 a, Scalar e) {
        this.a = a;
        this.e = e;
    }

    /**
     * Reads 80 bytes (draft-irtf-cfrg-bbs-signatures, section 4.2.4.3: octets_to_signature).
     *
     * @throws MalformedException unless A is a point of the subgroup other than the identity and e is in 1..r-1
     */
    public static BbsSignature parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A signature");
        return new BbsSignature(G1.parse(bytes, 0), Scalar.parse(bytes, G1.BYTES));
    }

    /** 80 bytes. */
    public byte[] toBytes() {
        return Octets.of(List.of(a), List.of(e));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BbsSignature s && MessageDigest.isEqual(toBytes(), s.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "BbsSignature[80 bytes]";
    }
}
