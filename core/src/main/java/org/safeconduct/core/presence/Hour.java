package org.safeconduct.core.presence;

import java.time.Instant;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.crypto.MalformedException;

/**
 * An hour of the clock in UTC, the finest time of a visit (spec/presence.md section 3.2).
 *
 * @param number hours since 1970, 0 to 2^31-1
 */
public record Hour(int number) implements Comparable<Hour> {
    private static final int SECONDS = 3600;

    public Hour {
        if (number < 0) {
            throw new IllegalArgumentException("An hour is not before 1970.");
        }
    }

    /** Returns the hour that holds this time. */
    public static Hour of(Instant time) {
        return new Hour(Math.toIntExact(Math.floorDiv(time.getEpochSecond(), SECONDS)));
    }

    /** @throws MalformedException if the number is not that of an hour */
    static Hour parse(long number) throws MalformedException {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedException("There is no such hour.");
        }
        return new Hour((int) number);
    }

    /** Returns its first second. */
    public Instant start() {
        return Instant.ofEpochSecond((long) number * SECONDS);
    }

    /** Returns the hour so many later, or earlier. */
    public Hour plus(int hours) {
        return new Hour(Math.addExact(number, hours));
    }

    /** Returns I2OSP(hour, 4). */
    byte[] bytes() {
        return Bytes.i2osp(number, 4);
    }

    @Override
    public int compareTo(Hour other) {
        return Integer.compare(number, other.number);
    }
}
