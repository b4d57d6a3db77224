package org.safeconduct.app.cli;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Texts;
import org.safeconduct.crypto.MalformedException;

/** How names, times and numbers of the register read on a terminal. */
final class Wording {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private Wording() {}

    /** The user's language by the environment, as a register writes it; English if it says nothing. */
    static String language(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG").map(environment::get)
            .filter(value -> value != null && !value.isEmpty()).findFirst()
            .filter(value -> value.matches("[a-z]{2,3}([_.@].*)?")).map(value -> value.replaceAll("[_.@].*", "")).orElse("en");
    }

    /** The text in the user's language, or in the office's first one. */
    static String text(Texts texts, Office office, Context context) {
        return Terminal.plain(texts.in(language(context.environment()), office.languages().getFirst()));
    }

    /** From when until when an epoch lasts, in the scheme's zone. */
    static String span(Epoch epoch, Scheme scheme) {
        ZoneId zone = zone(scheme);
        return MINUTE.format(epoch.from().atZone(zone)) + " to " + MINUTE.format(epoch.until().atZone(zone));
    }

    /** A day in the scheme's zone. */
    static String day(Instant time, Scheme scheme) {
        return DAY.format(time.atZone(zone(scheme)));
    }

    /** A time of day in the scheme's zone, with seconds. */
    static String clock(Instant time, Scheme scheme) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(time.atZone(zone(scheme)).toLocalTime().withNano(0));
    }

    /** The zone name is for display only, so one that this machine does not know is shown as UTC. */
    private static ZoneId zone(Scheme scheme) {
        try {
            return ZoneId.of(scheme.zone());
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** That one of two clocks is wrong, and which one is likely to be. */
    static String clocks(Acceptance.Ahead ahead, Instant now) {
        return "This device's clock says %s, but the office signed its register at %s. Set date and time; if they are right, the office's are wrong: tell it."
            .formatted(now.truncatedTo(ChronoUnit.SECONDS), ahead.cosigned());
    }

    /** As the other, for every office of a wallet. */
    static void doubtClock(WalletFolder folder, Context context) throws IOException, MalformedException {
        for (KnownOffice office : folder.offices()) {
            doubtClock(office.known(), context);
        }
    }

    /** Says so if a clock is so far from what an office signed that it is likelier wrong than right. */
    static void doubtClock(KnownRegister known, Context context) {
        Instant now = context.now();
        if (known.isFarAhead(now) || known.cosignedAt().filter(signed -> now.isBefore(signed.minus(KnownRegister.DAY))).isPresent()) {
            context.terminal().note(context.terminal().doubtful("This device's clock says " + now + ", but the office last signed at "
                + known.cosignedAt().orElseThrow() + ": set date and time, or fetch its register with `wallet office update`. Nothing is erased meanwhile."));
        }
    }

    /** How long ago, in the largest unit that makes sense. */
    static String age(Optional<Duration> age) {
        if (age.isEmpty()) {
            return "never vouched for";
        }
        Duration past = age.get().isNegative() ? Duration.ZERO : age.get();
        return past.toDays() > 1 ? past.toDays() + " days old" : past.toHours() > 1 ? past.toHours() + " hours old" : count(past.toMinutes(), "minute", "minutes") + " old";
    }

    /** The values at some indexes, each with its attribute's name. */
    static String values(Scheme scheme, Office office, List<Integer> indexes, List<String> values, Context context) {
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < indexes.size(); i++) {
            told.append(told.isEmpty() ? "" : ", ").append(text(scheme.attributes().get(indexes.get(i)).names(), office, context))
                .append(": ").append(Terminal.plain(values.get(i)));
        }
        return told.toString();
    }

    /** "1 pass", "2 passes". */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
