package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.safeconduct.app.office.Desk;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.SchemeLint;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Schemes: what passes are for. */
@Command(name = "scheme", description = "Publish a scheme, or stop one.",
    footer = {"", "Example:", "  safeconduct scheme publish examples/schemes/errand-pass.json"})
final class SchemeCommand {
    /** Names that a person should look at twice; GDPR article 9(1) has the list. */
    private static final Pattern SPECIAL_WORDS = Pattern.compile(
        "health|ill|disease|vaccin|immun|disab|pregnan|relig|faith|church|belief|ethnic|origin|nation|citizen|race|politic|party|union|sex|gender|genetic|biometr");

    private final Context context;

    SchemeCommand(Context context) {
        this.context = context;
    }

    @Command(name = "publish", description = "Check a scheme and publish it in the register. What is published stays.",
        footer = {"", "Without purpose, legal basis and sunset, with a sunset more than 366 days away, or with showings that would be",
            "too large, it is refused. Remarks are for a person to think over; --check makes them without publishing.", "",
            "Examples:", "  safeconduct scheme publish --check examples/schemes/food-bank.json",
            "  safeconduct scheme publish examples/schemes/errand-pass.json",
            "  safeconduct scheme publish --sunset 2027-06-30T00:00:00Z examples/schemes/canteen.json"})
    int publish(@Mixin DataOption data,
                @Parameters(paramLabel = "FILE", description = "JSON with the members of spec/register.md 2.3; see examples/schemes.") Path file,
                @Option(names = "--sunset", paramLabel = "TIME", description = "An end in place of the file's.") String sunset,
                @Option(names = "--check", description = "Only check, publish nothing.") boolean checkOnly) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            byte[] scheme = SchemeFile.read(file, office.desk().register().office().languages(), sunset);
            if (checkOnly) {
                Scheme draft = Desk.draft(scheme);
                List<SchemeLint.Finding> findings = SchemeLint.check(draft, context.now());
                remarks(draft, findings);
                return findings.stream().anyMatch(SchemeLint.Finding::refused) ? Exit.USAGE : Exit.OK;
            }
            Desk.Published published = office.desk().publish(scheme);
            remarks(published.scheme(), published.findings());
            Office line = office.desk().register().office();
            context.terminal().line(context.terminal().good("published ") + context.terminal().strong(Wording.text(published.scheme().names(), line, context))
                + ", ends " + Wording.day(published.scheme().sunset(), published.scheme()));
            context.terminal().note("Next: `enrol --scheme " + published.scheme().id() + " FILE.csv`.");
            return Exit.OK;
        }
    }

    private void remarks(Scheme scheme, List<SchemeLint.Finding> findings) {
        Terminal terminal = context.terminal();
        scheme.attributes().stream().filter(attribute -> !attribute.special() && SPECIAL_WORDS.matcher(attribute.id()).find())
            .forEach(attribute -> terminal.note(terminal.doubtful("remark   ") + "The attribute " + attribute.id() + " sounds like a special category "
                + "(health, origin, religion and the like) and is not marked so. If it is one, set `special` and state a `special_basis`."));
        findings.forEach(finding -> terminal.note((finding.refused() ? terminal.bad("refused  ") : terminal.doubtful("remark   ")) + finding.sentence()));
    }

    @Command(name = "stop", description = "Stop a scheme now or later: none of its passes is valid from then on, at any door.",
        footer = {"", "A stop cannot be taken back. Whoever reads the register reads why.", "", "Example:",
            "  safeconduct scheme stop errand-pass --why en='The emergency is over.' --why de='Der Notstand ist vorbei.'"})
    int stop(@Mixin DataOption data,
             @Parameters(paramLabel = "ID", description = "The scheme.") String id,
             @Option(names = "--why", required = true, paramLabel = "LANG=TEXT", description = "Why, in each of the office's languages.") Map<String, String> why,
             @Option(names = "--from", paramLabel = "TIME", description = "From when on; now, if left out.") String from) throws IOException, MalformedException {
        try (DataOption.Opened office = data.open(context)) {
            Register register = office.desk().register();
            Placed<Scheme> scheme = find(register, id);
            stop(context, office.desk(), scheme.leaf(), Wording.text(scheme.line().names(), register.office(), context), scheme.line(), why, from);
            return Exit.OK;
        }
    }

    /** Stops a scheme or something of it, and says so. */
    static void stop(Context context, Desk desk, Hash target, String what, Scheme scheme, Map<String, String> why, String from) throws MalformedException {
        Instant at = desk.stop(target, from == null ? Optional.empty() : Optional.of(Time.parse(from)), why);
        context.terminal().line(what + " is stopped from " + Wording.day(at, scheme) + ", " + Wording.clock(at, scheme) + " on");
    }

    /** The scheme of an id, or a sentence that lists what there is. */
    static Placed<Scheme> find(Register register, String id) {
        return register.scheme(id).orElseThrow(() -> {
            List<String> ids = register.all(Scheme.class).map(scheme -> scheme.line().id()).toList();
            return CommandException.usage("There is no scheme " + Terminal.plain(id) + " in the register. "
                + (ids.isEmpty() ? "Publish one with `scheme publish FILE`." : "There is: " + String.join(", ", ids) + "."));
        });
    }
}
