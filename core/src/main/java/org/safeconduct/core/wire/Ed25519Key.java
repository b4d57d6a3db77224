package org.safeconduct.core.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * An Ed25519 public key by the strict rules of spec/register.md section 1.7, so that every reader in every language
 * agrees on which signatures are good: canonical, not of small order, verified without cofactor.
 */
public final class Ed25519Key {
    /** Length of a key in bytes. */
    public static final int LENGTH = Ed25519Point.LENGTH;
    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private static final BigInteger GROUP_ORDER = BigInteger.TWO.pow(252)
            .add(new BigInteger("27742317777372353535851937790883648493"));

    private final byte[] bytes;
    private final PublicKey key;

    private Ed25519Key(byte[] bytes, PublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    /** @throws MalformedException if the bytes are not 32, not canonical, not on the curve or of small order */
    public static Ed25519Key parse(byte[] bytes) throws MalformedException {
        if (bytes.length != LENGTH) {
            throw new MalformedException("An Ed25519 key has 32 bytes.");
        }
        EdECPoint point = new EdECPoint(Ed25519Point.isOdd(bytes), Ed25519Point.y(bytes));
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
            return new Ed25519Key(bytes.clone(), key);
        } catch (GeneralSecurityException e) {
            throw new MalformedException("An Ed25519 key is not a point of the curve.", e);
        }
    }

    /** @throws MalformedException if the text is not 64 lowercase digits of such a key */
    public static Ed25519Key parse(String hex) throws MalformedException {
        return parse(Hex.parse(hex, LENGTH));
    }

    /**
     * Returns only if the signature over the message is this key's.
     *
     * @throws VerificationException if it is not, or is not 64 bytes, or its R or S breaks the strict rules
     */
    public void verify(byte[] message, byte[] signature) throws VerificationException {
        // RFC 8032, section 5.1.7; the platform compares [S]B with R + [k]A without cofactor.
        try {
            requireStrict(signature);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            if (verifier.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException | MalformedException e) {
            // Why a signature is bad is nobody's business; it is bad.
        }
        throw new VerificationException("The Ed25519 signature does not verify.");
    }

    private static void requireStrict(byte[] signature) throws MalformedException {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new MalformedException("An Ed25519 signature has 64 bytes.");
        }
        Ed25519Point.y(Arrays.copyOf(signature, LENGTH));
        byte[] s = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            s[i] = signature[SIGNATURE_LENGTH - 1 - i];
        }
        if (new BigInteger(1, s).compareTo(GROUP_ORDER) >= 0) {
            throw new MalformedException("The S of an Ed25519 signature is too large.");
        }
    }

    /** Returns a copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns 64 lowercase hexadecimal digits. */
    public String hex() {
        return Hex.print(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
