package org.safeconduct.app.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.Publication;
import org.safeconduct.app.store.AuthorityTables;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The authority's cases: a venue uploads once, a person looks, then visitors are warned or nothing happens. */
@Command(name = "case", description = "Let a venue upload, look at what it sent, and warn its visitors.",
    footer = {"", "Hours are of UTC. A case names no visitor: nobody but a visitor's own phone learns who was there.", "", "Example:",
        "  safeconduct authority case open --region town --from 2026-11-20T18 --until 2026-11-20T22"})
final class AuthorityCaseCommand {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final String GO = "publish";

    private final Context context;

    AuthorityCaseCommand(Context context) {
        this.context = context;
    }

    @Command(name = "open", description = "Open a case: a token with which one venue may upload once, for these hours.",
        footer = {"", "Tell the venue its token by telephone, or hand it over: whoever has it may upload in the venue's place, and you would",
            "see that venue's name instead. It is shown once and not kept.", "", "Example:",
            "  safeconduct authority case open --region town --from 2026-11-20T18 --until 2026-11-20T22"})
    int open(@Mixin DataOption data,
             @Option(names = "--region", required = true, paramLabel = "ID", description = "The region whose phones are warned.") String region,
             @Option(names = "--from", required = true, paramLabel = "HOUR", description = "The first hour, as 2026-11-20T18, of UTC.") String from,
             @Option(names = "--until", required = true, paramLabel = "HOUR", description = "The last hour, as 2026-11-20T22, of UTC.") String until)
            throws IOException {
        Hour first = hour(from);
        Hour last = hour(until);
        try (DataOption.Opened office = data.open(context)) {
            Cases.Opened opened = Cases.of(office.desk()).open(region, first, last);
            Terminal terminal = context.terminal();
            terminal.line(terminal.good("opened case " + opened.number()));
            terminal.line("  token    " + terminal.strong(opened.token().text()) + terminal.quiet("   for the venue, once"));
            terminal.line("  hours    " + span(first, last));
            terminal.note("Next: the venue uploads; then `authority case show " + opened.number() + "`.");
            return Exit.OK;
        }
    }

