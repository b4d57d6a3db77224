package org.safeconduct.core.wire;

import java.util.StringJoiner;

/** Words for a hash that read the same in every language (spec/register.md section 3). */
public final class Proquint {
    private static final String CONSONANTS = "bdfghjklmnprstvz";
    private static final String VOWELS = "aiou";
    private static final int WORDS = 8;

    private Proquint() {}

    /** Returns eight words for the first 16 bytes: enough to compare aloud, 128 bits. */
    public static String words(Hash hash) {
        byte[] bytes = hash.bytes();
        StringJoiner words = new StringJoiner("-");
        for (int i = 0; i < 2 * WORDS; i += 2) {
            words.add(word((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        return words.toString();
    }

    private static String word(int bits) {
        return "" + CONSONANTS.charAt(bits >>> 12) + VOWELS.charAt(bits >>> 10 & 3) + CONSONANTS.charAt(bits >>> 6 & 15)
                + VOWELS.charAt(bits >>> 4 & 3) + CONSONANTS.charAt(bits & 15);
    }
}
