package org.safeconduct.app.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What reaches the terminal of what the program logs: its own warnings, a sentence each. What libraries
 * say is not for the person at the terminal; {@code java.util.logging.config.file} brings it back.
 */
final class Quiet {
    private static final Logger ROOT = Logger.getLogger("");
    /** Kept, because a logger that nobody holds forgets its level. */
    private static final Logger OWN = Logger.getLogger("org.safeconduct");

    private Quiet() {}

    static void logs() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.setLevel(Level.OFF);
        OWN.setLevel(Level.WARNING);
        ConsoleHandler sentences = new ConsoleHandler();
        sentences.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord entry) {
                return formatMessage(entry) + System.lineSeparator();
            }
        });
        OWN.addHandler(sentences);
    }
}
