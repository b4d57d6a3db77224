package org.safeconduct.app.cli;

/**
 * Ends a command with a sentence for the person who typed it: what is wrong and what to do.
 * Never shown with a stack trace.
 */
public final class CommandException extends RuntimeException {
    private final int exit;

    private CommandException(int exit, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exit = exit;
    }

    /** Bad input: {@link Exit#USAGE}. */
    public static CommandException usage(String sentence) {
        return new CommandException(Exit.USAGE, sentence, null);
    }

    /** The machine, the network or the clock stands in the way: {@link Exit#CANNOT}. */
    public static CommandException cannot(String sentence) {
        return new CommandException(Exit.CANNOT, sentence, null);
    }

    /** As {@link #cannot(String)}, keeping the cause for {@code --details}. */
    public static CommandException cannot(String sentence, Throwable cause) {
        return new CommandException(Exit.CANNOT, sentence, cause);
    }

    /** Something was checked and does not hold: {@link Exit#REFUSED}. */
    public static CommandException refused(String sentence) {
        return new CommandException(Exit.REFUSED, sentence, null);
    }

    /** The number for the shell, one of {@link Exit}. */
    public int exit() {
        return exit;
    }
}
