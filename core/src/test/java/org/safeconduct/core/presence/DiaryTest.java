package org.safeconduct.core.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.ibe.IbeCiphertext;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;

/** What a phone keeps, and what a thief of it learns. */
class DiaryTest {
    private static final int PAIR = 2 * Slot.BYTES;
    private static final int STORED_HOURS = 14 * 24 + Diary.HOURS_AHEAD;

    private final Town town = new Town();
    private final Diary diary = town.diary();

    private static List<String> slots(byte[] stored) {
        List<String> slots = new ArrayList<>();
        for (int at = 0; at < stored.length; at += Slot.BYTES) {
            slots.add(Hex.print(Arrays.copyOfRange(stored, at, at + Slot.BYTES)));
        }
        return slots;
    }

    private static List<String> hours(byte[] stored) {
        return slots(stored).stream().map(slot -> slot.substring(0, 8)).toList();
    }

    private List<Match> opened(Diary of, VenueCode poster, Hour... hours) {
        return of.match(town.warnings(poster, hours));
    }

    @Test
    void hasTwoSlotsForEveryHourOfTheRetentionTimeAndTheNextTwelve() {
        byte[] stored = diary.bytes();
        assertEquals(672 + 2 * Diary.HOURS_AHEAD, slots(stored).size());
        assertEquals(STORED_HOURS * PAIR, stored.length);
        for (int i = 0; i < STORED_HOURS; i++) {
            String hour = Hex.print(Town.HOUR.plus(1 - 14 * 24 + i).bytes());
            assertEquals(List.of(hour, hour), hours(stored).subList(2 * i, 2 * i + 2));
        }
    }

    @Test
    void readsWhatItWrote() throws Exception {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        Diary read = Diary.parse(diary.bytes(), 14);
        assertArrayEquals(diary.bytes(), read.bytes());
        assertEquals(2, opened(read, town.cafe, Town.HOUR, Town.HOUR.plus(1)).size());
    }

    @Test
    void checkInReplacesOneSlotOfEachHourOfTheStayAndNothingElse() {
        List<String> before = slots(diary.bytes());
        diary.checkIn(town.scan(town.choir), Town.NOON, town.random);
        List<String> after = slots(diary.bytes());
        assertEquals(before.stream().map(slot -> slot.substring(0, 8)).toList(), after.stream().map(slot -> slot.substring(0, 8)).toList());
        Set<String> changed = new HashSet<>(after);
        changed.removeAll(before);
        List<String> hours = changed.stream().map(slot -> slot.substring(0, 8)).sorted().toList();
        assertEquals(List.of(0, 1, 2).stream().map(i -> Hex.print(Town.HOUR.plus(i).bytes())).toList(), hours);
    }

    @Test
    void visitsOpenByTheirWarningAndByNoOther() {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        assertEquals(List.of(new Match(Town.HOUR, Town.NOTICE)), opened(diary, town.cafe, Town.HOUR));
        assertEquals(List.of(new Match(Town.HOUR.plus(1), Town.NOTICE)), opened(diary, town.cafe, Town.HOUR.plus(1)));
        assertEquals(List.of(), opened(diary, town.cafe, Town.HOUR.plus(2), Town.HOUR.plus(-1)));
        assertEquals(List.of(), opened(diary, town.choir, Town.HOUR, Town.HOUR.plus(1)));
    }

    /** A stolen phone: same length, same order, and no statistics of the bytes tell a visit from a dummy. */
    @Test
    void storedVisitsAndDummiesCannotBeToldApart() {
        Diary athome = town.diary();
        Venue venue = town.scan(town.choir);
        for (int i = 0; i < 100; i++) {
            Instant now = Town.NOON.plus(Duration.ofHours(3L * i));
            diary.checkIn(venue, now, town.random);
            athome.tend(now, town.random);
            assertEquals(hours(athome.bytes()), hours(diary.bytes()));
        }
        List<String> busy = slots(diary.bytes());
        List<String> quiet = slots(athome.bytes());
        assertEquals(quiet.size(), busy.size());
        assertEquals(busy.size(), new HashSet<>(busy).size(), "nothing repeats");
        assertEquals(0.0, skew(busy), 6.0);
        assertEquals(0.0, skew(quiet), 6.0);
    }

