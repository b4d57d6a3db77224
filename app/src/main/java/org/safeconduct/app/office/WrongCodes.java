package org.safeconduct.app.office;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that somebody tries codes out, without knowing who: it counts the wrong codes of all clients together in a
 * short window and forgets them. Codes have 128 bits and second codes lock, so that a shared limit is enough; right codes
 * are served whatever the count, so that nobody can be locked out by it.
 */
public final class WrongCodes {
    /** One count lasts so long. */
    public static final Duration WINDOW = Duration.ofSeconds(10);
    /** More wrong codes than this in a window are too many; a city's typing errors stay far below. */
    public static final int MOST = 200;

    private long window;
    private int count;

    /** None yet. */
    public WrongCodes() {}

    /** Counts a wrong code; returns whether there are too many. */
    public synchronized boolean count(Instant now) {
        boolean before = tooMany(now);
        count = Math.min(count + 1, MOST);
        return before;
    }

    /** Returns whether there were too many wrong codes in this window. */
    public synchronized boolean tooMany(Instant now) {
        long current = now.getEpochSecond() / WINDOW.toSeconds();
        if (current != window) {
            window = current;
            count = 0;
        }
        return count >= MOST;
    }
}
