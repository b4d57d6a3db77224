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
 * Who redeems now when more come than can be served (spec/http.md section 6.1). Up to a bound everybody is let in at once.
 * Beyond it each is given a place: a time, signed, one after the other at the pace at which people are served. Who comes
 * back with it at that time goes before those who have just arrived; who comes too early or finds it full keeps it.
 *
 * <p>Nothing is kept here about anybody: the place is with the wallet, and every node of the office reads it. The crowd
 * comes back as it can be served and not all at once, so that refusing costs about one answer a person.
 */
public final class Turns {
    /** Most who redeem at once; more would only make all of them wait longer. */
    static final int MOST_AT_ONCE = 1_200;
    /** So many more of those whose turn has come. */
    static final int KEPT_FREE = 400;
    /** As long as no more than this redeem, nobody is sent away, whatever was promised to those who are not here. */
    static final int IDLE = 64;
    /** The pace assumed for each processor until more are seen; if it was too fast, some come back a second time. */
    static final int LEAST_PACE = 500;

    /** About as long as those who were let in at once keep us busy; nobody comes back sooner than a second after all. */
    private static final long FIRST_TURN_MILLIS = 400;
    private static final long SOONEST_MILLIS = 1_000;
    private static final int TIME = 8;
    private static final int MAC = Hash.LENGTH;

    private final OfficeKeys keys;
    private final InstantSource clock;
    private int redeeming;
    /** In microseconds since 1970: several turns share a millisecond. */
    private long nextTurn;
    private long second;
    private int thisSecond;
    private int lastSecond;

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
        Optional<Long> turn = place.flatMap(this::read);
        long now = clock.millis();
        long promised;
        synchronized (this) {
            boolean myTurn = turn.isPresent() && turn.get() <= now;
            int bound = redeeming < IDLE ? IDLE : myTurn ? MOST_AT_ONCE + KEPT_FREE : nextTurn > 1000 * now ? 0 : MOST_AT_ONCE;
            if (redeeming < bound) {
                redeeming++;
                return Optional.empty();
            }
            promised = turn.orElseGet(() -> promise(now));
        }
        return Optional.of(new Place(print(promised), Duration.ofMillis(Math.max(SOONEST_MILLIS, promised - now))));
    }

    /** Says that somebody who was let in has gone. */
    public synchronized void leave() {
        redeeming--;
        long current = clock.millis() / 1000;
        if (current != second) {
            lastSecond = current == second + 1 ? thisSecond : 0;
            thisSecond = 0;
            second = current;
        }
        thisSecond++;
    }

    /** The next free time. A tenth faster than people are served, so that nobody's absence leaves a gap. */
    private long promise(long now) {
        double pace = Math.max(LEAST_PACE * Runtime.getRuntime().availableProcessors(), lastSecond * 1.1);
        nextTurn = Math.max(nextTurn, 1000 * (now + FIRST_TURN_MILLIS)) + (long) (1_000_000 / pace);
        return nextTurn / 1000;
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
