package org.safeconduct.app.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Scheme;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Enrols everybody in a table, all or nothing. */
@Command(name = "enrol", description = "Enrol everybody in a table, all or nothing, and write their one-time offers for printing or mailing.",
    footer = {"", "The table has a first row that names its columns: `person` (whatever tells two persons apart: a case or payroll",
        "number; only a keyed hash is kept), one for each attribute of the scheme, and `tx_code` if some need a second",
        "code. Bad rows are named by their line, and then nobody is enrolled. Whoever redeems an offer first has it:",
        "keep the offers as you would keep cash, and delete the file when they are sent.",
        "A run that was killed is given again as it was: it begins anew, or names the file if all were enrolled already.", "",
        "Example:", "  safeconduct enrol --scheme errand-pass people.csv --offers offers.csv"})
final class EnrolCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private DataOption data;

    @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.")
    private String id;

    @Option(names = "--offers", paramLabel = "FILE", description = "Where the offers go; a new file (default: TABLE-offers.csv beside it).")
    private Path offers;

    @Parameters(paramLabel = "TABLE", description = "The people, as CSV in UTF-8.")
    private Path table;

    EnrolCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Path out = offers != null ? offers : table.resolveSibling(table.getFileName().toString().replaceFirst("\\.[^.]*$", "") + "-offers.csv");
        long rows = rows();
        try (DataOption.Opened office = data.open(context)) {
            Placed<Scheme> scheme = SchemeCommand.find(office.desk().register(), id);
            OptionalLong before = office.desk().enrolment().finish(out);
            if (before.isPresent()) {
                context.terminal().line(context.terminal().good("An earlier run had enrolled " + Wording.count(before.getAsLong(), "person", "people")) + "; nobody else was enrolled now");
                context.terminal().line("  offers   " + Terminal.plain(out.toString()));
                return Exit.OK;
            }
            long enrolled;
            try (Reader reader = Files.newBufferedReader(table, StandardCharsets.UTF_8);
                 Progress progress = new Progress(context.terminal(), "enrolling", rows)) {
                enrolled = office.desk().enrolment().enrol(id, reader, out, progress::at);
            }
            Terminal terminal = context.terminal();
            terminal.line(terminal.good(Wording.count(enrolled, "person", "people") + " enrolled") + " in "
                + Wording.text(scheme.line().names(), office.desk().register().office(), context));
            terminal.line("  offers   " + Terminal.plain(out.toString()));
            List<Placed<Epoch>> opened = office.desk().openEpochs(id);
            opened.stream().filter(epoch -> !epoch.line().spare()).findFirst()
                .ifPresent(first -> terminal.line("  first    " + Wording.span(first.line(), scheme.line())));
            return Exit.OK;
        }
    }

    /** How many rows there are, near enough for a progress bar. */
    private long rows() throws IOException {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            return Math.max(1, lines.count() - 1);
        }
    }
}
