package org.safeconduct.app.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.safeconduct.app.cli.CommandException;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Exit;
import org.safeconduct.app.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills nodes while people fetch passes, and proves that nobody lost anything. */
@Command(name = "crash", description = "Kill nodes while people fetch passes, and prove from outside that nobody lost anything.",
    footer = {"", "Nodes are killed at random moments, connections cut, the disk of a node filled (with prlimit of util-linux), backups",
        "taken and opened, and the register grows meanwhile. Afterwards: every client that kept asking has its pass, nobody",
        "has two, the same request gets the same bytes, and the register only ever grew. The exit code is 1 if not.", "",
        "Examples:", "  safeconduct bench crash --kills 200",
        "  safeconduct bench crash --kills 200 --nodes 2 --db postgresql://office:secret@127.0.0.1/crash"})
public final class CrashCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--kills", defaultValue = "20", paramLabel = "N", description = "How often a node is killed (${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--nodes", defaultValue = "1", paramLabel = "K", description = "Serving processes; more than one needs --db (${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = {"--db", "--store"}, paramLabel = "URL", description = "An empty PostgreSQL database (default: SQLite in a temporary folder).")
    private String database;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of the random moments (${DEFAULT-VALUE}).")
    private long seed;

    CrashCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (kills < 1 || kills > 10_000 || nodes < 1 || nodes > 16 || nodes > 1 && database == null) {
            throw CommandException.usage("Kills are 1 to 10,000 and nodes 1 to 16, more than one with --db.");
        }
        Terminal terminal = context.terminal();
        Path folder = Files.createTempDirectory("safeconduct-crash-");
        try {
            Havoc.Seen seen = new Havoc(new Havoc.Options(kills, nodes, Optional.ofNullable(database), seed, kill -> { }), terminal::note).run(folder);
            terminal.line("%d kills, %d times a full disk, %d backups opened; the register was read %d times in %d sizes".formatted(
                seen.kills(), seen.filled(), seen.backups(), seen.reads(), seen.sizes()));
            terminal.line(seen.people() + " people have their pass");
            seen.broken().forEach(broken -> terminal.line(terminal.bad(broken)));
            terminal.line(seen.broken().isEmpty() ? terminal.good("Every promise held.") : terminal.bad("A promise was broken."));
            return seen.broken().isEmpty() ? Exit.OK : Exit.REFUSED;
        } finally {
            SurgeCommand.delete(folder);
        }
    }
}
