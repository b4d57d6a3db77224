package org.safeconduct.core.presence;

import org.safeconduct.crypto.MalformedException;

/** Crockford's base 32 of a few bytes, upper case, missing bits of the last digit 0. */
final class Crockford {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private Crockford() {}

    static String print(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            bits = bits << 8 & 0xffff | b & 0xff;
            for (held += 8; held >= 5; held -= 5) {
                text.append(DIGITS.charAt(bits >>> held - 5 & 31));
            }
        }
        return held == 0 ? text.toString() : text.append(DIGITS.charAt(bits << 5 - held & 31)).toString();
    }

    /** @throws MalformedException if this is not what {@link #print} writes for so many bytes */
    static byte[] parse(String text, int length) throws MalformedException {
        byte[] bytes = new byte[length];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            bits = bits << 5 & 0xffff | Math.max(0, DIGITS.indexOf(text.charAt(i)));
            held += 5;
            if (held >= 8 && at < length) {
                held -= 8;
                bytes[at++] = (byte) (bits >>> held);
            }
        }
        if (at != length || !print(bytes).equals(text)) {
            throw new MalformedException("This is not the base 32 of " + length + " bytes.");
        }
        return bytes;
    }
}
