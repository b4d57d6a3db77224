package org.safeconduct.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.app.wallet.PassFetch;
import org.safeconduct.app.wallet.Right;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Office;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Redeems an offer, and fetches the passes of the running and the coming epochs. */
@Command(name = "get", description = "Redeem an offer, and fetch the passes of the running and the coming epochs in one request.",
    footer = {"", "Without an offer it fetches what is new for the offers redeemed before. It can be repeated at any time:",
        "a lost answer is asked for again with the same bytes.", "",
        "Examples:", "  safeconduct wallet get SCO1:7F3K-9Q2M-...", "  safeconduct wallet get --tx 482913 SCO1:7F3K-9Q2M-...", "  safeconduct wallet get --file letter.txt",
        "  safeconduct wallet get -      (then type or paste the offer)", "  safeconduct wallet get"})
final class WalletGetCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private WalletOption wallet;

    @Parameters(arity = "0..1", paramLabel = "OFFER", description = {"What the letter says. Spaces, hyphens and small letters do not matter.",
        "- reads it from standard input: what is given here, everybody on this machine can read while the command runs."})
    private String offer;

    @Option(names = "--file", paramLabel = "FILE", description = "A file whose first line is the offer.")
    private Path file;

    @Option(names = "--tx", paramLabel = "DIGITS", description = "The six digits that came another way, if the offer needs them.")
    private String txCode;

    @Option(names = "--office", paramLabel = "ADDRESS", description = "The office, if this wallet knows several that fit.")
    private String address;

    WalletGetCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, OfficeRefusal, MalformedException, VerificationException {
        if (txCode != null && !txCode.matches("[0-9]{6}")) {
            throw CommandException.usage("The second code has six digits.");
        }
        try (WalletFolder folder = wallet.open(context)) {
            String text = offer();
            List<Right> rights = text == null ? folder.rights() : List.of(right(folder, Offer.parse(text)));
            if (rights.isEmpty()) {
                throw CommandException.usage("This wallet has redeemed no offer yet. Give it one: `wallet get SCO1:...`.");
            }
            for (Right right : rights) {
                fetch(folder, right);
            }
            return Exit.OK;
        }
    }

    /** The offer, from wherever it comes; null if none was given. */
    private String offer() throws IOException {
        if (offer != null && file != null) {
            throw CommandException.usage("Give the offer or --file, not both.");
        }
        if (file == null && !"-".equals(offer)) {
            return offer;
        }
        try (BufferedReader of = file == null ? context.input() : Files.newBufferedReader(file)) {
            String line = of.readLine();
            if (line == null) {
                throw CommandException.usage("There is no offer in it.");
            }
            return line;
        } catch (NoSuchFileException e) {
            throw CommandException.usage("There is no file " + Terminal.plain(file.toString()) + ".");
        }
    }

    private Right right(WalletFolder folder, Offer parsed) throws IOException, MalformedException {
        Optional<Right> known = folder.right(parsed);
        if (known.isPresent()) {
            return known.get();
        }
        List<KnownOffice> fitting = new ArrayList<>();
        for (KnownOffice office : folder.offices()) {
            if (parsed.isOf(office.leaf()) && (address == null || office.address().equals(OfficeClient.address(address)))) {
                fitting.add(office);
            }
        }
        if (fitting.isEmpty()) {
            throw CommandException.usage("This offer is not of an office that this wallet knows, or it is mistyped. "
                + "Check it, and add the office with `wallet office add ADDRESS`.");
        }
        if (fitting.size() > 1) {
            throw CommandException.usage("This offer could be of several offices that this wallet knows. Say which with --office ADDRESS.");
        }
        return Right.create(parsed, fitting.getFirst().leaf(), context.random());
    }

    private void fetch(WalletFolder folder, Right right)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException, VerificationException {
        KnownOffice held = folder.office(right.office()).orElseThrow(() -> CommandException.usage(
            "This wallet no longer knows the office of this offer. Add it with `wallet office add ADDRESS`."));
        try (OfficeClient client = WalletOfficeCommand.client(context, held.address())) {
            KnownOffice office;
            PassFetch.Result result;
            try (Progress _ = Progress.ofSeconds(context.terminal(), "asking the office")) {
                office = WalletOfficeCommand.update(context, folder, held, client);
                result = new PassFetch(folder, client, context.random())
                    .fetch(right, office.known(), Optional.ofNullable(txCode), context.now());
            }
            Wording.doubtClock(office.known(), context);
            report(office, result);
        }
    }

    private void report(KnownOffice office, PassFetch.Result result) {
        Terminal terminal = context.terminal();
        Office line = office.known().register().office();
        terminal.line("%s, %s: %s received, %d held".formatted(terminal.strong(Wording.text(result.scheme().line().names(), line, context)),
            Terminal.plain(office.name(Wording.language(context.environment()))),
            Wording.count(result.received().size(), "pass", "passes"), result.held()));
        result.received().forEach(epoch -> terminal.line("  " + Wording.span(epoch.line(), result.scheme().line())));
        result.refused().forEach((epoch, refusal) -> terminal.note(terminal.doubtful("  "
            + Wording.span(epoch.line(), result.scheme().line()) + ": " + Terminal.plain(refusal.getMessage()))));
    }
}
