package org.safeconduct.app.cli;

import java.time.Instant;
import java.util.List;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Build;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;

/** A register as a person reads it: who, what for, on what legal basis, until when, and what is owed. */
final class RegisterReport {
    private RegisterReport() {}

    static void print(Context context, Register register, Instant now) {
        Terminal terminal = context.terminal();
        Office office = register.office();
        terminal.line(terminal.strong(Wording.text(office.names(), office, context)) + "  " + Terminal.plain(office.contact()));
        terminal.line("  origin         " + Terminal.plain(office.origin()));
        terminal.line("  office words   " + register.officeWords());
        terminal.line("  root words     " + register.words() + terminal.quiet("  (" + register.size() + " lines)"));
        terminal.line("  witnesses      none");
        register.all(Scheme.class).forEach(scheme -> scheme(context, register, scheme, now));
        List<Build> builds = register.all(Build.class).map(Placed::line).toList();
        if (!builds.isEmpty()) {
            terminal.line();
            builds.forEach(build -> terminal.line("build of the " + build.app() + "  " + Terminal.plain(build.version()) + "  " + build.digest().hex()));
        }
        List<Placed<Epoch>> overdue = register.overdue(now);
        terminal.line();
        terminal.line(overdue.isEmpty() ? "No epoch is overdue: all counts and keys that should be public are."
            : terminal.doubtful(Wording.count(overdue.size(), "epoch is", "epochs are") + " overdue: their counts and keys should be public by now."));
        overdue.forEach(epoch -> {
            Scheme scheme = register.find(epoch.line().scheme(), Scheme.class).orElseThrow().line();
            terminal.line("  " + scheme.id() + "  " + Wording.span(epoch.line(), scheme) + (epoch.line().spare() ? "  spare" : ""));
        });
    }

    private static void scheme(Context context, Register register, Placed<Scheme> placed, Instant now) {
        Terminal terminal = context.terminal();
        Scheme scheme = placed.line();
        Office office = register.office();
        Validity validity = register.validity(placed.leaf(), now);
        terminal.line();
        terminal.line(terminal.strong(Wording.text(scheme.names(), office, context)) + terminal.quiet("  " + scheme.id())
            + (scheme.specimen() ? terminal.doubtful("  specimen: proves nothing") : ""));
        terminal.line("  purpose        " + Wording.text(scheme.purpose(), office, context));
        terminal.line("  legal basis    " + Wording.text(scheme.legalBasis(), office, context));
        scheme.specialBasis().ifPresent(basis -> terminal.line(terminal.doubtful("  special        ") + Wording.text(basis, office, context)));
        terminal.line("  ends           " + Wording.day(scheme.sunset(), scheme) + switch (validity) {
            case VALID -> "";
            case SCHEME_STOPPED -> terminal.doubtful("  stopped: " + why(context, register, placed));
            default -> terminal.doubtful("  over");
        });
        if (scheme.defaultScope().isPresent()) {
            terminal.line("  stamps         " + Wording.text(scheme.scopes().getFirst().names(), office, context) + ", by default");
        }
        long askers = register.all(Asker.class).filter(asker -> asker.line().scheme().equals(placed.leaf())).count();
        if (askers > 0) {
            terminal.line("  askers         " + askers);
        }
        epochs(context, register, placed, now);
    }

    private static String why(Context context, Register register, Placed<Scheme> scheme) {
        return register.stop(scheme.leaf()).map(stop -> Wording.text(stop.line().why(), register.office(), context)).orElse("");
    }

    private static void epochs(Context context, Register register, Placed<Scheme> scheme, Instant now) {
        List<Placed<Epoch>> main = register.epochs(scheme.leaf()).stream().filter(epoch -> !epoch.line().spare()).toList();
        long closed = main.stream().filter(epoch -> register.closed(epoch.leaf()).isPresent()).count();
        long issued = main.stream().mapToLong(epoch -> register.closed(epoch.leaf()).map(end -> end.line().issued()).orElse(0L)).sum();
        context.terminal().line("  epochs         " + main.size() + ", " + closed + " closed"
            + (closed > 0 ? " (" + Wording.count(issued, "pass", "passes") + " issued in them)" : ""));
        main.stream().filter(epoch -> !now.isBefore(epoch.line().from()) && now.isBefore(epoch.line().until())).findFirst()
            .ifPresent(epoch -> context.terminal().line("  now            " + Wording.span(epoch.line(), scheme.line())
                + ", at least " + Wording.count(epoch.line().holders(), "holder", "holders")));
    }
}
