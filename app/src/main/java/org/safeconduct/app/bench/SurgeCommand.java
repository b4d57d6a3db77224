package org.safeconduct.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.safeconduct.app.cli.CommandException;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Exit;
import org.safeconduct.app.cli.Progress;
import org.safeconduct.app.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A city comes for its passes, and every part that it keeps busy is measured. */
@Command(name = "surge", description = "A city comes for its passes: how many people a second, and where the time goes.",
    footer = {"", "Real requests over loopback to real serving processes, the generator on the same cores. The crowd is served as fast",
        "as it can be, then comes at four fifths of that, then ten times as fast as it can be served, then as fast as it can be",
        "once more, because a machine's speed changes, then each for a week.",
        "Two files are written: surge.json and surge.html. The exit code is 1 if a bar is missed.", "",
        "Examples:", "  safeconduct bench surge", "  safeconduct bench surge --people 320000 --seconds 60",
        "  safeconduct bench surge --db postgresql://office:secret@127.0.0.1/surge --nodes 2"})
public final class SurgeCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--people", defaultValue = "40000", paramLabel = "N", description = "All that come, in all phases (${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--nodes", defaultValue = "1", paramLabel = "K", description = "Serving processes; more than one needs --db (${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = {"--db", "--store"}, paramLabel = "URL", description = "An empty PostgreSQL database: postgresql://USER:PASSWORD@HOST/DATABASE (default: SQLite in a temporary folder).")
    private String database;

    @Option(names = "--seconds", defaultValue = "20", paramLabel = "S", description = "How long a crowd keeps coming, if it is large enough (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--out", defaultValue = ".", paramLabel = "DIR", description = "Where surge.json and surge.html go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--java", paramLabel = "OPTION", description = "An option for the nodes' Java; may be repeated (default: those of `safeconduct serve`).")
    private List<String> java;

    @Option(names = "--json", description = "One object of JSON a line: name, value, unit, bound, ratio.")
    private boolean json;

    SurgeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (people < 400 || people > 5_000_000 || nodes < 1 || nodes > 64 || seconds < 1 || seconds > 3_600 || nodes > 1 && database == null) {
            throw CommandException.usage("People are 400 to 5,000,000, nodes 1 to 64 (more than one with --db), seconds 1 to 3,600.");
        }
        Terminal terminal = context.terminal();
        Path folder = Files.createTempDirectory("safeconduct-surge-");
        try (Progress progress = new Progress(terminal, "making requests", people)) {
            Surge surge = new Surge(new Surge.Options(people, nodes, Optional.ofNullable(database), Duration.ofSeconds(seconds), java == null ? Node.JAVA : java), terminal::note);
            surge.run(folder, context.random(), progress::at);
            String intro = people + " people, " + nodes + (nodes == 1 ? " node" : " nodes") + " on " + (database == null ? "SQLite" : "PostgreSQL")
                + ", generator and database on the same " + Runtime.getRuntime().availableProcessors() + " cores, loopback.";
            save(out, "surge", SurgePage.of("A city in one hour", intro, surge.rows(), surge.phases()), surge.rows());
            surge.rows().forEach(row -> terminal.line(json ? row.json() : row.met() ? row.text() : terminal.bad(row.text())));
            surge.phases().stream().map(phase -> phase.outcome().firstError()).filter(error -> !error.isEmpty()).findFirst()
                .ifPresent(error -> terminal.note(terminal.bad("first error: " + Terminal.plain(error))));
            return surge.rows().stream().allMatch(Row::met) ? Exit.OK : Exit.REFUSED;
        } finally {
            delete(folder);
        }
    }

    /** Writes NAME.json and NAME.html. */
    static void save(Path out, String name, String page, List<Row> rows) throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve(name + ".json"), rows.stream().map(Row::json).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
        Files.writeString(out.resolve(name + ".html"), page);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
