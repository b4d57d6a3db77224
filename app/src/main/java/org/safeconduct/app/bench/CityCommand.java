package org.safeconduct.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.safeconduct.app.cli.CommandException;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Exit;
import org.safeconduct.app.cli.Progress;
import org.safeconduct.app.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole day of a city on this machine: passes issued, showings checked, warnings published, files downloaded. */
@Command(name = "city", description = "A city's whole day: issuing, checking at doors, publishing warnings, downloads.",
    footer = {"", "What `bench surge` and `bench presence` measure, smaller, and between them a door that checks what was just issued.",
        "Two files are written: city.json and city.html. The exit code is 1 if a bar is missed. Five minutes.", "",
        "Examples:", "  safeconduct bench city", "  safeconduct bench city --people 20000 --warnings 1000 --json"})
public final class CityCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--people", defaultValue = "60000", paramLabel = "N", description = "People who come for their passes (${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--warnings", defaultValue = "10000", paramLabel = "N", description = "Warned venue-hours (${DEFAULT-VALUE}).")
    private int warnings;

    @Option(names = "--seconds", defaultValue = "15", paramLabel = "S", description = "How long a crowd keeps coming, if it is large enough (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--out", defaultValue = ".", paramLabel = "DIR", description = "Where city.json and city.html go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "One object of JSON a line: name, value, unit, bound, ratio.")
    private boolean json;

    CityCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (people < 400 || people > 5_000_000 || warnings < 200 || warnings > 80_000 || seconds < 1 || seconds > 3_600) {
            throw CommandException.usage("People are 400 to 5,000,000, warnings 200 to 80,000, seconds 1 to 3,600.");
        }
        Terminal terminal = context.terminal();
        Path folder = Files.createTempDirectory("safeconduct-city-");
        try (Progress progress = new Progress(terminal, "making requests", people)) {
            Path office = Files.createDirectory(folder.resolve("issuing"));
            Surge surge = new Surge(new Surge.Options(people, 1, Optional.empty(), Duration.ofSeconds(seconds), Node.JAVA), terminal::note);
            surge.run(office, context.random(), progress::at);
            List<Row> rows = new ArrayList<>(surge.rows());
            terminal.note("a door checks ...");
            rows.addAll(Doors.measure(office, office.resolve("office.db").toString(), surge.passes(), context.random()));
            rows.addAll(new WarningDay(Files.createDirectory(folder.resolve("presence")), warnings, context.random(), terminal::note).run(Duration.ofSeconds(Math.min(seconds, 4))));
            String intro = people + " people, " + warnings + " warned venue-hours, one node on SQLite, generator on the same "
                + Runtime.getRuntime().availableProcessors() + " cores, loopback.";
            SurgeCommand.save(out, "city", SurgePage.of("A city's day", intro, rows, surge.phases()), rows);
            rows.forEach(row -> terminal.line(json ? row.json() : row.met() ? row.text() : terminal.bad(row.text())));
            return rows.stream().allMatch(Row::met) ? Exit.OK : Exit.REFUSED;
        } finally {
            SurgeCommand.delete(folder);
        }
    }
}
