package org.safeconduct.app.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.safeconduct.app.cli.Context;
import org.safeconduct.app.cli.Exit;
import org.safeconduct.app.cli.Stopping;
import org.safeconduct.app.cli.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole story, with a real office on loopback, real passes and real doors; only its clock is the story's own. */
@Command(name = "demo", description = "The whole story in twenty seconds: a real office, passes and doors, and what goes wrong.",
    footer = {"", "Everything lives in a temporary folder that is removed at the end. Without --once the office stays up until it",
        "is stopped, on the real clock, with all that is needed to get, show and check a pass: in two windows of a browser, or",
        "with the other commands.", "",
        "Examples:", "  safeconduct demo", "  safeconduct demo --once"})
public final class DemoCommand implements Callable<Integer> {
    /** The story begins so long ago that it ends before now, so that no door's clock is ever behind. */
    private static final Duration AGO = Duration.ofDays(11);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Context context;

    @Option(names = "--once", description = "End after the story; the exit code is 0 only if every step came out as told.")
    private boolean once;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        long begun = System.nanoTime();
        Path folder = Files.createTempDirectory("safeconduct-demo-");
        // The folder is removed by this thread, so the end of the process waits for it.
        try (Stopping stopping = new Stopping(); Closeable _ = () -> delete(folder)) {
            Instant morning = context.now().minus(AGO).atZone(ZONE).with(LocalTime.of(10, 0)).toInstant();
            DemoClock clock = new DemoClock(morning);
            Path office = folder.resolve("office");
            DemoTown.found(office, clock, context.random());
            copy(office, folder.resolve("twin"));
            Telling telling = new Telling(context.terminal());
            try (DemoTown town = DemoTown.open(office, clock, context.random());
                 DemoTown twin = DemoTown.open(folder.resolve("twin"), clock, context.random())) {
                Scene scene = new Scene(town, clock, folder);
                story(scene, telling, twin);
                end(telling, Duration.ofNanos(System.nanoTime() - begun));
                if (!once && telling.wrong() == 0) {
                    new StayingUp(context, scene).until(stopping);
                }
            }
            return telling.wrong() == 0 ? Exit.OK : Exit.REFUSED;
        }
    }

    private static void story(Scene scene, Telling telling, DemoTown twin) throws Exception {
        telling.terminal().line(telling.terminal().quiet("A real office answers at " + scene.town.address() + ". Nothing below is played: every verdict is computed."));
        Ledger ledger = new Ledger(scene, telling);
        Attacks attacks = new Attacks(scene, telling);
        new Day(scene, telling).tell();
        ledger.door();
        attacks.atDoors();
        new Forgeries(scene, telling, twin).tell();
        attacks.afterwards();
        new Visits(scene, telling).tell();
        ledger.office();
    }

    private void end(Telling telling, Duration took) {
        Terminal terminal = context.terminal();
        terminal.line();
        String time = String.format(Locale.ROOT, "%.1f seconds", took.toMillis() / 1000.0);
        terminal.line(telling.wrong() == 0 ? terminal.good("All " + telling.steps() + " steps came out as told, in " + time + ".")
            : terminal.bad(telling.wrong() + " of " + telling.steps() + " steps did not come out as told."));
        terminal.line(terminal.quiet("What remains is said in README.md: paper, lent phones, a relay by an accomplice, witnesses: none."));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
