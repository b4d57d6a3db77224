package org.safeconduct.core.pass;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.crypto.MalformedException;

/** The secret that paired doors share since their set-up; it vouches for stamp book exchanges. {@link #close} wipes it. */
public final class PairingSecret implements AutoCloseable {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private PairingSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** 32 fresh random bytes. */
    public static PairingSecret create(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new PairingSecret(bytes);
    }

    /** @throws MalformedException if there are not exactly 32 bytes */
    public static PairingSecret parse(byte[] bytes) throws MalformedException {
        if (bytes.length != LENGTH) {
            throw new MalformedException("A pairing secret has 32 bytes.");
        }
        return new PairingSecret(bytes.clone());
    }

    /** The 32 bytes, for the door's own storage. Wipe the array afterwards. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** HMAC-SHA-256 (RFC 2104) of the message. */
    byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PairingSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all: a hash would tell something about the secret. */
    @Override
    public int hashCode() {
        return LENGTH;
    }

    @Override
    public String toString() {
        return "PairingSecret[secret]";
    }
}
