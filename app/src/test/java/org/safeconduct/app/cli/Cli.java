package org.safeconduct.app.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Runs commands in this process, with their output captured and the clock in the test's hand. */
public final class Cli implements InstantSource {
    /** What a command said and how it ended. */
    public record Said(int exit, String out, String err) {
        /** Both sides together. */
        public String all() {
            return out + err;
        }
    }

    private final Path home;
    private volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");

    public Cli(Path home) {
        this.home = home;
    }

    /** Moves the clock. */
    public void at(String time) {
        now = Instant.parse(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public Said run(String... arguments) {
        return type("", arguments);
    }

    /** Runs a command with something on its standard input. */
    public Said type(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter outWriter = new PrintWriter(out, true);
        PrintWriter errWriter = new PrintWriter(err, true);
        Context context = new Context(Terminal.plain(outWriter, errWriter), new BufferedReader(new StringReader(input)),
            Map.of("SAFECONDUCT_DATA", home.resolve("data").toString(), "SAFECONDUCT_WALLET", home.resolve("wallet").toString()),
            home, this, new SecureRandom());
        int exit = Main.run(context, outWriter, errWriter, arguments);
        return new Said(exit, out.toString(), err.toString());
    }
}
