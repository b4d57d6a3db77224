package org.safeconduct.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.register.Closed;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Epochs: the days, weeks or months for which a pass is valid. */
@Command(name = "epoch", description = "Open the coming epochs of a scheme, close those that are over, or stop one.",
    footer = {"", "Example:", "  safeconduct epoch close"})
final class EpochCommand {
    private final Context context;

    EpochCommand(Context context) {
        this.context = context;
    }

    @Command(name = "open", description = "Publish the coming epochs of a scheme, as many as wallets may fetch and two more.",
        footer = {"", "`enrol` and `serve` do this by themselves.", "", "Example:", "  safeconduct epoch open errand-pass"})
    int open(@Mixin DataOption data, @Parameters(paramLabel = "SCHEME", description = "The scheme's id.") String id) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            Placed<Scheme> scheme = SchemeCommand.find(office.desk().register(), id);
            List<Placed<Epoch>> opened = office.desk().openEpochs(id);
            opened.stream().filter(epoch -> !epoch.line().spare()).forEach(epoch -> context.terminal().line(Wording.span(epoch.line(), scheme.line())));
            if (opened.isEmpty()) {
                context.terminal().line("nothing to open");
            }
            return Exit.OK;
        }
    }

    @Command(name = "stop", description = "Stop an epoch now or later: from then on its passes are not valid, and the spare epoch takes its place.",
        footer = {"", "For a key that may be in wrong hands. Holders fetch a pass of the spare epoch; a stop of the spare too ends the",
            "passes of that time. A stop cannot be taken back, and whoever reads the register reads why.", "", "Examples:",
            "  safeconduct epoch stop errand-pass --why en='Its key may be known.' --why de='Der Schlüssel könnte bekannt sein.'",
            "  safeconduct epoch stop errand-pass --number 12 --spare \\",
            "      --why en='Its key may be known.' --why de='Der Schlüssel könnte bekannt sein.'"})
    int stop(@Mixin DataOption data,
             @Parameters(paramLabel = "SCHEME", description = "The scheme's id.") String id,
             @Option(names = "--number", paramLabel = "N", description = "Which epoch; the running one, if left out.") Integer number,
             @Option(names = "--spare", description = "Its spare, not the epoch itself.") boolean spare,
             @Option(names = "--why", required = true, paramLabel = "LANG=TEXT", description = "Why, in each of the office's languages.") Map<String, String> why,
             @Option(names = "--from", paramLabel = "TIME", description = "From when on; now, if left out.") String from) throws IOException, MalformedException {
        try (DataOption.Opened office = data.open(context)) {
            Register register = office.desk().register();
            Placed<Scheme> scheme = SchemeCommand.find(register, id);
            List<Placed<Epoch>> open = register.epochs(scheme.leaf()).stream()
                .filter(epoch -> epoch.line().spare() == spare && epoch.line().until().isAfter(context.now())).toList();
            Placed<Epoch> epoch = open.stream().filter(one -> number == null ? !one.line().from().isAfter(context.now()) : one.line().number() == number).findFirst()
                .orElseThrow(() -> CommandException.usage("There is no such epoch. Those that are not over: " + (open.isEmpty() ? "none." : String.join(", ",
                    open.stream().map(one -> one.line().number() + " (" + Wording.span(one.line(), scheme.line()) + ")").toList()) + ".")));
            SchemeCommand.stop(context, office.desk(), epoch.leaf(),
                (spare ? "The spare of epoch " : "Epoch ") + epoch.line().number() + " (" + Wording.span(epoch.line(), scheme.line()) + ")", scheme.line(), why, from);
            return Exit.OK;
        }
    }

    @Command(name = "close", description = "Close every epoch that ended a week ago or more: its count and its secret key become public.",
        footer = {"", "From then on a code of that epoch that surfaces somewhere proves nothing: anybody could have made it.",
            "An epoch that is not closed 30 days after its end is shown as overdue everywhere, and after 60 days the office's",
            "new epochs do not count any more.", "", "Example:", "  safeconduct epoch close"})
    int close(@Mixin DataOption data) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            Register register = office.desk().register();
            List<Placed<Epoch>> closable = office.desk().closable();
            try (Progress progress = new Progress(context.terminal(), "closing", closable.size())) {
                for (int i = 0; i < closable.size(); i++) {
                    Placed<Epoch> epoch = closable.get(i);
                    Scheme scheme = register.find(epoch.line().scheme(), Scheme.class).orElseThrow().line();
                    Closed closed = office.desk().close(epoch.leaf());
                    context.terminal().line("closed  %s  %s%s: %s issued, %d replaced".formatted(scheme.id(), Wording.span(epoch.line(), scheme),
                        epoch.line().spare() ? " (spare)" : "", Wording.count(closed.issued(), "pass", "passes"), closed.replaced()));
                    progress.at(i + 1);
                }
            }
            if (closable.isEmpty()) {
                context.terminal().line("nothing to close: an epoch is closed from seven days after its end on");
            }
            return Exit.OK;
        }
    }
}
