package org.safeconduct.core.wire;

import org.safeconduct.crypto.MalformedException;

/**
 * Base45 (RFC 9285), strict: the libraries tried all accept input that no encoder writes, and two texts for the same
 * bytes would be two codes for the same showing.
 */
public final class Base45 {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    private Base45() {}

    /** Returns three characters for every two bytes and two for a last single byte. */
    public static String print(byte[] bytes) {
        // RFC 9285, section 4: least significant digit first.
        StringBuilder text = new StringBuilder(bytes.length * 3 / 2 + 2);
        for (int i = 0; i < bytes.length; i += 2) {
            boolean pair = i + 1 < bytes.length;
            int value = pair ? (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff : bytes[i] & 0xff;
            for (int digits = pair ? 3 : 2; digits > 0; digits--) {
                text.append(ALPHABET.charAt(value % 45));
                value /= 45;
            }
        }
        return text.toString();
    }

    /**
     * Reads what {@link #print} writes.
     *
     * @throws MalformedException if the length is 1 mod 3, a character is not in the alphabet (lower case is not), a
     *     triple exceeds 65,535 or a last pair exceeds 255
     */
    public static byte[] parse(String text) throws MalformedException {
        if (text.length() % 3 == 1) {
            throw new MalformedException("A Base45 text has no length of 1 mod 3.");
        }
        byte[] bytes = new byte[text.length() / 3 * 2 + text.length() % 3 / 2];
        int at = 0;
        for (int i = 0; i < text.length(); i += 3) {
            boolean pair = i + 2 < text.length();
            int value = digit(text, i) + 45 * digit(text, i + 1) + (pair ? 2025 * digit(text, i + 2) : 0);
            if (value > (pair ? 0xffff : 0xff)) {
                throw new MalformedException("A Base45 group stands for no bytes.");
            }
            if (pair) {
                bytes[at++] = (byte) (value >>> 8);
            }
            bytes[at++] = (byte) value;
        }
        return bytes;
    }

    private static int digit(String text, int index) throws MalformedException {
        int digit = ALPHABET.indexOf(text.charAt(index));
        if (digit < 0) {
            throw new MalformedException("A character is not one of Base45.");
        }
        return digit;
    }
}