    private static IbeCiphertext sealed(String slot) {
        try {
            return IbeCiphertext.parse(Hex.parse(slot.substring(8), IbeCiphertext.BYTES));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** The largest deviation of a bit's mean from a half over all bits of V and W, in standard deviations. */
    private static double skew(List<String> slots) {
        int from = 2 * (4 + 96);
        double worst = 0;
        for (int digit = from; digit < 2 * Slot.BYTES; digit++) {
            for (int bit = 0; bit < 4; bit++) {
                int ones = 0;
                for (String slot : slots) {
                    ones += Character.digit(slot.charAt(digit), 16) >>> bit & 1;
                }
                worst = Math.max(worst, Math.abs(ones - slots.size() / 2.0) / Math.sqrt(slots.size() / 4.0));
            }
        }
        return worst;
    }

    /** A thief with all posters in hand, and a venue that kept everything it ever made: no slot opens. */
    @Test
    void noVenueCanBeConfirmedWithoutItsWarning() throws Exception {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        IbeSecretKey any = IbeSecretKey.random(town.random);
        for (VenueCode poster : town.sheet.posters()) {
            for (int i = 0; i < 2; i++) {
                Hour hour = Town.HOUR.plus(i);
                byte[] identity = poster.identity(hour).bytes();
                IdentityKey venue = town.sheet.part(poster, hour).part();
                IdentityKey authority = Example.TRACING_KEY.extract(identity);
                IdentityKey otherHour = town.warnings(poster, hour.plus(2)).getFirst().key();
                IdentityKey stranger = any.extract(identity);
                for (IdentityKey key : List.of(venue, authority, otherHour, stranger, venue.plus(otherHour))) {
                    assertEquals(0, tried(hour, key, identity));
                }
                assertEquals(poster.equals(town.cafe) ? 1 : 0, tried(hour, venue.plus(authority), identity));
            }
        }
    }

    private long tried(Hour hour, IdentityKey key, byte[] identity) {
        return slots(diary.bytes()).stream().filter(slot -> slot.startsWith(Hex.print(hour.bytes())))
                .filter(slot -> sealed(slot).decrypt(key, identity).isPresent()).count();
    }

    /** Who holds the phone and the key of an hour that is over does not learn whether another visit came after that one. */
    @Test
    void orderOfAnHoursSlotsTellsNothingOnceItIsOver() throws Exception {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        byte[] one = diary.bytes();
        diary.checkIn(town.scan(town.choir), Town.NOON, town.random);
        for (byte[] stored : List.of(one, diary.bytes())) {
            Set<Integer> places = new HashSet<>();
            Diary later = Diary.parse(stored, 14);
            for (int i = 0; i < 64; i++) {
                later.tend(Town.NOON.plus(Duration.ofHours(1)), town.random);
                places.add(place(later));
            }
            assertEquals(Set.of(0, 1), places);
        }
    }

    /** Where the visit to the café lies among the two slots of its hour. */
    private int place(Diary of) {
        byte[] identity = town.cafe.identity(Town.HOUR).bytes();
        IdentityKey key = town.warnings(town.cafe, Town.HOUR).getFirst().key();
        List<String> pair = slots(of.bytes()).stream().filter(slot -> slot.startsWith(Hex.print(Town.HOUR.bytes()))).toList();
        return sealed(pair.getFirst()).decrypt(key, identity).isPresent() ? 0 : 1;
    }

    @Test
    void slotsAreErasedWhenTheRetentionTimeIsOver() {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        Set<String> early = new HashSet<>(slots(diary.bytes()));
        diary.tend(Town.NOON.plus(Duration.ofDays(14).minusHours(1)), town.random);
        assertEquals(1, opened(diary, town.cafe, Town.HOUR).size(), "the last hour of fourteen days");
        diary.tend(Town.NOON.plus(Duration.ofDays(14)), town.random);
        assertEquals(List.of(), opened(diary, town.cafe, Town.HOUR));
        assertEquals(1, opened(diary, town.cafe, Town.HOUR.plus(1)).size());
        diary.tend(Town.NOON.plus(Duration.ofDays(100)), town.random);
        assertEquals(STORED_HOURS * PAIR, diary.bytes().length);
        assertFalse(slots(diary.bytes()).stream().anyMatch(early::contains), "nothing old is left");
    }

    @Test
    void keepsTheLastTwoVisitsOfAnHourAlsoWhenItIsReadAnewBetweenThem() throws Exception {
        Diary read = diary;
        for (VenueCode visit : List.of(town.cafe, town.choir)) {
            read.checkIn(town.scan(visit), Town.NOON, town.random);
            read = Diary.parse(read.bytes(), 14);
        }
        assertEquals(1, opened(read, town.cafe, Town.HOUR).size());
        assertEquals(1, opened(read, town.choir, Town.HOUR).size());
        read.checkIn(town.scan(town.choir), Town.NOON, town.random);
        assertEquals(0, opened(read, town.cafe, Town.HOUR).size());
        assertEquals(2, opened(read, town.choir, Town.HOUR).size());
    }

    @Test
    void anHourThatAVisitMightHaveLastedIntoGivesWayToThoseThatBegin() {
        Instant next = Town.NOON.plus(Duration.ofHours(1));
        diary.checkIn(town.scan(town.choir), Town.NOON, town.random);
        for (int i = 0; i < 2; i++) {
            diary.checkIn(town.scan(town.cafe), next, town.random);
        }
        assertEquals(1, opened(diary, town.choir, Town.HOUR).size());
        assertEquals(List.of(), opened(diary, town.choir, Town.HOUR.plus(1)));
        assertEquals(2, opened(diary, town.cafe, Town.HOUR.plus(1)).size());
    }

    @Test
    void matchesNothingAmongDummiesAndHoursItDoesNotHold() {
        assertEquals(List.of(), diary.match(town.batch(null, List.of()).warnings()));
        assertEquals(List.of(), diary.match(town.warnings(town.cafe, Town.HOUR.plus(-14 * 24), Town.HOUR.plus(400))));
    }

    @Test
    void saysNothingWhenPrinted() {
        assertEquals("Diary[secret]", diary.toString());
        assertFalse(town.scan(town.cafe).toString().contains("Caf"));
        assertEquals("Match[secret]", new Match(Town.HOUR, Town.NOTICE).toString());
    }

    @Test
    void refusesWhatIsNoDiary() {
        byte[] stored = Arrays.copyOf(diary.bytes(), 3 * PAIR);
        byte[] first = Arrays.copyOf(stored, PAIR);
        byte[] third = Arrays.copyOfRange(stored, 2 * PAIR, 3 * PAIR);
        byte[] mixed = Bytes.join(Arrays.copyOf(stored, Slot.BYTES), Arrays.copyOfRange(stored, PAIR, PAIR + Slot.BYTES));
        byte[] noPoint = first.clone();
        Arrays.fill(noPoint, 4, 100, (byte) 0);
        byte[] beyond = first.clone();
        beyond[0] = beyond[Slot.BYTES] = (byte) 0x80;
        for (byte[] bad : List.of(new byte[0], Arrays.copyOf(stored, PAIR - 1), Arrays.copyOf(stored, PAIR + Slot.BYTES), Bytes.join(first, first),
                Bytes.join(first, third), Bytes.join(third, first), mixed, noPoint, beyond, new byte[PAIR * 1000])) {
            assertThrows(MalformedException.class, () -> Diary.parse(bad, 14));
        }
    }
}
