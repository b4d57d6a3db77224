package org.safeconduct.app.office;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Scheme;

/** When the epochs of a scheme begin and end: days, weeks from Monday and months as its zone counts them. */
final class Periods {
    /** Epochs published beyond those that may be fetched, so that devices have seen each a day before (register.md 5.5). */
    private static final int NOTICE_EPOCHS = 2;
    private static final Duration LONGEST_EVENT = Duration.ofDays(31);

    private Periods() {}

    /**
     * Returns when the epochs begin that are to be opened now.
     *
     * @param mains all that were opened, in their order, without spares
     */
    static List<Instant> due(Scheme scheme, List<Epoch> mains, Instant now) {
        Instant running = first(scheme, now);
        // After a pause the next epoch begins with the running period, not with one of the past.
        Instant from = mains.isEmpty() || mains.getLast().until().isBefore(running) ? running : mains.getLast().until();
        long missing = 1 + scheme.ahead() + NOTICE_EPOCHS - mains.stream().filter(epoch -> epoch.until().isAfter(now)).count();
        return Stream.iterate(from, scheme.sunset()::isAfter, begun -> end(scheme, begun)).limit(Math.max(0, missing)).toList();
    }

    /** Returns the beginning of the first epoch of a scheme opened at a time: of the period that runs then. */
    private static Instant first(Scheme scheme, Instant now) {
        LocalDate today = now.atZone(zone(scheme)).toLocalDate();
        return switch (scheme.kind()) {
            case DAY -> start(scheme, today);
            case WEEK -> start(scheme, today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> start(scheme, today.withDayOfMonth(1));
            case EVENT -> now.truncatedTo(ChronoUnit.SECONDS);
        };
    }

    /** Returns the end of the epoch that begins at a time that {@link #due} or this returned, the sunset at the latest. */
    static Instant end(Scheme scheme, Instant from) {
        LocalDate day = from.atZone(zone(scheme)).toLocalDate();
        Instant end = switch (scheme.kind()) {
            case DAY -> start(scheme, day.plusDays(1));
            case WEEK -> start(scheme, day.plusWeeks(1));
            case MONTH -> start(scheme, day.plusMonths(1));
            case EVENT -> from.plus(LONGEST_EVENT);
        };
        return end.isBefore(scheme.sunset()) ? end : scheme.sunset();
    }

    private static Instant start(Scheme scheme, LocalDate day) {
        return day.atStartOfDay(zone(scheme)).toInstant();
    }

    /** @throws OfficeException if this Java does not know the zone */
    static ZoneId zone(Scheme scheme) {
        try {
            return ZoneId.of(scheme.zone());
        } catch (DateTimeException e) {
            throw new OfficeException("There is no time zone " + scheme.zone() + ". Use a name like Europe/Berlin.", e);
        }
    }
}
