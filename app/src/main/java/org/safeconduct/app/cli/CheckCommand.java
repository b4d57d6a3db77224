package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.DoorSetup;
import org.safeconduct.core.pass.Form;
import org.safeconduct.core.pass.Permission;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Stamp;
import org.safeconduct.core.pass.StampBook;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A door. Makes no request, keeps no record of a showing; of a stamped one it keeps the stamp, if told to. */
@Command(name = "check", description = "Check showings, as a door does: one as an argument, or one a line on standard input.",
    footer = {"", "Ends with 0 accepted, 1 refused, 3 cannot tell, 2 a mistake in the command. Of several lines: 1 if one was",
        "refused, else 3 if one could not be told. The register comes from the wallet's folder (`wallet office add`); no",
        "request is made. On standard input, a paper's stamp is recorded when the next line is y: after the comparison",
        "with the holder's document; as an argument, with --compared.", "", "Examples:",
        "  safeconduct check --scheme errand-pass 'SCS1:...'",
        "  safeconduct check --door gate.door --stamps stamps/ --json",
        "  safeconduct check --door lunch.door --question \"$(cat asked.txt)\" 'SCS1:...'"})
final class CheckCommand implements Callable<Integer> {
    /** How often the clock that was seen is written down: a clock set back by less is not noticed after a restart. */
    private static final Duration CLOCK_KEPT = Duration.ofMinutes(10);

    private final Context context;

    @Mixin
    private WalletOption wallet;

    @Parameters(arity = "0..1", paramLabel = "SHOWING", description = "The text of a code, in single quotes.")
    private String showing;

    @Option(names = "--door", paramLabel = "FILE", description = "The door's set-up, from `door setup`.")
    private Path door;

    @Option(names = "--scheme", paramLabel = "ID", description = "Without a set-up: ask this scheme's default question.")
    private String scheme;

    @Option(names = "--register", paramLabel = "FILE", description = "A register file instead of the wallet's folder.")
    private Path registerFile;

    @Option(names = "--question", paramLabel = "TEXT", description = "The question this door is asking, from `door question`.")
    private String questionText;

    @Option(names = "--paper", description = "Take paper, too.")
    private boolean paper;

    @Option(names = "--compared", description = "The paper's holder has been compared with a document: record its stamp.")
    private boolean compared;

    @Option(names = "--stamps", paramLabel = "DIR", description = "Keep stamp books here, so that a second use is seen.")
    private Path stamps;

    @Option(names = "--json", description = "Print each verdict as one line of JSON.")
    private boolean json;

    CheckCommand(Context context) {
        this.context = context;
    }

    /** What a door knows when it opens. */
    private record Door(Optional<KnownRegister> known, Checker checker, Ask ask, Ask paper) {
        List<Integer> asked(Verdict verdict) {
            return verdict instanceof Verdict.Accepted accepted && accepted.form() == Form.PAPER ? paper.attributes() : ask.attributes();
        }
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        try (StampFolder books = stamps == null ? null : StampFolder.open(stamps)) {
            Door opened = open(books == null ? List.of() : books.books());
            opened.known().ifPresent(known -> Wording.doubtClock(known, context));
            if (books != null) {
                opened.checker().eraseEnded(context.now());
                books.keepOnly(opened.checker().books());
            }
            return showing != null ? once(opened, books) : stream(opened, books);
        }
    }

    private int once(Door opened, StampFolder books) throws IOException {
        Verdict verdict = opened.checker().check(showing, context.now());
        if (verdict instanceof Verdict.Accepted accepted && (accepted.form() == Form.LIVE || compared)) {
            record(opened, books, accepted);
        }
        print(opened, verdict);
        return VerdictReport.exit(verdict);
    }

    private int stream(Door opened, StampFolder books) throws IOException {
        int worst = Exit.OK;
        Verdict.Accepted waiting = null;
        for (String line = context.input().readLine(); line != null; line = context.input().readLine()) {
            if (waiting != null && line.strip().matches("(?i)y|yes")) {
                record(opened, books, waiting);
            } else if (!line.isEmpty()) {
                Verdict verdict = opened.checker().check(line, context.now());
                waiting = verdict instanceof Verdict.Accepted accepted && accepted.form() == Form.PAPER ? accepted : null;
                if (waiting == null && verdict instanceof Verdict.Accepted accepted) {
                    record(opened, books, accepted);
                }
                print(opened, verdict);
                int exit = VerdictReport.exit(verdict);
                worst = worst == Exit.REFUSED || exit == Exit.OK ? worst : exit;
            }
        }
        return worst;
    }

