package org.safeconduct.app.cli;

/**
 * What a command's end means to the shell that called it. The same four numbers everywhere, so that
 * a gate, a timer or a script needs to know only these.
 */
public final class Exit {
    /** Done; for {@code check}: accepted. */
    public static final int OK = 0;
    /** Refused: a showing that is no valid pass here, a register or a fixture that does not verify. */
    public static final int REFUSED = 1;
    /** The command or a file given to it is not what it should be. Nothing was done. */
    public static final int USAGE = 2;
    /** Cannot tell or cannot do now: disk, network, port, clock, a register too old. Nothing was done. */
    public static final int CANNOT = 3;

    private Exit() {}
}
