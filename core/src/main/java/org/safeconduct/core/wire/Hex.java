package org.safeconduct.core.wire;

import java.util.HexFormat;
import org.safeconduct.crypto.MalformedException;

/** Lowercase hexadecimal; upper case is not another way to write it. */
public final class Hex {
    private Hex() {}

    /** Returns two lowercase digits for each byte. */
    public static String print(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Reads exactly {@code length} bytes.
     *
     * @throws MalformedException if the text is not 2·length lowercase digits
     */
    public static byte[] parse(String text, int length) throws MalformedException {
        if (text.length() != 2 * length || !areDigits(text)) {
            throw new MalformedException("This is not the lowercase hexadecimal of " + length + " bytes.");
        }
        return HexFormat.of().parseHex(text);
    }

    private static boolean areDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