    /** Nothing is said to be accepted before its stamp is on disk. */
    private static void record(Door opened, StampFolder books, Verdict.Accepted accepted) throws IOException {
        if (accepted.stamp().isPresent()) {
            Stamp stamp = accepted.stamp().get();
            opened.checker().record(stamp);
            if (books != null) {
                books.save(opened.checker().book(stamp.epoch(), stamp.scope()));
            }
        }
    }

    private void print(Door opened, Verdict verdict) {
        if (json) {
            context.terminal().line(VerdictReport.json(verdict, opened.asked(verdict)));
        } else {
            VerdictReport.print(context, verdict, opened.known().map(known -> known.register().office()), opened.asked(verdict));
        }
    }

    private Door open(Collection<StampBook> books) throws IOException, MalformedException {
        if (door == null && scheme == null) {
            throw CommandException.usage("Say what this door asks: --door FILE, or --scheme ID for a scheme's default question.");
        }
        if (door != null && scheme != null) {
            throw CommandException.usage("A set-up says itself what its door asks. Leave out --scheme or --door.");
        }
        Instant now = context.now();
        DoorSetup setup = door == null ? null : DoorCommand.read(door);
        Optional<KnownRegister> known = register(setup, now);
        if (known.isEmpty()) {
            context.terminal().note("Fetch the register once with `wallet office add ADDRESS`" + (setup == null ? "." : "; the door's is " + setup.address() + "."));
            Ask nothing = new Ask(Hash.sha256(), List.of(), OptionalInt.empty());
            return new Door(known, Checker.byDefault(known, List.of(), paper, books), nothing, nothing);
        }
        if (setup != null && !setup.fits(known.get().register())) {
            throw CommandException.usage("This set-up does not fit the register: another office's, or the asker may no longer ask that. Set the door up again.");
        }
        Hash leaf = setup != null ? setup.ask().scheme() : SchemeCommand.find(known.get().register(), scheme).leaf();
        Scheme line = known.get().register().find(leaf, Scheme.class).orElseThrow().line();
        boolean takesPaper = paper || setup != null && setup.paper();
        Ask onPaper = Ask.paperOf(leaf, line).orElse(Ask.defaultOf(leaf, line));
        if (setup != null && setup.mode() != DoorSetup.Mode.DEFAULT || questionText != null) {
            Question question = question(setup);
            Permission.check(question, known.get().register()).ifPresent(reason -> {
                throw CommandException.usage(reason.holder() + " No wallet answers it; ask another question.");
            });
            return new Door(known, Checker.asking(known, question, takesPaper, books), question.asks().getFirst(), onPaper);
        }
        return new Door(known, Checker.byDefault(known, List.of(leaf), takesPaper, books), Ask.defaultOf(leaf, line), onPaper);
    }

    private Question question(DoorSetup setup) throws MalformedException {
        if (questionText == null) {
            throw CommandException.usage("This door asks a question of its own. Give it with --question, as `door question` printed it.");
        }
        Question question = Question.parse(questionText);
        if (setup != null && !question.asks().equals(List.of(setup.ask()))) {
            throw CommandException.usage("This question is not the one of this door's set-up. Make it with `door question --door " + Terminal.plain(door.toString()) + "`.");
        }
        return question;
    }

    private Optional<KnownRegister> register(DoorSetup setup, Instant now) throws IOException, MalformedException {
        if (registerFile != null) {
            try {
                return Optional.of(KnownRegister.parse(Files.readAllBytes(registerFile)));
            } catch (MalformedException e) {
                throw CommandException.usage(Terminal.plain(registerFile.toString()) + " is not a register that verifies. Give one that a wallet keeps (offices/.../register).");
            }
        }
        try (WalletFolder folder = wallet.open(context)) {
            Optional<KnownOffice> office = setup != null ? folder.office(setup.office()) : folder.offices().stream()
                .filter(one -> one.known().register().scheme(scheme).isPresent()).findFirst().or(() -> first(folder));
            if (office.isPresent() && now.isAfter(office.get().known().latest().plus(CLOCK_KEPT))) {
                folder.put(new KnownOffice(office.get().address(), office.get().known().saw(now)));
            }
            return office.map(KnownOffice::known);
        }
    }

    /** Some office, so that a scheme nobody has is named as such. */
    private static Optional<KnownOffice> first(WalletFolder folder) {
        try {
            return folder.offices().stream().findFirst();
        } catch (IOException | MalformedException e) {
            return Optional.empty();
        }
    }
}
