package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.app.wallet.Wallet;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.Form;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Answers a question with a pass: says what it tells, asks the holder, draws the code. Makes no request. */
@Command(name = "show", description = "Show a pass: the scheme's default question, a door's question, or on paper.",
    footer = {"", "A live code is good for about two minutes. Before an answer to a scanned question, and before paper,",
        "it says what becomes known and asks. No network is used.", "",
        "Examples:", "  safeconduct wallet show", "  safeconduct wallet show --question 'SCQ1:...' --png code.png",
        "  safeconduct wallet show --paper --png paper.png", "  safeconduct wallet show --json | jq -r .text"})
final class WalletShowCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private WalletOption wallet;

    @Option(names = "--question", paramLabel = "TEXT", description = "The text of a door's question (SCQ1:...). Without it: the scheme's default question.")
    private String questionText;

    @Option(names = "--paper", description = "The paper question: one code that is shown many times.")
    private boolean paper;

    @Option(names = "--png", paramLabel = "FILE", description = "Also write the code as a picture.")
    private Path png;

    @Option(names = "--scheme", paramLabel = "ID", description = "Which scheme, if there are passes of several.")
    private String scheme;

    @Option(names = "--pass", paramLabel = "N", description = "Which pass, by its number in `wallet list`.")
    private Integer number;

    @Option(names = "--yes", description = "Answer without asking.")
    private boolean yes;

    @Option(names = "--json", description = "Print text, bytes, disclosed and stamp as JSON, and no picture.")
    private boolean json;

    WalletShowCommand(Context context) {
        this.context = context;
    }

    /** What is asked: a question and which of its asks. */
    private record Asked(Wallet.Held held, Question question, int ask) {}

    @Override
    public Integer call() throws IOException, MalformedException {
        if (paper && questionText != null) {
            throw CommandException.usage("Paper answers no door's question. Leave out --paper or --question.");
        }
        Instant now = context.now();
        try (WalletFolder folder = wallet.open(context)) {
            Asked asked = asked(folder, now);
            KnownRegister known = asked.held().office().known();
            try (Pass pass = asked.held().open(folder)) {
                Consent consent = switch (Consent.of(asked.question(), asked.ask(), pass, known, now)) {
                    case NoAnswer no -> throw CommandException.refused(no.holder() + " This wallet does not answer it.");
                    case Consent given -> given;
                };
                tell(asked, consent);
                boolean mustAsk = asked.question().source() != Question.Source.DEFAULT;
                if (mustAsk && !yes && !WalletOfficeCommand.confirm(context, "Show it?")) {
                    throw CommandException.refused("Nothing was shown.");
                }
                print(asked, consent, pass.show(consent, context.random()));
                return Exit.OK;
            }
        }
    }

    private Asked asked(WalletFolder folder, Instant now) throws IOException, MalformedException {
        Wording.doubtClock(folder, context);
        List<Wallet.Held> all = Wallet.held(folder, now);
        if (number != null && (number < 1 || number > all.size())) {
            throw CommandException.usage("There is no pass of that number. `wallet list` shows them.");
        }
        Question question = questionText == null ? null : Question.parse(questionText);
        List<Wallet.Held> fitting = IntStream.range(0, all.size()).filter(i -> number == null || i == number - 1).mapToObj(all::get)
            .filter(held -> scheme == null || held.scheme().line().id().equals(scheme))
            .filter(held -> number != null || held.office().known().register().validity(held.epoch().leaf(), now) == Validity.VALID)
            .filter(held -> question == null || indexOf(question, held) >= 0).toList();
        if (fitting.isEmpty()) {
            throw CommandException.usage(all.isEmpty() ? "There is no pass in this wallet. `wallet get OFFER` fetches some."
                : "No pass in this wallet is valid now for that. `wallet list` shows what there is.");
        }
        if (fitting.size() > 1) {
            throw CommandException.usage("Several passes fit. Say which with --scheme ID or --pass N; `wallet list` shows them.");
        }
        Wallet.Held held = fitting.getFirst();
        if (question != null) {
            return new Asked(held, question, indexOf(question, held));
        }
        Scheme line = held.scheme().line();
        Question own = paper ? Question.paperOf(held.scheme().leaf(), line).orElseThrow(() -> CommandException.refused(NoAnswer.NO_PAPER.holder()))
            : Question.defaultOf(held.scheme().leaf(), line);
        return new Asked(held, own, 0);
    }

    private static int indexOf(Question question, Wallet.Held held) {
        return question.asks().stream().map(Ask::scheme).toList().indexOf(held.scheme().leaf());
    }

    /** What the showing tells and what it does not, before anything is shown. */
    private void tell(Asked asked, Consent consent) {
        Terminal terminal = context.terminal();
        Office office = asked.held().office().known().register().office();
        terminal.note(terminal.strong(Wording.text(consent.scheme().names(), office, context)) + "  " + who(asked, consent, office));
        String told = consent.disclosed().stream().map(one -> Wording.text(one.attribute().names(), office, context) + ": " + Terminal.plain(one.value()))
            .collect(Collectors.joining(", "));
        String kept = consent.undisclosed().stream().map(one -> Wording.text(one.names(), office, context)).collect(Collectors.joining(", "));
        terminal.note("  tells           " + (told.isEmpty() ? "nothing but that the pass is valid" : told));
        if (!kept.isEmpty()) {
            terminal.note("  does not tell   " + kept);
        }
        consent.stamp().ifPresent(scope -> terminal.note("  stamp           " + Wording.text(scope.names(), office, context)
            + ": until " + Wording.clock(asked.held().epoch().line().until(), consent.scheme()) + " doors see that two uses of it were one pass's"));
        String crowd = Wording.count(consent.crowd(), "person", "people") + " could have made this showing";
        terminal.note("  crowd           " + (consent.isSmallCrowd() ? terminal.doubtful(crowd + ": this nearly tells who you are") : crowd));
        if (consent.form() == Form.PAPER) {
            terminal.note(terminal.doubtful("  paper           is one code shown many times: everybody who reads it can recognise it"));
        }
        if (consent.clockCorrected()) {
            terminal.note(terminal.doubtful("  clock           of this device is wrong; the signed time of the question is used"));
        }
    }

    private String who(Asked asked, Consent consent, Office office) {
        return switch (asked.question().source()) {
            case DEFAULT -> "";
            case PAPER -> "on paper";
            case STATIC, FRESH -> "asked by " + consent.asker().map(names -> Wording.text(names, office, context)
                + consent.door().map(door -> ", " + Terminal.plain(door)).orElse("")).orElse("a door that does not say who it is");
        };
    }

    private void print(Asked asked, Consent consent, Showing showing) throws IOException, MalformedException {
        QrPicture picture = QrPicture.of(showing.text(), showing.form() == Form.PAPER ? QrPicture.Use.PRINT : QrPicture.Use.LIVE);
        if (png != null) {
            SafeFiles.write(png, picture.png(8));
        }
        Terminal terminal = context.terminal();
        if (json) {
            terminal.line(json(consent, showing));
            return;
        }
        picture.lines(terminal.colour()).forEach(terminal::line);
        terminal.line(showing.text());
        terminal.note("  %d bytes, %d modules wide%s".formatted(showing.bytes().length, picture.modules(), showing.form() == Form.PAPER
            ? ", valid until the end of its epoch" : ", good until about " + Wording.clock(consent.at().plusSeconds(90), consent.scheme())));
    }

    /** text, bytes (their number), disclosed (by attribute id), stamp (hex, or null). */
    private static String json(Consent consent, Showing showing) throws MalformedException {
        Map<String, Object> disclosed = new LinkedHashMap<>();
        consent.disclosed().forEach(one -> disclosed.put(one.attribute().id(), one.value()));
        return Json.object("bytes", showing.bytes().length, "disclosed", disclosed, "stamp", stamp(showing), "text", showing.text()).toString();
    }

    /** The stamp as it stands in the showing (pass.md 4.1), in hex; null if there is none. */
    static String stamp(Showing showing) throws MalformedException {
        Cbor stamp = Cbor.parse(showing.bytes()).items(9).get(7);
        return stamp.isNull() ? null : Hex.print(stamp.bytes(48));
    }
}
