package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.DoorSetup;
import org.safeconduct.core.pass.PairingSecret;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.StampBook;
import org.safeconduct.core.pass.StampExchange;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Doors: what they ask, and the codes that set them up. */
@Command(name = "door", description = "Set up a door, or make the question that it asks.",
    footer = {"", "Examples:", "  safeconduct door setup --scheme errand-pass --out gate.door", "  safeconduct door question --door kitchen.door --png poster.png"})
final class DoorCommand {
    private final Context context;

    DoorCommand(Context context) {
        this.context = context;
    }

    @Command(name = "setup", description = "Make a door's set-up: which question it asks, and as whom. `check --door` and the checker in the browser read it.",
        footer = {"", "The register comes from the offices that the wallet's folder knows (`wallet office add`). A set-up with an asker's",
            "key or a pairing secret is a secret.", "", "Examples:",
            "  safeconduct door setup --scheme errand-pass --paper --out gate.door",
            "  safeconduct door setup --scheme canteen --asker kitchen.asker --mode fresh --stamp lunch --out lunch.door",
            "  safeconduct door setup --scheme festival --pair --out north.door",
            "  safeconduct door setup --scheme festival --pair-with north.door --out south.door"})
    int setup(@Mixin WalletOption wallet,
              @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.") String id,
              @Option(names = "--mode", defaultValue = "default", paramLabel = "MODE",
                  description = "default: nothing to scan. static: a poster. fresh: a question on the checker's screen. (${DEFAULT-VALUE})") DoorSetup.Mode mode,
              @Option(names = "--asker", paramLabel = "FILE", description = "The asker's key, from `asker add`.") Path asker,
              @Option(names = "--at", paramLabel = "NAME", description = "Which of the asker's doors this is.") String door,
              @Option(names = "--stamp", paramLabel = "SCOPE", description = "The scope to ask a stamp for.") String scope,
              @Option(names = "--attributes", split = ",", paramLabel = "ID", description = "Attributes to ask for beyond the default (fresh questions only).") List<String> attributes,
              @Option(names = "--paper", description = "This door takes paper.") boolean paper,
              @Option(names = "--pair", description = "Make a pairing secret, for doors that share a stamp book.") boolean pair,
              @Option(names = "--pair-with", paramLabel = "FILE", description = "Share the stamp book of the door set up in this file.") Path pairWith,
              @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the set-up goes.") Path out,
              @Option(names = "--png", paramLabel = "FILE", description = "Also draw it, for a phone to scan.") Path png)
            throws IOException, MalformedException {
        try (WalletFolder folder = wallet.open(context)) {
            KnownOffice office = officeOf(folder, id);
            Placed<Scheme> scheme = SchemeCommand.find(office.known().register(), id);
            Optional<PairingSecret> pairing = pairWith != null ? Optional.of(read(pairWith).pairing().orElseThrow(() ->
                CommandException.usage("That door has no pairing secret. Set it up with --pair."))) : pair ? Optional.of(PairingSecret.create(context.random())) : Optional.empty();
            DoorSetup setup;
            if (asker == null) {
                if (scope != null || attributes != null || door != null) {
                    throw CommandException.usage("A stamp, an attribute or a door's name beyond the default needs an asker whom the register allows it. Give --asker FILE.");
                }
                setup = DoorSetup.unsigned(office.leaf(), office.address(), mode, Ask.defaultOf(scheme.leaf(), scheme.line()), paper, pairing);
            } else {
                setup = signed(office, scheme, mode, AskerCommand.AskerFile.read(asker), door, scope, attributes, paper, pairing);
            }
            if (!setup.fits(office.known().register())) {
                throw CommandException.usage("The register does not allow this asker to ask for that: no wallet would answer.");
            }
            write(setup, out, png);
            return Exit.OK;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private DoorSetup signed(KnownOffice office, Placed<Scheme> scheme, DoorSetup.Mode mode, AskerCommand.AskerFile key, String door, String scope,
                             List<String> attributes, boolean paper, Optional<PairingSecret> pairing) {
        if (mode == DoorSetup.Mode.DEFAULT) {
            throw CommandException.usage("An asker asks by a poster or on a screen. Give --mode static or --mode fresh.");
        }
        Asker line = key.line(office.known().register()).line();
        Ask usual = Ask.defaultOf(scheme.leaf(), scheme.line());
        List<Integer> more = AskerCommand.indexes(attributes, scheme.line().attributes(), Attribute::id, "attribute");
        if (mode == DoorSetup.Mode.STATIC && !usual.attributes().containsAll(more)) {
            throw CommandException.usage("A poster cannot ask for attributes beyond the default. Use --mode fresh.");
        }
        List<Integer> all = Stream.concat(usual.attributes().stream(), more.stream()).distinct().sorted().toList();
        OptionalInt stamp = scope == null ? usual.scope()
            : OptionalInt.of(AskerCommand.indexes(List.of(scope), scheme.line().scopes(), Named::id, "scope").getFirst());
        OptionalInt at = door == null ? OptionalInt.empty() : OptionalInt.of(AskerCommand.indexes(List.of(door), line.doors(), name -> name, "door").getFirst());
        return DoorSetup.signed(office.leaf(), office.address(), mode, new Ask(scheme.leaf(), all, stamp), paper, key.leaf(), at, key.key(), pairing);
    }

    private void write(DoorSetup setup, Path out, Path png) throws IOException {
        SafeFiles.write(out, (setup.text() + "\n").getBytes(StandardCharsets.US_ASCII));
        if (png != null) {
            SafeFiles.write(png, QrPicture.of(setup.text(), QrPicture.Use.QUESTION).png(8));
        }
        context.terminal().line(context.terminal().good("set up ") + Terminal.plain(out.toString()));
        if (setup.isSecret()) {
            context.terminal().note(context.terminal().doubtful("This set-up holds a secret: whoever reads it can ask as this door."));
        }
    }

    @Command(name = "question", description = "Make the question that a door asks: a poster, valid for 366 days, or one for the next two minutes. Draws it in the terminal.",
        footer = {"", "`check --question` takes the text. A default question needs none: both sides know it.", "", "Examples:",
            "  safeconduct door question --door lunch.door", "  safeconduct door question --door poster.door --png poster.png --out poster.txt"})
    int question(@Mixin WalletOption wallet,
                 @Option(names = "--door", required = true, paramLabel = "FILE", description = "The door's set-up.") Path door,
                 @Option(names = "--png", paramLabel = "FILE", description = "Also write it as a picture.") Path png,
                 @Option(names = "--out", paramLabel = "FILE", description = "Also write its text.") Path out) throws IOException, MalformedException {
        DoorSetup setup = read(door);
        try (WalletFolder folder = wallet.open(context)) {
            if (setup.mode() == DoorSetup.Mode.DEFAULT) {
                throw CommandException.usage("This door asks the scheme's default question: there is nothing to scan.");
            }
            Question question = setup.question(register(folder, setup), context.now(), context.random());
            QrPicture picture = QrPicture.of(question.text(), question.source() == Question.Source.STATIC ? QrPicture.Use.PRINT : QrPicture.Use.QUESTION);
            if (png != null) {
                SafeFiles.write(png, picture.png(8));
            }
            if (out != null) {
                SafeFiles.write(out, (question.text() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            picture.lines(context.terminal().colour()).forEach(context.terminal()::line);
            context.terminal().line(question.text());
            return Exit.OK;
        }
    }

    @Command(name = "stamps", description = "Exchange stamp books with a paired door: print one's own as codes, or take over another's.",
        footer = {"", "Doors that were set up with --pair and --pair-with do this whenever they meet: each prints, the other reads. Until",
            "then each accepts one use. A code holds no time and no place.", "", "Examples:",
            "  safeconduct door stamps --door north.door --stamps stamps/",
            "  safeconduct door stamps --door south.door --stamps stamps/ --read 'SCB1:...'"})
    int stamps(@Option(names = "--door", required = true, paramLabel = "FILE", description = "The door's set-up.") Path door,
               @Option(names = "--stamps", required = true, paramLabel = "DIR", description = "Its stamp books, as for `check`.") Path stamps,
               @Option(names = "--read", paramLabel = "TEXT", description = "A code of the other door; once for each code.") List<String> codes)
            throws IOException, MalformedException, VerificationException {
        PairingSecret pairing = read(door).pairing().orElseThrow(() ->
            CommandException.usage("This door is not paired. Set it up with --pair, and its neighbours with --pair-with."));
        try (StampFolder folder = StampFolder.open(stamps)) {
            if (codes == null) {
                folder.books().stream().flatMap(book -> book.exchange().stream()).map(part -> part.text(pairing)).forEach(this::draw);
                return Exit.OK;
            }
            List<StampExchange> parts = new ArrayList<>();
            for (String code : codes) {
                parts.add(StampExchange.parse(code, pairing));
            }
            for (StampExchange part : parts) {
                StampBook book = folder.books().stream().filter(one -> one.epoch().equals(part.epoch()) && one.scope() == part.scope())
                    .findFirst().orElseGet(() -> StampBook.of(part.epoch(), part.scope()));
                book.learn(part);
                folder.save(book);
                context.terminal().line("learned " + Wording.count(part.prefixes().size(), "use", "uses") + ", part " + (part.part() + 1) + " of " + part.parts());
            }
            return Exit.OK;
        }
    }

    private void draw(String code) {
        QrPicture.of(code, QrPicture.Use.LIVE).lines(context.terminal().colour()).forEach(context.terminal()::line);
        context.terminal().line(code);
    }

    /** The office that has a scheme of an id, among those the wallet's folder knows. */
    private static KnownOffice officeOf(WalletFolder folder, String scheme) throws IOException, MalformedException {
        List<KnownOffice> offices = folder.offices();
        if (offices.isEmpty()) {
            throw CommandException.usage("No office is known here yet. Add it with `wallet office add ADDRESS`.");
        }
        List<KnownOffice> having = offices.stream().filter(office -> office.known().register().scheme(scheme).isPresent()).toList();
        if (having.size() > 1) {
            throw CommandException.usage("Several offices have a scheme of that name. Use a wallet folder with the one that is meant (--wallet DIR).");
        }
        return having.isEmpty() ? offices.getFirst() : having.getFirst();
    }

    private static Register register(WalletFolder folder, DoorSetup setup) throws IOException, MalformedException {
        return folder.office(setup.office()).map(office -> office.known().register()).orElseThrow(() -> CommandException.cannot(
            "This door has no register yet. Fetch it with `wallet office add " + setup.address() + "`."));
    }

    /** Reads a set-up from the file that {@code door setup} wrote. */
    static DoorSetup read(Path file) throws IOException {
        try {
            if (Files.size(file) > 10_000) {
                throw new MalformedException("This is too long.");
            }
            return DoorSetup.parse(Files.readString(file, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n]+$", ""));
        } catch (MalformedException e) {
            throw CommandException.usage(Terminal.plain(file.toString()) + " is not a door's set-up. Give the file that `door setup` wrote.");
        }
    }
}
