package org.safeconduct.core.presence;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** Lets one venue upload once for one case: 16 secret bytes, 26 digits of base 32 (spec/presence.md section 5.1). */
public final class UploadToken {
    private static final int BYTES = 16;

    private final byte[] bytes;

    private UploadToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new token. */
    public static UploadToken random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new UploadToken(bytes);
    }

    /** @throws MalformedException if these are not 26 digits of Crockford's base 32, upper case, the last two bits 0 */
    public static UploadToken parse(String text) throws MalformedException {
        return new UploadToken(Crockford.parse(text, BYTES));
    }

    /** Returns what the authority stores: SHA-256(label(upload) ‖ token). */
    public Hash hash() {
        return Hash.sha256(Bytes.label("upload"), bytes);
    }

    /** Returns the 26 digits. Whoever reads them may upload. */
    public String text() {
        return Crockford.print(bytes);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UploadToken that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return "UploadToken[secret]";
    }
}
