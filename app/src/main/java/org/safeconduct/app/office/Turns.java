package org.safeconduct.app.office;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;

/**
 * Who is let in when more come than can be served (spec/http.md section 6.1). Up to a bound everybody is let in at once.
 * Beyond it each is given a place: a time, signed, one after the other at the pace at which people are served. Who comes
 * back with it at that time goes before those who have just arrived; who comes too early or finds it full keeps it.
 *
 * <p>The bound counts both requests of a person, but only redeeming asks for a turn: whoever has a token is served.
 *
 * <p>Nothing is kept here about anybody: the place is with the wallet, and every node of the office reads it. The crowd
 * comes back as it can be served and not all at once, so that refusing costs about one answer a person.
 */
public final class Turns {
    /** Most in work at once for whom somebody new is let in; more would only make all of them wait longer. */
    static final int MOST_AT_ONCE = 1_600;
    /** So many more for those whose turn has come. */
    static final int KEPT_FREE = 800;
    /** As long as no more than this are in work, nobody is sent away, whatever was promised to those who are not here. */
    static final int IDLE = 128;
    /** The least pace assumed for each processor, whatever was seen; if it was too fast, some come back a second time. */
    static final int LEAST_PACE = 500;

    /** About as long as those who were let in at once keep us busy; nobody comes back sooner than a second after all. */
    private static final long FIRST_TURN_MILLIS = 400;
    private static final long SOONEST_MILLIS = 1_000;
    /**
     * So long before the turn lies the time in the place: waits are told in whole seconds, rounded up, and clients add up to
     * one by chance, so that they come back a second later than they were told, more or less.
     */
    static final long LATE_MILLIS = 1_000;
    /** So long a place counts after its turn: a phone that lay in a pocket comes back in time, and no place opens the door for ever. */
    static final Duration KEPT = Duration.ofHours(1);
    private static final int TIME = 8;
    private static final int MAC = Hash.LENGTH;

    /** Turns are given out somewhat faster than people are served, so that nobody's absence leaves a gap. */
    private static final double AHEAD = 1.15;
    /** What a second in which people were sent away leaves of the best pace seen before it. */
    private static final double FORGETTING = 0.95;

    private final OfficeKeys keys;
    private final InstantSource clock;
    private int inWork;
    /** In microseconds since 1970: several turns share a millisecond. */
    private long nextTurn;
    /** People served in a second, the most seen lately. */
    private double pace = LEAST_PACE * Runtime.getRuntime().availableProcessors();
    private long second;
    private int thisSecond;
    private boolean full;

    Turns(OfficeKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** What somebody is told who must wait: how long at least, and the place to bring along. */
    public record Place(String text, Duration after) {}

    /**
     * Asks to be let in.
     *
     * @param place the text of a place, if one was given
     * @return empty if let in: {@link #leave} must follow; else a place, the same one if it was a good one
     */
    public Optional<Place> enter(Optional<String> place) {
        long now = clock.millis();
        Optional<Long> turn = place.flatMap(this::read).filter(time -> now - time <= KEPT.toMillis());
        long promised;
        synchronized (this) {
            boolean myTurn = turn.isPresent() && turn.get() <= now;
            int bound = inWork < IDLE ? IDLE : myTurn ? MOST_AT_ONCE + KEPT_FREE : nextTurn > 1000 * now ? 0 : MOST_AT_ONCE;
            if (inWork < bound) {
                inWork++;
                return Optional.empty();
            }
            full = true;
            promised = turn.orElseGet(() -> promise(now));
        }
        return Optional.of(new Place(print(promised), Duration.ofMillis(Math.max(SOONEST_MILLIS, promised - now))));
    }

    /** Says that somebody comes for the passes with a token: {@link #leave} must follow. */
    public synchronized void begin() {
        inWork++;
    }

    /** Says that somebody who was let in, or began, has gone. */
    public synchronized void leave() {
        inWork--;
    }

    /** Says that somebody got what she came for. */
    public synchronized void served() {
        long current = clock.millis() / 1000;
        if (current != second) {
            double least = LEAST_PACE * Runtime.getRuntime().availableProcessors();
            pace = Math.max(thisSecond, full ? Math.max(least, pace * FORGETTING) : pace);
            full = false;
            thisSecond = 0;
            second = current;
        }
        thisSecond++;
    }

    /** The next free time. */
    private long promise(long now) {
        nextTurn = Math.max(nextTurn, 1000 * (now + FIRST_TURN_MILLIS)) + (long) (1_000_000 / (pace * AHEAD));
        return nextTurn / 1000 - LATE_MILLIS;
    }

    private String print(long turn) {
        byte[] time = ByteBuffer.allocate(TIME).putLong(turn).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.join(time, keys.placeMac(time).bytes()));
    }

    private Optional<Long> read(String place) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(place);
            byte[] time = Arrays.copyOf(bytes, TIME);
            return bytes.length == TIME + MAC && MessageDigest.isEqual(Arrays.copyOfRange(bytes, TIME, bytes.length), keys.placeMac(time).bytes())
                    ? Optional.of(ByteBuffer.wrap(time).getLong()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
