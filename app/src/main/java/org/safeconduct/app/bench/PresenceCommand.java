package org.safeconduct.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.safeconduct.app.cli.CommandException;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Exit;
import org.safeconduct.app.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A city's day of warnings: what publishing costs the authority, what phones fetch, and how fast a node hands it out. */
@Command(name = "presence", description = "A city's day of warnings: publishing, the size of what phones fetch, and serving it.",
    footer = {"", "10,000 venue-hours in 20 regions, once ten hours of each of 1,000 venues, once one hour of each of 10,000: uploads are",
        "taken and cases confirmed as the program does, with a real store, and the processor time of the whole process counts.",
        "Then a real node serves the files over loopback to keep-alive connections, and its own processor time counts, for",
        "requests one after the other on each connection. The exit code is 1 if a bar is missed. Three minutes.", "",
        "Examples:", "  safeconduct bench presence", "  safeconduct bench presence --json", "  safeconduct bench presence --warnings 1000"})
public final class PresenceCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--warnings", defaultValue = "10000", paramLabel = "N", description = "Warned venue-hours a day (${DEFAULT-VALUE}).")
    private int warnings;

    @Option(names = "--seconds", defaultValue = "4", paramLabel = "S", description = "How long each file is asked for (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "One object of JSON a line: name, value, unit, bound, ratio.")
    private boolean json;

    PresenceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (warnings < 200 || warnings > 80_000 || seconds < 1 || seconds > 60) {
            throw CommandException.usage("Warnings are 200 to 80,000, and seconds 1 to 60.");
        }
        Terminal terminal = context.terminal();
        Path folder = Files.createTempDirectory("safeconduct-presence-");
        try {
            List<Row> rows = new WarningDay(folder, warnings, context.random(), terminal::note).run(Duration.ofSeconds(seconds));
            rows.forEach(row -> terminal.line(json ? row.json() : row.met() ? row.text() : terminal.bad(row.text())));
            return rows.stream().allMatch(Row::met) ? Exit.OK : Exit.REFUSED;
        } finally {
            SurgeCommand.delete(folder);
        }
    }
}
