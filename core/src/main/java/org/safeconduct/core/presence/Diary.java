package org.safeconduct.core.presence;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.ibe.IbeCiphertext;

/**
 * The visits of one phone: two slots for every hour of the retention time and the next twelve, with or without a visit,
 * which nobody can tell apart (spec/presence.md section 4).
 *
 * <p>What it stores has the same length, order and look whether its owner went out or stayed at home. It never stores a
 * poster, and it cannot confirm one: even with the poster in hand nothing opens before the hour is warned. Nor does it know
 * which slots hold visits, and it need not: each visit pushes out the older of the two. For one thread.
 */
public final class Diary {
    /** Slots of an hour: a third visit in one hour replaces the first. */
    public static final int SLOTS_AN_HOUR = 2;
    /** Hours prepared beyond the running one: the longest usual stay. */
    public static final int HOURS_AHEAD = Poster.LONGEST_STAY;

    private static final int HOURS_A_DAY = 24;
    private static final int MOST_DAYS = 30;
    private static final int MOST_HOURS = MOST_DAYS * HOURS_A_DAY + HOURS_AHEAD;

    private final int days;
    /** The two slots of each hour; of one that is not over, the slot that came later stands behind the other. */
    private final TreeMap<Hour, Slot[]> slots = new TreeMap<>();

    private Diary(int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("A diary keeps 1 to " + MOST_DAYS + " days.");
        }
        this.days = days;
    }

    /**
     * A new diary full of dummies.
     *
     * @param days the retention of the owner's authority, 1 to 30; visits to venues of others fit in as well
     */
    public static Diary create(int days, Instant now, SecureRandom random) {
        Diary diary = new Diary(days);
        diary.tend(now, random);
        return diary;
    }

    /**
     * Reads what {@link #bytes} wrote; {@link #tend} comes next.
     *
     * @throws MalformedException if the slots are not two for each of consecutive hours, or one holds no ciphertext
     */
    public static Diary parse(byte[] stored, int days) throws MalformedException {
        int each = SLOTS_AN_HOUR * Slot.BYTES;
        if (stored.length == 0 || stored.length % each != 0 || stored.length / each > MOST_HOURS) {
            throw new MalformedException("A diary is of no length that it can have.");
        }
        Diary diary = new Diary(days);
        for (int at = 0; at < stored.length; at += each) {
            Slot first = Slot.parse(Arrays.copyOfRange(stored, at, at + Slot.BYTES));
            Slot second = Slot.parse(Arrays.copyOfRange(stored, at + Slot.BYTES, at + each));
            boolean follows = diary.slots.isEmpty() || first.hour().equals(diary.slots.lastKey().plus(1));
            if (!follows || !second.hour().equals(first.hour())) {
                throw new MalformedException("A diary does not have two slots for each hour in turn.");
            }
            diary.slots.put(first.hour(), new Slot[] {first, second});
        }
        return diary;
    }

    /** Returns all slots, 164 bytes each, sorted by hour: always as many for the same retention time. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        slots.values().forEach(pair -> {
            for (Slot slot : pair) {
                all.writeBytes(slot.bytes());
            }
        });
        return all.toByteArray();
    }

    /**
     * Erases what is older than the retention time, makes dummies for the hours to come, and shuffles the two slots of every
     * hour that is over. Call it at every start and every hour, and store {@link #bytes} each time, whether or not there was
     * a visit.
     */
    public void tend(Instant now, SecureRandom random) {
        Hour running = Hour.of(now);
        Hour oldest = running.plus(1 - days * HOURS_A_DAY);
        Hour last = running.plus(HOURS_AHEAD);
        slots.headMap(oldest).clear();
        slots.tailMap(last, false).clear(); // from a clock that was ahead
        for (Hour hour = oldest; hour.compareTo(last) <= 0; hour = hour.plus(1)) {
            slots.computeIfAbsent(hour, h -> new Slot[] {Slot.dummy(h, random), Slot.dummy(h, random)});
        }
        // No visit begins in them any more, so that nobody needs to know which slot came later, and nobody learns it.
        slots.headMap(running).replaceAll((_, pair) -> random.nextBoolean() ? pair : new Slot[] {pair[1], pair[0]});
    }

    /** Seals a visit into the running hour and those of the usual stay after it (4.2). Then forget the venue. */
    public void checkIn(Venue venue, Instant now, SecureRandom random) {
        tend(now, random);
        Hour running = Hour.of(now);
        for (int i = 0; i < venue.poster().stay(); i++) {
            Hour hour = running.plus(i);
            Slot later = slots.get(hour)[1];
            slots.put(hour, new Slot[] {later, new Slot(hour, venue.seal(hour, random))});
        }
    }

    /**
     * Tries every warning against the two slots of its hour (section 7). Nobody is told.
     *
     * @return what was opened, in the order of the warnings
     */
    public List<Match> match(Collection<Warning> warnings) {
        Map<Hour, List<IbeCiphertext.Prepared>> prepared = new HashMap<>();
        List<Match> matches = new ArrayList<>();
        for (Warning warning : warnings) {
            for (IbeCiphertext.Prepared slot : prepared.computeIfAbsent(warning.hour(), this::prepare)) {
                Optional<Notice> notice = slot.decrypt(warning.key(), warning.identity().bytes()).flatMap(warning::open);
                notice.ifPresent(n -> matches.add(new Match(warning.hour(), n)));
            }
        }
        return matches;
    }

    private List<IbeCiphertext.Prepared> prepare(Hour hour) {
        return Arrays.stream(slots.getOrDefault(hour, new Slot[0])).map(slot -> slot.sealed().prepare()).toList();
    }

    /** Says nothing of the visits, not even whether there are any. */
    @Override
    public String toString() {
        return "Diary[secret]";
    }
}
