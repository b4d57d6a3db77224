package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.app.wallet.RegisterFetch;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Verifies a register from its first line to its last, and says what it holds. */
@Command(name = "register", description = "Verify a register and read it.",
    footer = {"", "Example:", "  safeconduct register verify https://passes.example.org"})
final class RegisterCommand {
    private final Context context;

    RegisterCommand(Context context) {
        this.context = context;
    }

    @Command(name = "verify", description = "Verify every line, the tree, the office's signature and its daily cosignature, and print what it all says.",
        footer = {"", "Without a place it verifies the registers that the wallet's folder holds. A file is one that the wallet keeps",
            "(offices/.../register).", "", "Examples:", "  safeconduct register verify https://passes.example.org",
            "  safeconduct register verify", "  safeconduct register verify ~/.safeconduct/wallet"})
    int verify(@Mixin WalletOption wallet,
               @Parameters(arity = "0..1", paramLabel = "PLACE", description = "An office's address, a register file, or a wallet's folder.") String place)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        if (place != null && place.matches("https?://.*")) {
            report(fetch(context, OfficeClient.address(place)));
            return Exit.OK;
        }
        if (place != null && Files.isRegularFile(Path.of(place))) {
            report(read(Path.of(place)));
            return Exit.OK;
        }
        if (place != null && !Files.isDirectory(Path.of(place))) {
            throw CommandException.usage("There is no " + Terminal.plain(place) + ". Give an office's address, a register file, or a wallet's folder.");
        }
        try (WalletFolder folder = place == null ? wallet.open(context) : WalletFolder.open(Path.of(place))) {
            List<KnownOffice> offices = offices(folder);
            if (offices.isEmpty()) {
                throw CommandException.usage("No register is held here. Give an office's address.");
            }
            for (KnownOffice office : offices) {
                report(office.known());
            }
            return Exit.OK;
        }
    }

    private List<KnownOffice> offices(WalletFolder folder) throws IOException, MalformedException {
        try (Progress _ = Progress.ofSeconds(context.terminal(), "verifying the registers")) {
            return folder.offices();
        }
    }

    /** Fetches a register and verifies it, keeping nothing. */
    static KnownRegister fetch(Context context, String address) throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        try (OfficeClient client = WalletOfficeCommand.client(context, address);
             Progress _ = Progress.ofSeconds(context.terminal(), "fetching and verifying the register")) {
            return switch (RegisterFetch.fetch(client, Optional.empty(), context.now())) {
                case Acceptance.Accepted accepted -> accepted.known();
                case Acceptance.Malformed malformed -> throw CommandException.refused("This register does not verify: " + malformed.why());
                case Acceptance.Ahead ahead -> throw CommandException.refused(Wording.clocks(ahead, context.now()));
                case Acceptance.NotAnExtension _ -> throw new IllegalStateException("There was nothing to extend.");
            };
        }
    }

    private KnownRegister read(Path file) throws IOException {
        try (Progress _ = Progress.ofSeconds(context.terminal(), "verifying the register")) {
            return KnownRegister.parse(Files.readAllBytes(file));
        } catch (MalformedException e) {
            throw CommandException.refused("This register does not verify: " + e.getMessage());
        }
    }

    private void report(KnownRegister known) {
        Instant now = context.now();
        Wording.doubtClock(known, context);
        RegisterReport.print(context, known.register(), now);
        Terminal terminal = context.terminal();
        String age = Wording.age(known.age(now));
        terminal.line();
        terminal.line(terminal.good("verified: ") + Wording.count(known.register().size(), "line", "lines") + ", tree, signature, cosignature; "
            + (known.isYoung(now) ? age : terminal.doubtful(age + ", too old to say that something is missing")));
    }
}
