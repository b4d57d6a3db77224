package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.app.wallet.RegisterFetch;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.wire.Proquint;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The offices a wallet knows. An address comes from a person who typed it, never from an offer or a code. */
@Command(name = "office", description = "Add an office, or fetch the registers of those known.",
    footer = {"", "Examples:", "  safeconduct wallet office add https://passes.example.org", "  safeconduct wallet office update"})
final class WalletOfficeCommand {
    private final Context context;

    WalletOfficeCommand(Context context) {
        this.context = context;
    }

    @Command(name = "add", description = "Fetch an office's register, verify it, show its words, and keep it if you say so.",
        footer = {"", "Compare the words with those that the office prints on its letters and walls: this is the one moment",
            "at which somebody could hand you another office.", "", "Example:", "  safeconduct wallet office add https://passes.example.org"})
    int add(@Mixin WalletOption wallet,
            @Parameters(paramLabel = "ADDRESS", description = "https://HOST[:PORT]") String address,
            @Option(names = "--yes", description = "The words have been compared: do not ask.") boolean yes)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        String bare = OfficeClient.address(address);
        try (OfficeClient client = client(bare); WalletFolder folder = wallet.open(context)) {
            KnownRegister known = switch (RegisterFetch.fetch(client, Optional.empty(), context.now())) {
                case Acceptance.Accepted accepted -> accepted.known();
                case Acceptance.Malformed malformed -> throw CommandException.refused(
                    "The register at this address is not one that can be trusted: " + malformed.why() + " Nothing was kept.");
                case Acceptance.Ahead ahead -> throw CommandException.refused(Wording.clocks(ahead, context.now()) + " Nothing was kept.");
                case Acceptance.NotAnExtension _ -> throw new IllegalStateException("There was nothing to extend.");
            };
            KnownOffice office = new KnownOffice(bare, known);
            if (folder.office(office.leaf()).isPresent()) {
                throw CommandException.usage("This wallet knows the office already. `wallet office update` fetches its register.");
            }
            describe(office);
            if (!yes && !confirm("Are these the words that the office prints?")) {
                throw CommandException.refused("Nothing was kept.");
            }
            folder.put(office);
            context.terminal().line(context.terminal().good("kept"));
            return Exit.OK;
        }
    }

    @Command(name = "update", description = "Fetch the registers of all known offices. Each must extend the one held.",
        footer = {"", "Example:", "  safeconduct wallet office update"})
    int update(@Mixin WalletOption wallet) throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        try (WalletFolder folder = wallet.open(context)) {
            List<KnownOffice> offices = folder.offices();
            if (offices.isEmpty()) {
                throw CommandException.usage("This wallet knows no office yet. Add one with `wallet office add ADDRESS`.");
            }
            for (KnownOffice office : offices) {
                try (OfficeClient client = client(office.address())) {
                    KnownOffice newer = update(context, folder, office, client);
                    int more = newer.known().register().size() - office.known().register().size();
                    context.terminal().line("%s: %s, %s".formatted(name(newer), more == 0 ? "nothing new" : Wording.count(more, "new line", "new lines"),
                        Wording.age(newer.known().age(context.now()))));
                }
            }
            return Exit.OK;
        }
    }

    @Command(name = "list", description = "The offices this wallet knows, with their words.",
        footer = {"", "Example:", "  safeconduct wallet office list"})
    int list(@Mixin WalletOption wallet) throws IOException, MalformedException {
        try (WalletFolder folder = wallet.open(context)) {
            for (KnownOffice office : folder.offices()) {
                describe(office);
            }
            return Exit.OK;
        }
    }

    /** Fetches an office's register into the wallet; a second register is kept as evidence and never used. */
    static KnownOffice update(Context context, WalletFolder folder, KnownOffice office, OfficeClient client)
            throws IOException, InterruptedException, OfficeRefusal {
        return switch (RegisterFetch.fetch(client, Optional.of(office.known()), context.now())) {
            case Acceptance.Accepted accepted -> {
                KnownOffice newer = new KnownOffice(office.address(), accepted.known());
                folder.put(newer);
                yield newer;
            }
            case Acceptance.Malformed malformed -> throw CommandException.refused(
                "The office's register cannot be trusted just now: " + malformed.why() + " The one held stays in use.");
            case Acceptance.Ahead ahead -> throw CommandException.refused(Wording.clocks(ahead, context.now()) + " The register held stays in use.");
            case Acceptance.NotAnExtension split -> {
                Path evidence = folder.keep(office, split);
                throw CommandException.refused(("This office shows different registers: the new one (%d lines, %s) does not extend the one held (%d lines, %s). "
                    + "The one held stays in use; both signatures are kept in %s. Show them to somebody you trust.").formatted(
                    split.other().size(), Proquint.words(split.other().root()), split.held().size(), Proquint.words(split.held().root()), evidence));
            }
        };
    }

    private void describe(KnownOffice office) {
        Terminal terminal = context.terminal();
        terminal.line(terminal.strong(name(office)) + "  " + terminal.quiet(office.address()));
        terminal.line("  contact        " + Terminal.plain(office.known().register().office().contact()));
        terminal.line("  office words   " + office.known().register().officeWords());
        terminal.line("  root words     " + office.known().register().words() + terminal.quiet("  (" + office.known().register().size() + " lines)"));
        terminal.line("  register       " + Wording.age(office.known().age(context.now())));
        terminal.line("  witnesses      none");
    }

    private String name(KnownOffice office) {
        return Terminal.plain(office.name(Wording.language(context.environment())));
    }

    private OfficeClient client(String address) throws MalformedException {
        return client(context, address);
    }

    static OfficeClient client(Context context, String address) throws MalformedException {
        return new OfficeClient(address, Thread::sleep, context.random());
    }

    private boolean confirm(String question) throws IOException {
        return confirm(context, question);
    }

    /** Asks on the error side; everything but a y is a no. */
    static boolean confirm(Context context, String question) throws IOException {
        context.terminal().raw(question + " [y/N] ");
        String answer = context.input().readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }
}
