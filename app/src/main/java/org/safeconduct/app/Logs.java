package org.safeconduct.app;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the parts we stand on may log: faults of their own, and nothing about connections. Logs count; they do not
 * identify.
 */
public final class Logs {
    /** Held here, because the platform forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIET = List.of(quiet("io.helidon", Level.OFF), quiet("com.zaxxer.hikari", Level.SEVERE),
            quiet("org.flywaydb", Level.SEVERE), quiet("org.postgresql", Level.OFF));

    private Logs() {}

    private static Logger quiet(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    /** Makes it so; returns how many parts are quiet. */
    public static int quiet() {
        return QUIET.size();
    }
}
