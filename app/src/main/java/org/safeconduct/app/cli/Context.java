package org.safeconduct.app.cli;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What a command takes from the machine it runs on, and from nowhere else.
 *
 * @param terminal where it writes
 * @param input standard input
 * @param environment environment variables
 * @param home the user's home folder
 * @param clock the time
 * @param random secure randomness
 */
public record Context(Terminal terminal, BufferedReader input, Map<String, String> environment, Path home, InstantSource clock,
        SecureRandom random) {

    /** The present time in whole seconds, as lines and questions have it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
