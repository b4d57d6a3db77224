package org.safeconduct.core.wire;

import java.util.Optional;
import java.util.stream.Stream;
import org.safeconduct.crypto.MalformedException;

/** The kinds of text that stand in a QR code: a prefix, then Base45 (spec/pass.md section 2.2). None is a URL. */
public enum Code {
    /** A question (spec/pass.md section 3). */
    QUESTION("SCQ1:"),
    /** A showing (spec/pass.md section 4). */
    SHOWING("SCS1:"),
    /** An offer of a pass (spec/http.md section 2). */
    OFFER("SCO1:"),
    /** The set-up of a door, sometimes a secret (spec/pass.md section 7). */
    DOOR("SCD1:"),
    /** An exchange of stamps between paired doors (spec/pass.md section 6). */
    STAMP_BOOK("SCB1:"),
    /** A venue code (spec/presence.md section 3.1). */
    VENUE("SCV1:"),
    /** A tracing sheet, a secret (spec/presence.md section 3.4). */
    TRACING_SHEET("SCT1:");

    /** Longest text read, line ends included: the longest CBOR in Base45, the prefix, and a few CR and LF. */
    public static final int LONGEST = Cbor.LONGEST / 2 * 3 + 5 + 16;

    private final String prefix;

    Code(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the five characters with which a text of this kind begins. */
    public String prefix() {
        return prefix;
    }

    /**
     * Returns the text of the bytes.
     *
     * @param bytes at most 4,096
     */
    public String print(byte[] bytes) {
        if (bytes.length > Cbor.LONGEST) {
            throw new IllegalArgumentException("A code holds at most " + Cbor.LONGEST + " bytes.");
        }
        return prefix + Base45.print(bytes);
    }

    /**
     * Returns the bytes of a text of this kind. CR and LF at the ends are dropped and nothing else is: a space is a
     * Base45 character.
     *
     * @throws MalformedException if the text is of another kind, too long or not Base45
     */
    public byte[] parse(String text) throws MalformedException {
        String stripped = strip(text);
        if (!stripped.startsWith(prefix)) {
            throw new MalformedException("This code is of another kind.");
        }
        byte[] bytes = Base45.parse(stripped.substring(prefix.length()));
        if (bytes.length > Cbor.LONGEST) {
            throw new MalformedException("This code is too long.");
        }
        return bytes;
    }

    /** Returns the kind the text claims to be by its prefix, if it is one of ours. */
    public static Optional<Code> kindOf(String text) {
        try {
            String stripped = strip(text);
            return Stream.of(values()).filter(code -> stripped.startsWith(code.prefix)).findFirst();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static String strip(String text) throws MalformedException {
        if (text.length() > LONGEST) {
            throw new MalformedException("This code is too long.");
        }
        int from = 0;
        int to = text.length();
        while (from < to && isLineEnd(text.charAt(from))) {
            from++;
        }
        while (to > from && isLineEnd(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isLineEnd(char c) {
        return c == '\r' || c == '\n';
    }
}
