package org.safeconduct.core.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.safeconduct.crypto.MalformedException;

/** The one way to write a time: {@code YYYY-MM-DDThh:mm:ssZ}, years 2020 to 2199 (spec/register.md section 1.5). */
public final class Time {
    /** The first time that can be written. */
    public static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    /** The last time that can be written. */
    public static final Instant LAST = Instant.parse("2199-12-31T23:59:59Z");

    private static final Pattern FORM = Pattern.compile("2[01]\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Time() {}

    /** @throws MalformedException if the text is not a real UTC date and time in this form */
    public static Instant parse(String text) throws MalformedException {
        try {
            if (FORM.matcher(text).matches() && text.compareTo("2020") > 0) {
                return LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            throw new MalformedException("There is no such date or time.", e);
        }
        throw new MalformedException("A time is written YYYY-MM-DDThh:mm:ssZ, years 2020 to 2199.");
    }

    /** Returns what is remembered of a device's clock, which may stand anywhere: whole seconds of the years 2020 to 2199. */
    public static Instant ofClock(Instant clock) {
        Instant time = clock.isBefore(FIRST) ? FIRST : clock.isAfter(LAST) ? LAST : clock;
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @param time whole seconds, years 2020 to 2199; otherwise {@link IllegalArgumentException} */
    public static String print(Instant time) {
        String text = FORMAT.format(time.atOffset(ZoneOffset.UTC));
        if (time.getNano() != 0 || !FORM.matcher(text).matches() || text.compareTo("2020") < 0) {
            throw new IllegalArgumentException("A time here has whole seconds and a year from 2020 to 2199.");
        }
        return text;
    }
}
