package org.safeconduct.app.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.safeconduct.app.cli.Main;

/** The program on a machine whose clock is wrong. */
public final class WrongClock {
    private WrongClock() {}

    /** Runs a command. @param arguments how many seconds the clock is ahead, behind if negative; then the command */
    public static void main(String[] arguments) {
        Duration ahead = Duration.ofSeconds(Long.parseLong(arguments[0]));
        Main.main(() -> Instant.now().plus(ahead), Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
