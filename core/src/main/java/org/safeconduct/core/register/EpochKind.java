package org.safeconduct.core.register;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** How long the epochs of a scheme are (spec/register.md section 2.5). The hour is for the change of clocks. */
public enum EpochKind {
    /** 23 to 25 hours. */
    DAY(Duration.ofHours(23), Duration.ofHours(25)),
    /** 7 days, give or take an hour. */
    WEEK(Duration.ofDays(7).minusHours(1), Duration.ofDays(7).plusHours(1)),
    /** 28 days less an hour to 31 days and an hour. */
    MONTH(Duration.ofDays(28).minusHours(1), Duration.ofDays(31).plusHours(1)),
    /** At most 31 days. */
    EVENT(Duration.ZERO, Duration.ofDays(31));

    private final Duration shortest;
    private final Duration longest;

    EpochKind(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    boolean isTooShort(Duration length) {
        return length.compareTo(shortest) < 0;
    }

    boolean isTooLong(Duration length) {
        return length.compareTo(longest) > 0;
    }

    /** Returns the word in the scheme line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EpochKind read(Json json) throws MalformedException {
        String word = json.string();
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst()
                .orElseThrow(() -> new MalformedException("An epoch is a day, week, month or event."));
    }
}
