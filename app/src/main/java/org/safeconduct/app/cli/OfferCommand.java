package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.core.pass.Offer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Offers: the one-time codes by which persons get their passes. */
@Command(name = "offer", description = "Replace a person's offer that was lost.",
    footer = {"", "Example:", "  safeconduct offer replace --scheme errand-pass --person 'M. Rossi' --out rossi.txt"})
final class OfferCommand {
    private final Context context;

    OfferCommand(Context context) {
        this.context = context;
    }

    @Command(name = "replace", description = "Make a new offer for a person who is enrolled. The last one is void from now on.",
        footer = {"", "If the last offer was redeemed, the scheme must allow replacement; each is counted in public, and the old wallet gets",
            "no further pass once the new offer is redeemed. Otherwise the holder restores the wallet from a backup.", "", "Examples:",
            "  safeconduct offer replace --scheme errand-pass --person 'M. Rossi' --out rossi.txt",
            "  safeconduct offer replace --scheme errand-pass --person 4711 --tx 482913"})
    int replace(@Mixin DataOption data,
                @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.") String id,
                @Option(names = "--person", required = true, paramLabel = "REF", description = "The person, as in the table of `enrol`.") String person,
                @Option(names = "--tx", paramLabel = "DIGITS", description = "Six digits that the holder gets another way and must give too.") String tx,
                @Option(names = "--out", paramLabel = "FILE", description = "Where the offer goes; a new file. It is printed, if left out.") Path out)
            throws IOException {
        if (out != null && Files.exists(out)) {
            throw CommandException.usage("There is something at " + Terminal.plain(out.toString()) + " already. Choose another file.");
        }
        if (out != null) {
            SafeFiles.folder(out.toAbsolutePath().getParent());
        }
        try (DataOption.Opened office = data.open(context)) {
            SchemeCommand.find(office.desk().register(), id);
            Offer offer = office.desk().enrolment().replaceOffer(id, person, Optional.ofNullable(tx));
            Terminal terminal = context.terminal();
            if (out == null) {
                terminal.line(offer.text());
            } else {
                SafeFiles.write(out, (offer.text() + "\n").getBytes(StandardCharsets.US_ASCII));
                terminal.line(terminal.good("replaced") + ", the offer is in " + Terminal.plain(out.toString()));
            }
            terminal.note(terminal.doubtful("Whoever redeems this offer first has it: ") + "hand it over as you would hand over cash, and keep no copy.");
            return Exit.OK;
        }
    }
}
