package org.safeconduct.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.pass.Form;
import org.safeconduct.core.pass.Stamp;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Json;

/** A verdict in words for whoever stands at the door, in JSON for a gate, and as a number for the shell. */
final class VerdictReport {
    private VerdictReport() {}

    /** The number of {@link Exit}. A specimen proves nothing, so it opens no gate. */
    static int exit(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> Exit.OK;
            case Verdict.Refused _, Verdict.Specimen _ -> Exit.REFUSED;
            case Verdict.CannotTell _ -> Exit.CANNOT;
        };
    }

    /** The word and the sentences, in the verdict's colour. */
    static void print(Context context, Verdict verdict, Optional<Office> office, List<Integer> asked) {
        Terminal terminal = context.terminal();
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                String word = accepted.form() == Form.PAPER ? terminal.doubtful("accepted on paper") : terminal.good("accepted");
                terminal.line(word + "  " + Wording.text(accepted.scheme().names(), office.orElseThrow(), context) + told(context, accepted, office.get(), asked));
                if (accepted.form() == Form.PAPER && !asked.isEmpty()) {
                    terminal.line("  compare this with the holder's own document before anybody passes");
                }
            }
            case Verdict.Specimen specimen -> terminal.line(terminal.doubtful("specimen") + "  "
                + Wording.text(specimen.scheme().names(), office.orElseThrow(), context) + ": proves nothing");
            case Verdict.Refused refused -> {
                terminal.line(terminal.bad("refused") + "  " + refused.reason().door());
                terminal.line("  next: " + refused.reason().holder());
            }
            case Verdict.CannotTell doubt -> {
                terminal.line(terminal.doubtful("cannot tell") + "  " + doubt.reason().door());
                terminal.line("  next: " + doubt.reason().holder());
            }
        }
    }

    private static String told(Context context, Verdict.Accepted accepted, Office office, List<Integer> asked) {
        String values = Wording.values(accepted.scheme(), office, asked, accepted.disclosed(), context);
        String stamp = accepted.stamp().map(Stamp::scope).map(scope -> Wording.text(accepted.scheme().scopes().get(scope).names(), office, context)).orElse("");
        return (values.isEmpty() ? "" : "  " + values) + (stamp.isEmpty() ? "" : "  (" + stamp + ")");
    }

    /** verdict, reason, door, holder, form, scheme, epoch, disclosed, stamped; what does not apply is null. */
    static String json(Verdict verdict, List<Integer> asked) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : List.of("reason", "door", "holder", "form", "scheme", "epoch", "disclosed", "stamped")) {
            members.put(name, null);
        }
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                members.put("verdict", "accepted");
                members.put("form", word(accepted.form()));
                members.put("scheme", accepted.scheme().id());
                members.put("epoch", accepted.epoch().number());
                members.put("disclosed", disclosed(accepted.scheme(), asked, accepted.disclosed()));
                accepted.stamp().ifPresent(stamp -> members.put("stamped", accepted.scheme().scopes().get(stamp.scope()).id()));
            }
            case Verdict.Specimen specimen -> {
                members.put("verdict", "specimen");
                members.put("form", word(specimen.form()));
                members.put("scheme", specimen.scheme().id());
            }
            case Verdict.Refused refused -> {
                members.put("verdict", "refused");
                members.put("reason", refused.reason().name());
                members.put("door", refused.reason().door());
                members.put("holder", refused.reason().holder());
            }
            case Verdict.CannotTell doubt -> {
                members.put("verdict", "cannot tell");
                members.put("reason", doubt.reason().name());
                members.put("door", doubt.reason().door());
                members.put("holder", doubt.reason().holder());
            }
        }
        return Json.of(members).toString();
    }

    private static Map<String, Object> disclosed(Scheme scheme, List<Integer> asked, List<String> values) {
        Map<String, Object> disclosed = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            disclosed.put(scheme.attributes().get(asked.get(i)).id(), values.get(i));
        }
        return disclosed;
    }

    private static String word(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }
}
