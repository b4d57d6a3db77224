package org.safeconduct.core.pass;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.BbsScalar;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.bbs.BbsSignature;

/**
 * Signs passes of one epoch (spec/pass.md section 1).
 *
 * <p>{@link #verify} comes before the transaction that spends a person's right, {@link #issue} after it: the same request
 * always gets the same bytes, so a lost answer is asked for again. May be shared between threads.
 */
public final class Issuer {
    private static final byte[] ENTROPY_DST =
            "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_PSEUDONYM_H2S_".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int ENTROPY_BYTES = 48;

    private final Layout layout;
    private final BbsSecretKey key;

    private Issuer(Layout layout, BbsSecretKey key) {
        this.layout = layout;
        this.key = key;
    }

    /**
     * An issuer for an epoch.
     *
     * @param epoch leaf of the epoch line
     * @param key the epoch's; stays the caller's to close
     * @throws IllegalArgumentException if it is not the key of the epoch line, or there is no such line
     */
    public static Issuer of(Register register, Hash epoch, BbsSecretKey key) {
        Layout layout = Layout.of(register, epoch);
        if (!layout.key().publicKey().equals(key.publicKey())) {
            throw new IllegalArgumentException("This is not the secret key of the epoch.");
        }
        return new Issuer(layout, key);
    }

    /**
     * Verifies a request alone.
     *
     * @throws VerificationException if it is for another epoch, commits to another number of secrets, or its maker does not
     *     know them
     */
    public void verify(PassRequest request) throws VerificationException {
        if (!request.epoch().equals(layout.leaf()) || request.commitment().committedCount() != layout.scopes()) {
            throw new VerificationException("This request is not for a pass of this epoch.");
        }
        layout.bbs().verify(request.commitment());
    }

    /**
     * Signs. Equal arguments give equal bytes.
     *
     * @param row the 32-byte keyed hash of the person
     * @param values one for each attribute, each a value of it
     * @throws VerificationException as {@link #verify}
     * @throws IllegalArgumentException if the values are not values of the attributes: enrolment has refused such
     */
    public PassGrant issue(PassRequest request, Hash row, List<String> values) throws VerificationException {
        if (!layout.areValues(values)) {
            throw new IllegalArgumentException("A value is not one of its attribute.");
        }
        verify(request);
        BbsScalar entropy = entropy(request, row);
        BbsSignature signature =
                layout.bbs().blindSign(key, request.commitment(), layout.header(), Layout.messages(values), entropy);
        return new PassGrant(layout.leaf(), signature, entropy, values);
    }

    /** spec/pass.md section 1.4. */
    private BbsScalar entropy(PassRequest request, Hash row) {
        byte[] secret = key.toBytes();
        byte[] info = Bytes.join(Bytes.label("entropy"), layout.leaf().bytes(), row.bytes(), request.commitment().toBytes());
        try {
            SecretKey ikm = new SecretKeySpec(secret, "HKDF");
            HKDFParameterSpec spec = HKDFParameterSpec.ofExtract().addIKM(ikm).thenExpand(info, ENTROPY_BYTES);
            return BbsScalar.hash(KDF.getInstance("HKDF-SHA256").deriveData(spec), ENTROPY_DST);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA-256.", e);
        } finally {
            java.util.Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "Issuer[secret]";
    }
}
