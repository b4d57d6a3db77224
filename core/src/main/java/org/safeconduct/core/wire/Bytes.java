package org.safeconduct.core.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Byte strings as the specification writes them: joining, I2OSP and labels. */
public final class Bytes {
    private Bytes() {}

    /** Returns all parts one after the other ({@code ‖} in the specification). */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /**
     * I2OSP of RFC 8017: the number, big-endian, in exactly {@code length} bytes.
     *
     * @param number not negative and below 256^length
     * @param length 1 to 8
     * @throws IllegalArgumentException if the number does not fit
     */
    public static byte[] i2osp(long number, int length) {
        if (length < 1 || length > 8 || number < 0 || length < 8 && number >>> (8 * length) != 0) {
            throw new IllegalArgumentException("The number does not fit into " + length + " bytes.");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number >>> (8 * (length - 1 - i)));
        }
        return bytes;
    }

    /**
     * label(name): keeps hashes and signatures of different uses apart (spec/register.md, notation).
     *
     * @param name the ASCII name of the use, for example {@code question}
     */
    public static byte[] label(String name) {
        return ("safeconduct/1/" + name + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
