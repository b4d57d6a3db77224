package org.safeconduct.app.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who redeems when more come than can be served. */
class TurnsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Whole seconds rounded up, and up to one more by chance: so late clients come, more or less. */
    private static final double LATE = 1.0;

    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private OfficeKeys keys;
    private Turns turns;

    @BeforeEach
    void open() throws IOException {
        keys = OfficeKeys.create(OperatorKey.create(folder.resolve("key"), RANDOM), RANDOM);
        turns = new Turns(keys, () -> now);
    }

    private List<Turns.Place> crowd(int people) {
        List<Turns.Place> places = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            turns.enter(Optional.empty()).ifPresent(places::add);
        }
        return places;
    }

    @Test
    void everybodyIsLetInUpToTheBoundAndAPlaceIsGivenBeyond() {
        assertEquals(10_000 - Turns.MOST_AT_ONCE, crowd(10_000).size());
    }

    @Test
    void turnsAreSpreadAtThePaceAtWhichPeopleAreServed() {
        List<Turns.Place> places = crowd(Turns.MOST_AT_ONCE + 10_000);
        double expected = 10_000.0 / (Turns.LEAST_PACE * Runtime.getRuntime().availableProcessors());
        assertEquals(0.4 + expected / 1.15 - LATE, places.getLast().after().toMillis() / 1000.0, 0.1, "the first turn comes after 0.4 s, and clients come late");
        for (int i = 1; i < places.size(); i++) {
            assertFalse(places.get(i).after().compareTo(places.get(i - 1).after()) < 0, "first come, first served");
        }
    }

    @Test
    void paceIsTheBestSeenLatelyAndIsForgottenSlowly() {
        int best = 4 * Turns.LEAST_PACE * Runtime.getRuntime().availableProcessors();
        for (int served = best; served > 0; served = served == best ? 1 : 0) {
            for (int i = 0; i < served; i++) {
                turns.served();
            }
            now = now.plusSeconds(1);
        }
        assertEquals(0.4 + 10_000.0 / 1.15 / best - LATE, crowd(Turns.MOST_AT_ONCE + 10_000).getLast().after().toMillis() / 1000.0, 0.1);
        turns.served();
        now = now.plusSeconds(20);
        turns.served();
        Turns.Place place = crowd(10_000).getLast();
        now = now.plus(place.after());
        turns.served();
        double slower = crowd(10_000).getLast().after().toMillis() / 1000.0;
        assertTrue(slower > 10_000.0 / best - LATE && slower < 20_000.0 / best, "after a crowded second in which hardly anybody was served: " + slower);
    }

    @Test
    void placeCountsForAnHourAfterItsTurnAndThenIsNone() {
        Turns.Place place = crowd(Turns.MOST_AT_ONCE + 5_000).getLast();
        now = now.plus(place.after()).plus(Turns.KEPT).minusSeconds(1);
        assertTrue(turns.enter(Optional.of(place.text())).isEmpty(), "let in before those who have just arrived");
        now = now.plusSeconds(2);
        crowd(10_000);
        Turns.Place again = turns.enter(Optional.of(place.text())).orElseThrow();
        assertFalse(again.text().equals(place.text()), "a new turn, behind the others");
    }

    @Test
    void whoHasATokenIsServedAndCountsAsInWork() {
        for (int i = 0; i < 2 * Turns.MOST_AT_ONCE; i++) {
            turns.begin();
        }
        assertTrue(turns.enter(Optional.empty()).isPresent());
    }

    @Test
    void whoComesBackAtTheTurnGoesBeforeWhoHasJustArrived() {
        Turns.Place first = crowd(Turns.MOST_AT_ONCE + 5_000).get(4_000);
        now = now.plus(first.after());
        for (int i = 0; i < Turns.KEPT_FREE; i++) {
            turns.leave();
        }
        assertTrue(turns.enter(Optional.empty()).isPresent(), "turns that were promised come first");
        assertTrue(turns.enter(Optional.of(first.text())).isEmpty());
    }

    @Test
    void whoComesTooEarlyOrFindsItFullKeepsTheTurn() {
        Turns.Place first = crowd(Turns.MOST_AT_ONCE + 5_000).get(4_000);
        assertEquals(first, turns.enter(Optional.of(first.text())).orElseThrow());
        now = now.plus(first.after()).plusSeconds(60);
        int letIn = 0;
        while (turns.enter(Optional.of(first.text())).isEmpty()) {
            letIn++;
        }
        assertEquals(Turns.KEPT_FREE, letIn);
        assertEquals(first.text(), turns.enter(Optional.of(first.text())).orElseThrow().text());
    }

    @Test
    void everyNodeReadsThePlacesOfTheOthersAndAForgedOneIsNone() {
        Turns.Place place = crowd(Turns.MOST_AT_ONCE + 2_000).getLast();
        turns = new Turns(keys, () -> now);
        crowd(Turns.MOST_AT_ONCE + 1);
        assertEquals(place.text(), turns.enter(Optional.of(place.text())).orElseThrow().text());
        String forged = (place.text().startsWith("A") ? "B" : "A") + place.text().substring(1);
        for (String other : List.of(forged, "", "=", "A".repeat(200), place.text().substring(1))) {
            assertFalse(turns.enter(Optional.of(other)).orElseThrow().text().equals(other));
        }
    }

    @Test
    void whileHardlyAnybodyRedeemsNobodyIsSentAway() {
        crowd(Turns.MOST_AT_ONCE + 50_000);
        for (int i = 0; i < Turns.MOST_AT_ONCE; i++) {
            turns.leave();
        }
        assertEquals(Turns.IDLE, 1_000 - crowd(1_000).size(), "whatever was promised to those who are not here");
    }
}
