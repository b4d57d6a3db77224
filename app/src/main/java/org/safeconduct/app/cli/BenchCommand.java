package org.safeconduct.app.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.safeconduct.app.bench.CityCommand;
import org.safeconduct.app.bench.CrashCommand;
import org.safeconduct.app.bench.PresenceCommand;
import org.safeconduct.app.bench.SurgeCommand;
import org.safeconduct.crypto.bench.CryptoBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this machine: each operation beside the bound that the curve library sets, in one run. */
@Command(name = "bench", description = "Measure this machine.", subcommands = {SurgeCommand.class, CrashCommand.class, CityCommand.class, PresenceCommand.class},
    footer = {"", "Examples:", "  safeconduct bench crypto", "  safeconduct bench surge", "  safeconduct bench presence", "  safeconduct bench city"})
final class BenchCommand {
    private final Context context;

    BenchCommand(Context context) {
        this.context = context;
    }

    @Command(name = "crypto", description = "Sign, prove and verify beside what the curve operations alone cost, on one core.",
        footer = {"", "A ratio is an operation's median over its bound's, taken in turns in the same run; the bar is the most it may be.", "",
            "Examples:", "  safeconduct bench crypto", "  safeconduct bench crypto --json"})
    int crypto(@Option(names = "--json", description = "One line of JSON for each operation.") boolean json,
               @Option(names = "--rounds", defaultValue = "1000", paramLabel = "N", description = "Rounds measured (${DEFAULT-VALUE}).") int rounds,
               @Option(names = "--warm-up", defaultValue = "700", paramLabel = "MS", description = "Warm-up of each operation, in milliseconds (${DEFAULT-VALUE}).") int warmUp) throws Exception {
        if (rounds < 1 || rounds > 100_000 || warmUp < 0 || warmUp > 60_000) {
            throw CommandException.usage("Rounds are 1 to 100,000, and the warm-up takes 0 to 60,000 milliseconds.");
        }
        Terminal terminal = context.terminal();
        terminal.note("measuring for about half a minute ...");
        List<CryptoBench.Row> rows = CryptoBench.run(rounds, Duration.ofMillis(warmUp));
        if (!json) {
            terminal.line(terminal.strong(String.format(Locale.ROOT, "%-44s %9s %9s %7s %7s", "operation", "µs", "bound", "ratio", "bar")));
        }
        for (CryptoBench.Row row : rows) {
            terminal.line(json ? json(row) : String.format(Locale.ROOT, "%-44s %9.1f %9.1f %s %7.2f", row.name(), row.value(), row.bound(),
                row.ratio() <= row.bar() ? terminal.good(String.format(Locale.ROOT, "%7.3f", row.ratio())) : terminal.bad(String.format(Locale.ROOT, "%7.3f", row.ratio())), row.bar()));
        }
        return Exit.OK;
    }

    /** Our narrow JSON has no fractions, so this line is put together here; names hold no quotes. */
    private static String json(CryptoBench.Row row) {
        return String.format(Locale.ROOT, "{\"bar\":%.3f,\"bound\":%.2f,\"name\":\"%s\",\"ratio\":%.4f,\"unit\":\"%s\",\"value\":%.2f}",
            row.bar(), row.bound(), row.name().replace("\"", "'"), row.ratio(), row.unit(), row.value());
    }
}
