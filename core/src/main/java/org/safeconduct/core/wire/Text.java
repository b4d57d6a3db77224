package org.safeconduct.core.wire;

import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.safeconduct.crypto.MalformedException;

/** What a text, a short text, an id and a language tag are (spec/register.md sections 1.3 to 1.5). */
public final class Text {
    /** Most code points of a text. */
    public static final int LONGEST = 2000;
    /** Most code points of a short text. */
    public static final int SHORT = 80;

    private static final String NON_JOINER = "\u200c";
    private static final String JOINER = "\u200d";

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");

    private Text() {}

    /** Returns the string if it is a text of at most {@code most} code points. */
    public static String check(String text, int most) throws MalformedException {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > most) {
            throw new MalformedException("A text here has 1 to " + most + " characters.");
        }
        // Two texts that look alike must not differ in bytes: such a difference would be a mark on its reader.
        OptionalInt other = text.codePoints().filter(c -> !Letters.contain(c)).findFirst();
        if (other.isPresent()) {
            throw new MalformedException("A text holds U+%04X: a control character, an invisible mark, or one that not every device knows."
                    .formatted(other.getAsInt()));
        }
        if (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length()))) {
            throw new MalformedException("A text begins or ends with white space.");
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new MalformedException("A text is not in Unicode normal form C.");
        }
        return text;
    }

    /**
     * Returns the string if it is a text without joiners: in a name a joiner shapes letters, in one value of several it
     * could be all that tells the holders of two values apart.
     */
    public static String checkUnjoined(String text, int most) throws MalformedException {
        if (text.contains(NON_JOINER) || text.contains(JOINER)) {
            throw new MalformedException("A value holds a joiner, which nobody sees.");
        }
        return check(text, most);
    }

    /**
     * Returns what is left of a text when compatibility forms and case are set aside: two texts of one skeleton look
     * nearly alike to a person. NFKC, case, NFKC again.
     */
    public static String skeleton(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Returns the string if it is an id. */
    public static String id(String text) throws MalformedException {
        return match(ID, text, "An id has 1 to 32 lowercase letters, digits and inner hyphens.");
    }

    /** Returns the string if it is a language tag. */
    public static String language(String text) throws MalformedException {
        return match(LANGUAGE, text, "A language tag looks like en or pt-BR.");
    }

    private static String match(Pattern pattern, String text, String otherwise) throws MalformedException {
        if (!pattern.matcher(text).matches()) {
            throw new MalformedException(otherwise);
        }
        return text;
    }

    /** White_Space of Unicode beyond the control characters: the same set in every language. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c);
    }
}