    @Command(name = "list", description = "All cases, their hours and how far each has come.", footer = {"", "Example:", "  safeconduct authority case list"})
    int list(@Mixin DataOption data) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            List<StoredCase> cases = Cases.of(office.desk()).list();
            cases.forEach(stored -> context.terminal().line("%4d  %-9s  %s".formatted(stored.number(), stored.state().word(), span(stored))));
            if (cases.isEmpty()) {
                context.terminal().note("There is no case. `authority case open` opens one.");
            }
            return Exit.OK;
        }
    }

    @Command(name = "show", description = "One case: its hours, and the venue and hours that it sent.", footer = {"", "Example:", "  safeconduct authority case show 1"})
    int show(@Mixin DataOption data, @Parameters(paramLabel = "NUMBER", description = "The case.") long number) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            Cases.Shown shown = Cases.of(office.desk()).show(number);
            print(shown, shown.hours());
            return Exit.OK;
        }
    }

    @Command(name = "confirm", description = "Look at what venues sent, and warn their visitors. It cannot be taken back.",
        footer = {"", "The authority adds its own half of every key and opens a test visit before anything is published. Type `publish` when",
            "venues and hours are right; anything else leaves the cases as they are. Cases confirmed together go into one batch",
            "for each region, which tells less of each of them and is less to fetch.", "", "Examples:",
            "  safeconduct authority case confirm 1 --advice test", "  safeconduct authority case confirm 2 3 5 --advice watch"})
    int confirm(@Mixin DataOption data,
                @Parameters(paramLabel = "NUMBER", arity = "1..*", description = "The cases.") List<Long> numbers,
                @Option(names = "--advice", required = true, paramLabel = "ADVICE",
                    description = "What visitors should do: watch (for signs of illness), test, keep_away (from others, and be tested), call (the authority).") Notice.Advice advice)
            throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            Cases cases = Cases.of(office.desk());
            TreeSet<Long> all = new TreeSet<>(numbers);
            all.forEach(number -> look(cases, number));
            context.terminal().note("Type `" + GO + "` to warn the visitors of these hours:");
            String typed = context.input().readLine();
            if (typed == null || !typed.strip().equals(GO)) {
                throw CommandException.usage("Nothing was published. What waits can be confirmed later; `authority case withdraw NUMBER` closes a case.");
            }
            List<Named> regions = Authorities.find(office.desk().register()).orElseThrow().line().regions();
            cases.confirm(all, new Notice(advice, LocalDate.ofInstant(context.now(), ZoneOffset.UTC)))
                .forEach(published -> told(regions.get(published.region()).id(), published));
            context.terminal().note("What the venue" + (all.size() > 1 ? "s" : "") + " sent is destroyed.");
            return Exit.OK;
        }
    }

    private void look(Cases cases, long number) {
        Cases.Shown shown = cases.show(number);
        List<VenueHour> hours = cases.remembered(shown);
        print(shown, hours);
        if (hours.size() < shown.hours().size()) {
            context.terminal().note(Wording.count(shown.hours().size() - hours.size(), "hour is", "hours are") + " over the retention time and left out.");
        }
    }

    private void told(String region, Publication.Published published) {
        Terminal terminal = context.terminal();
        terminal.line(terminal.good("published ") + Wording.count(published.warnings(), "warning", "warnings") + " in " + region + terminal.quiet("   filled up with others that warn of nothing"));
        terminal.line("  batch    /warnings/batch/" + published.file().hex() + ", " + Wording.count(published.bytes(), "byte", "bytes"));
        terminal.line("  slips    for visitors without a phone, also in /warnings/slips:");
        for (AuthorityTables.Slip slip : published.slips()) {
            terminal.line("           " + Time.print(new Hour(slip.hour()).start()) + " " + slip.code());
        }
    }

    @Command(name = "withdraw", description = "Close a case without a warning, and destroy what the venue sent.",
        footer = {"", "A published warning cannot be withdrawn: phones have read it.", "", "Example:", "  safeconduct authority case withdraw 1"})
    int withdraw(@Mixin DataOption data, @Parameters(paramLabel = "NUMBER", description = "The case.") long number) throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            Cases.of(office.desk()).withdraw(number);
            context.terminal().line("case " + number + " is withdrawn; what the venue sent is destroyed, and the token is of no use");
            return Exit.OK;
        }
    }

    private void print(Cases.Shown shown, List<VenueHour> hours) {
        Terminal terminal = context.terminal();
        terminal.line("case " + shown.stored().number() + "   " + shown.stored().state().word() + "   " + span(shown.stored()));
        if (shown.stored().state() == StoredCase.State.OPEN) {
            terminal.note("The venue has not uploaded yet.");
        }
        VenueCode before = null;
        for (int i = 0; i < hours.size(); i++) {
            VenueHour hour = hours.get(i);
            if (!hour.venue().equals(before)) {
                before = hour.venue();
                Poster poster = before.poster();
                terminal.line("  " + terminal.strong(Terminal.plain(poster.name())) + ", " + Terminal.plain(poster.place())
                    + poster.room().map(room -> ", " + Terminal.plain(room)).orElse(""));
            }
            int first = i;
            while (i + 1 < hours.size() && hours.get(i + 1).venue().equals(before) && hours.get(i + 1).hour().equals(hours.get(i).hour().plus(1))) {
                i++;
            }
            terminal.line("    " + span(hours.get(first).hour(), hours.get(i).hour()));
        }
    }

    private static String span(StoredCase stored) {
        return span(new Hour(stored.from()), new Hour(stored.until()));
    }

    /** From the beginning of the first hour to the end of the last. */
    private static String span(Hour from, Hour until) {
        boolean sameDay = from.number() / 24 == until.number() / 24;
        return HOUR.format(from.start()) + " to " + (sameDay ? END : HOUR).format(until.plus(1).start()) + " UTC";
    }

    private static Hour hour(String text) {
        try {
            return Hour.of(Time.parse(text.length() == "2026-11-20T18".length() ? text + ":00:00Z" : text));
        } catch (MalformedException e) {
            throw CommandException.usage(Terminal.plain(text) + " is no hour. Write it as 2026-11-20T18, of UTC.");
        }
    }
}
