package org.safeconduct.core.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;

/** A SHA-256 value: 32 public bytes that compare, print as hex and serve as map keys. Ordered as unsigned bytes. */
public final class Hash implements Comparable<Hash> {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** SHA-256 of the parts one after the other. */
    public static Hash sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return new Hash(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** @throws MalformedException if there are not exactly 32 bytes */
    public static Hash parse(byte[] bytes) throws MalformedException {
        if (bytes.length != LENGTH) {
            throw new MalformedException("A hash has 32 bytes.");
        }
        return new Hash(bytes.clone());
    }

    /** @throws MalformedException if the text is not 64 lowercase hexadecimal digits */
    public static Hash parse(String hex) throws MalformedException {
        return new Hash(Hex.parse(hex, LENGTH));
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
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
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
