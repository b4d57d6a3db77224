package org.safeconduct.crypto.bbs;

import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G2Lines;
import org.safeconduct.crypto.bls.Pairing;

/** A public key prepared for many verifications (20 kB). Immutable: keep it and share it between threads. */
public final class BbsVerifierKey {
    private final BbsPublicKey publicKey;
    private final G2Lines lines;

    private BbsVerifierKey(BbsPublicKey publicKey) {
        this.publicKey = publicKey;
        this.lines = G2Lines.of(publicKey.point);
    }

    /** Prepares a key; about as long as a tenth of a verification. */
    public static BbsVerifierKey of(BbsPublicKey publicKey) {
        return new BbsVerifierKey(publicKey);
    }

    /** The key that was prepared. */
    public BbsPublicKey publicKey() {
        return publicKey;
    }

    /** True if e(a, W) = e(b, BP2). */
    boolean pairs(G1 a, G1 b) {
        return !a.isIdentity() && !b.isIdentity() && Pairing.equal(a, lines, b, G2Lines.GENERATOR);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BbsVerifierKey k && publicKey.equals(k.publicKey);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "BbsVerifierKey[" + publicKey + "]";
    }
}
