package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OfficeClock;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.core.register.Register;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An office: who issues. */
@Command(name = "office", description = "Set up an office, or see the words that name it.",
    footer = {"", "Example:", "  safeconduct office init --origin example.org/passes --name en='Town of Example' --contact passes@example.org"})
final class OfficeCommand {

    private final Context context;

    OfficeCommand(Context context) {
        this.context = context;
    }

    @Command(name = "init", description = "Set up a new office: its keys, its store, and line 0 of its register.",
        footer = {"", "The operator's key opens everything the store holds. Keep a copy of operator.key away from the store.", "", "Examples:",
            "  safeconduct office init --origin example.org/passes --name en='Town of Example' --contact passes@example.org",
            "  safeconduct office init --data /srv/office --origin example.org/passes \\",
            "      --name de='Stadt Beispiel' --name en='Town of Example' --contact '+49 30 123'"})
    int init(@Mixin DataOption data,
             @Option(names = "--origin", required = true, paramLabel = "NAME", description = "The name in every checkpoint: a host and a path, as example.org/passes.") String origin,
             @Option(names = "--name", required = true, paramLabel = "LANG=TEXT", description = "The office's name in a language; the first language is the office's own.") Map<String, String> names,
             @Option(names = "--contact", required = true, paramLabel = "TEXT", description = "How a person reaches the office.") String contact)
            throws IOException {
        OfficeClock.check(context.now());
        Path folder = data.folder(context).toAbsolutePath();
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw CommandException.usage(Terminal.plain(folder.toString()) + " is not empty. Choose another folder with --data.");
        }
        Path beside = beside(folder);
        try {
            Register register = make(data, beside, names, contact, origin);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Terminal terminal = context.terminal();
            terminal.line(terminal.good("An office is set up in ") + Terminal.plain(folder.toString()));
            terminal.line("  office words   " + register.officeWords() + terminal.quiet("  (print them on letters and walls)"));
            terminal.line("  root words     " + register.words());
            terminal.note("");
            terminal.note("Next: `scheme publish FILE`. Keep a copy of " + Terminal.plain(data.keyFile(folder).toString()) + " away from here.");
            return Exit.OK;
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw CommandException.usage(Terminal.plain(folder.toString()) + " was filled meanwhile. Choose another folder with --data.");
        } finally {
            delete(beside);
        }
    }

    /** An empty folder in the same place, to be given its name when everything is in it. */
    private static Path beside(Path folder) throws IOException {
        try {
            SafeFiles.folder(folder.getParent());
            return Files.createTempDirectory(folder.getParent(), ".office-");
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? "" : ": " + e.getReason().toLowerCase(Locale.ROOT);
            throw CommandException.cannot("No folder can be made in " + Terminal.plain(folder.getParent().toString()) + reason + ". Choose another place with --data.", e);
        }
    }

    private Register make(DataOption data, Path beside, Map<String, String> names, String contact, String origin) throws IOException {
        OperatorKey operator = context.environment().containsKey(OperatorKey.VARIABLE)
            ? OperatorKey.find(context.environment(), beside) : OperatorKey.create(data.keyFile(beside), context.random());
        try (Store store = Store.open(data.storeAddress(context, beside), true)) {
            return Desk.init(store, operator, context.clock(), context.random(), names, new ArrayList<>(names.keySet()), contact, origin).register();
        }
    }

    @Command(name = "show", description = "The office's words and the state of its register.",
        footer = {"", "Example:", "  safeconduct office show"})
    int show(@Mixin DataOption data) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            RegisterReport.print(context, office.desk().register(), context.now());
            return Exit.OK;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
