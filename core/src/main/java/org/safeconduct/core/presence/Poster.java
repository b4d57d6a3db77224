package org.safeconduct.core.presence;

import java.time.Instant;
import java.util.Optional;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/**
 * What a poster says to people (spec/presence.md section 3.1).
 *
 * @param name of the venue, a short text
 * @param place where it is, a short text
 * @param room which of its rooms, a short text
 * @param stay usual stay in hours, 1 to 12
 * @param region index into the authority's regions, 0 to 63
 * @param end when the poster ends, whole seconds before the year 2200
 */
public record Poster(String name, String place, Optional<String> room, VenueKind kind, int stay, int region,
        Optional<Instant> end) {
    /** Longest usual stay, in hours. */
    public static final int LONGEST_STAY = 12;

    static final int MOST_REGIONS = 64;
    /** The first second of the year 2200. */
    static final long LATEST = 7_258_118_400L;

    /** @throws IllegalArgumentException if something is not as described */
    public Poster {
        try {
            Text.check(name, Text.SHORT);
            Text.check(place, Text.SHORT);
            if (room.isPresent()) {
                Text.check(room.get(), Text.SHORT);
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (stay < 1 || stay > LONGEST_STAY || region < 0 || region >= MOST_REGIONS || end.map(Poster::isNoEnd).orElse(false)) {
            throw new IllegalArgumentException("A poster's stay, region or end is out of range.");
        }
    }

    private static boolean isNoEnd(Instant end) {
        return end.getNano() != 0 || end.getEpochSecond() < 0 || end.getEpochSecond() >= LATEST;
    }
}
