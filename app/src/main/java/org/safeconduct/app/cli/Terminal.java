package org.safeconduct.app.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}, with colour only
 * where a person looks at it. Text from outside is printed through {@link #plain(String)}, so that
 * no escape sequence of a stranger's reaches the screen.
 */
public final class Terminal {
    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colour;
    private final boolean live;

    private Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean live) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.live = live;
    }

    /**
     * The terminal of this process: colour on a TTY unless {@code NO_COLOR} is set to something
     * (no-color.org) or {@code TERM} is {@code dumb}.
     */
    public static Terminal ofProcess(PrintWriter out, PrintWriter err, Map<String, String> environment) {
        boolean tty = System.console() != null && System.console().isTerminal();
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, err, tty && wanted, tty);
    }

    /** A terminal without colour and without anything that moves: pipes, files, tests. */
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false);
    }

    /** A terminal with colour, whoever looks. */
    public static Terminal coloured(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, true, false);
    }

    /** A terminal that somebody looks at, without colour. */
    static Terminal watched(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, true);
    }

    /** True if colour is wanted. */
    public boolean colour() {
        return colour;
    }

    /** True if a line may be drawn over again (a progress bar). */
    public boolean live() {
        return live;
    }

    /** One line of result. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** An empty line. */
    public void line() {
        line("");
    }

    /** One line beside the result: a warning, a hint, a sentence about what failed. */
    public void note(String text) {
        err.println(text);
        err.flush();
    }

    /** Writes to the error side without ending the line. */
    void raw(String text) {
        err.print(text);
        err.flush();
    }

    /** The same text, bold where there is colour. */
    public String strong(String text) {
        return paint("1", text);
    }

    /** The same text, quiet where there is colour. */
    public String quiet(String text) {
        return paint("2", text);
    }

    /** Green: accepted, as told. */
    public String good(String text) {
        return paint("32", text);
    }

    /** Red: refused, not as told. */
    public String bad(String text) {
        return paint("31", text);
    }

    /** Amber: cannot tell, paper, a warning. */
    public String doubtful(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + RESET : text;
    }

    /**
     * Text from outside made safe to print: control characters, line ends and marks that turn the
     * writing direction become {@code ?}; more than {@code 500} characters are cut.
     */
    public static String plain(String foreign) {
        StringBuilder safe = new StringBuilder();
        foreign.codePoints().limit(500).forEach(point -> safe.appendCodePoint(printable(point) ? point : '?'));
        return foreign.codePointCount(0, foreign.length()) > 500 ? safe + "..." : safe.toString();
    }

    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                 Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
