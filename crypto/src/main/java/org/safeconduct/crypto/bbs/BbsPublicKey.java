package org.safeconduct.crypto.bbs;

import java.util.Arrays;
import java.util.HexFormat;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G2;

/** A signer's public key, a point of G2. Immutable. */
public final class BbsPublicKey {
    /** Length of its octets. */
    public static final int BYTES = 96;

    final G2 point;
    private final byte[] encoded;

    BbsPublicKey(G2 point) {
        this.point = point;
        this.encoded = point.toBytes();
    }

    /**
     * Reads 96 bytes (draft-irtf-cfrg-bbs-signatures, section 4.2.4.6: octets_to_pubkey).
     *
     * @throws MalformedException unless they are the canonical form of a point of the subgroup other than the identity
     */
    public static BbsPublicKey parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A public key");
        return new BbsPublicKey(G2.parse(bytes, 0));
    }

    byte[] encoded() {
        return encoded;
    }

    /** 96 bytes. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BbsPublicKey k && Arrays.equals(encoded, k.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "BbsPublicKey[" + HexFormat.of().formatHex(encoded, 0, 8) + "..]";
    }
}
