package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.core.register.Example.and;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

class KnownRegisterTest {
    private static final Instant NOW = Example.NOW;
    private static final List<byte[]> EARLY = Example.lines().subList(0, 5);
    private static final List<byte[]> LATE = Example.lines();
    private static final List<byte[]> BRANCH = and(EARLY.subList(0, 4), Example.NEXT_EPOCH, Example.BUILD);

    private static byte[] checkpoint(List<byte[]> lines) {
        return Example.checkpoint(Example.register(lines)).print();
    }

    private static KnownRegister known(List<byte[]> lines) {
        return accepted(KnownRegister.first(lines, checkpoint(lines), NOW));
    }

    private static KnownRegister accepted(Acceptance acceptance) {
        return assertInstanceOf(Acceptance.Accepted.class, acceptance).known();
    }

    @Test
    void theStoryOfAClient() throws MalformedException {
        KnownRegister first = known(EARLY);
        assertTrue(first.hasDaysNotice(3, NOW), "a new client has no day to compare with");
        KnownRegister grown = accepted(first.accept(LATE, checkpoint(LATE), NOW.plus(Duration.ofHours(30))));
        assertEquals(9, grown.register().size());
        assertEquals(NOW, grown.firstSeen(4));
        assertEquals(NOW.plus(Duration.ofHours(30)), grown.firstSeen(5));
        assertFalse(grown.hasDaysNotice(5, NOW.plus(Duration.ofHours(53))));
        assertTrue(grown.hasDaysNotice(5, NOW.plus(Duration.ofHours(54))));
        assertTrue(grown.hasDaysNotice(4, NOW.plus(Duration.ofHours(30))));
        KnownRegister again = KnownRegister.parse(grown.print());
        assertArrayEquals(grown.print(), again.print());
        Acceptance split = again.accept(BRANCH, checkpoint(BRANCH), NOW.plus(Duration.ofHours(31)));
        Acceptance.NotAnExtension evidence = assertInstanceOf(Acceptance.NotAnExtension.class, split);
        assertEquals(grown.checkpoint(), evidence.held());
        assertArrayEquals(checkpoint(BRANCH), evidence.other().print());
    }

    /** A clock that fell back to its maker's day, one that is ahead of everything, and both ends of what can be written. */
    private static final List<Instant> CLOCKS = List.of(Instant.MIN, Instant.EPOCH, Time.FIRST, NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofHours(20)), NOW,
            Time.LAST, Instant.parse("2300-01-01T00:00:00.5Z"), Instant.MAX);

    @Test
    void aWalletWorksWhateverItsClockSays() throws MalformedException {
        for (Instant clock : CLOCKS) {
            boolean lost = clock.isBefore(NOW.minus(Duration.ofDays(1)));
            if (lost) {
                Acceptance.Ahead ahead = assertInstanceOf(Acceptance.Ahead.class, KnownRegister.first(EARLY, checkpoint(EARLY), clock));
                assertEquals(Instant.parse("2027-01-20T06:00:00Z"), ahead.cosigned());
            }
            KnownRegister known = accepted(KnownRegister.first(EARLY, checkpoint(EARLY), lost ? NOW : clock)).saw(clock);
            assertFalse(known.firstSeen(0).isBefore(Instant.parse("2027-01-20T06:00:00Z")), "never before the cosignature");
            assertTrue(known.hasDaysNotice(3, clock) && known.hasDaysNotice(3, NOW));
            if (lost) {
                assertInstanceOf(Acceptance.Ahead.class, known.accept(LATE, checkpoint(LATE), clock));
                assertInstanceOf(Acceptance.Ahead.class, known.accept(EARLY, checkpoint(EARLY), clock));
                assertArrayEquals(known.print(), known.saw(clock).print(), "nothing of such a clock is kept");
            }
            KnownRegister grown = accepted(known.accept(LATE, checkpoint(LATE), lost ? NOW : clock)).saw(clock);
            assertArrayEquals(grown.print(), KnownRegister.parse(grown.print()).print());
            KnownRegister settled = accepted(grown.accept(LATE, checkpoint(LATE), NOW));
            assertTrue(settled.hasDaysNotice(5, NOW.plus(Duration.ofHours(48))), clock.toString());
        }
    }

    @Test
    void theDaysNoticeIsNotOverBecauseAClockWasSetRight() throws MalformedException {
        Instant real = NOW.plus(Duration.ofDays(40));
        for (Instant stuck : List.of(Instant.EPOCH, Instant.parse("2021-01-01T00:00:00Z"))) {
            KnownRegister first = known(EARLY);
            byte[] without = Checkpoint.sign(Example.register(LATE), Example.REGISTER_KEY).print();
            KnownRegister grown = accepted(first.accept(LATE, without, stuck));
            assertFalse(grown.hasDaysNotice(5, real), "first seen by a clock that was lost");
            KnownRegister settled = accepted(grown.accept(LATE, checkpoint(LATE), real));
            assertFalse(settled.hasDaysNotice(5, real));
            assertFalse(settled.hasDaysNotice(5, real.plus(Duration.ofHours(24))));
            assertTrue(settled.hasDaysNotice(5, real.plus(Duration.ofHours(48))));
            assertFalse(accepted(settled.accept(LATE, without, stuck)).hasDaysNotice(5, real), "and not by a fall back");
        }
    }

    /** An office whose clock is wrong, or that means harm, takes no door away until then. */
    @Test
    void aCosignatureMoreThanADayAheadOfTheClockChangesNothing() throws MalformedException {
        KnownRegister known = known(EARLY);
        for (Instant ahead : List.of(NOW.plus(Duration.ofHours(24)).plusSeconds(1), Instant.parse("2099-01-01T00:00:00Z"), Time.LAST)) {
            byte[] early = Checkpoint.parse(checkpoint(EARLY)).cosign(Example.COSIGN_KEY, ahead).print();
            byte[] late = Checkpoint.parse(checkpoint(LATE)).cosign(Example.COSIGN_KEY, ahead).print();
            assertEquals(new Acceptance.Ahead(ahead), KnownRegister.first(EARLY, early, NOW));
            assertEquals(new Acceptance.Ahead(ahead), known.accept(EARLY, early, NOW));
            assertEquals(new Acceptance.Ahead(ahead), known.accept(LATE, late, NOW));
            byte[] other = Checkpoint.parse(checkpoint(BRANCH)).cosign(Example.COSIGN_KEY, ahead).print();
            assertInstanceOf(Acceptance.NotAnExtension.class, known.accept(BRANCH, other, NOW), "a second register is said before");
        }
        byte[] day = Checkpoint.parse(checkpoint(EARLY)).cosign(Example.COSIGN_KEY, NOW.plus(Duration.ofHours(24))).print();
        assertTrue(accepted(known.accept(EARLY, day, NOW)).isBehind(NOW), "a clock may be behind by a day");
        assertTrue(accepted(known.accept(LATE, checkpoint(LATE), NOW)).isYoung(NOW), "the office signs the right time again, and all is well");
    }

    @Test
    void aLongerRegisterThatDoesNotExtendIsEvidence() throws MalformedException {
        assertInstanceOf(Acceptance.NotAnExtension.class, known(EARLY).accept(BRANCH, checkpoint(BRANCH), NOW));
        List<byte[]> rotated = and(BRANCH, Example.KEY);
        byte[] bySecondKey = Checkpoint.sign(Example.register(rotated), Example.SECOND_REGISTER_KEY).print();
        assertInstanceOf(Acceptance.NotAnExtension.class, known(EARLY).accept(rotated, bySecondKey, NOW));
    }

    @Test
    void anEarlierRegisterBringsNothingNewAndIsNoAlarm() {
        KnownRegister known = known(LATE);
        assertEquals(known, accepted(known.accept(EARLY, checkpoint(EARLY), NOW)));
        assertEquals(known, accepted(known.accept(LATE, checkpoint(LATE), NOW)));
    }

    @Test
    void aLaterCosignatureMakesTheRegisterYoungAgain() throws MalformedException {
        KnownRegister known = known(LATE);
        Instant tomorrow = NOW.plus(Duration.ofHours(20));
        assertEquals(Optional.of(Duration.ofHours(26)), known.age(tomorrow));
        assertFalse(known.isYoung(tomorrow));
        byte[] renewed = Checkpoint.parse(checkpoint(LATE)).cosign(Example.COSIGN_KEY, tomorrow).print();
        KnownRegister young = accepted(known.accept(LATE, renewed, tomorrow));
        assertTrue(young.isYoung(tomorrow));
        assertTrue(accepted(young.accept(LATE, checkpoint(LATE), tomorrow)).isYoung(tomorrow), "an older one changes nothing");
        byte[] without = Checkpoint.sign(Example.register(), Example.REGISTER_KEY).print();
        assertFalse(accepted(KnownRegister.first(LATE, without, NOW)).isYoung(NOW), "without a cosignature it counts as old");
    }

    @Test
    void whatTheOfficeDidNotSignIsNoEvidence() {
        KnownRegister known = known(EARLY);
        byte[] forged = Checkpoint.sign(Example.register(BRANCH), Example.key(9)).print();
        assertInstanceOf(Acceptance.Malformed.class, known.accept(BRANCH, forged, NOW));
        assertInstanceOf(Acceptance.Malformed.class, known.accept(BRANCH, checkpoint(LATE), NOW), "damaged on the way");
        assertInstanceOf(Acceptance.Malformed.class, known.accept(List.of(), checkpoint(LATE), NOW));
        assertInstanceOf(Acceptance.Malformed.class, known.accept(LATE.subList(0, 8), checkpoint(LATE), NOW));
        assertInstanceOf(Acceptance.Malformed.class, known.accept(and(LATE, new byte[0]), checkpoint(LATE), NOW));
        assertInstanceOf(Acceptance.Malformed.class, known.accept(LATE, new byte[] {1}, NOW));
        assertInstanceOf(Acceptance.Malformed.class, KnownRegister.first(LATE, forged, NOW));
        assertInstanceOf(Acceptance.Malformed.class, KnownRegister.first(EARLY, checkpoint(LATE), NOW));
    }

    @Test
    void noLineIsReadThatTheOfficeDidNotSign() throws MalformedException {
        List<byte[]> unread = and(EARLY, Utf8.print("{}"));
        Acceptance.Malformed other = assertInstanceOf(Acceptance.Malformed.class, known(EARLY).accept(unread, checkpoint(LATE.subList(0, 6)), NOW));
        assertEquals("The lines are not those of the checkpoint.", other.why());
        assertEquals(other, KnownRegister.first(unread, checkpoint(LATE.subList(0, 6)), NOW));
        byte[] stranger = Checkpoint.sign(Example.register(and(EARLY, Example.NEXT_EPOCH)), Example.key(9)).print();
        Acceptance.Malformed unsigned = assertInstanceOf(Acceptance.Malformed.class, known(EARLY).accept(and(EARLY, Example.NEXT_EPOCH), stranger, NOW));
        assertEquals("A checkpoint is not signed by the register key.", unsigned.why());
    }

    @Test
    void aRegisterGrowsOverARotation() {
        List<byte[]> rotated = and(LATE, Example.KEY);
        byte[] bySecondKey = Checkpoint.sign(Example.register(rotated), Example.SECOND_REGISTER_KEY).print();
        assertEquals(10, accepted(known(EARLY).accept(rotated, bySecondKey, NOW)).register().size());
        assertEquals(10, accepted(KnownRegister.first(rotated, bySecondKey, NOW)).register().size());
    }

    @Test
    void aRootThatSomebodyElseNamesShowsASplit() {
        KnownRegister known = known(EARLY);
        Register late = Example.register(LATE);
        for (int size = 1; size <= 9; size++) {
            assertEquals(size <= 5 ? Agreement.SAME : Agreement.LATER, known.agreement(size, late.rootOf(size)));
        }
        assertEquals(Agreement.SPLIT, known.agreement(5, Example.register(BRANCH).rootOf(5)));
        assertEquals(Agreement.SAME, known.agreement(4, Example.register(BRANCH).rootOf(4)));
        assertEquals(Agreement.LATER, known.agreement(1L << 40, late.root()));
    }

    @Test
    void theClockIsBehindWhatWasSeenOrSigned() throws MalformedException {
        KnownRegister known = known(EARLY);
        assertFalse(known.isBehind(NOW));
        assertTrue(known.isBehind(NOW.minusSeconds(1)));
        assertTrue(known.saw(NOW.plusSeconds(60)).isBehind(NOW));
        byte[] ahead = Checkpoint.parse(checkpoint(EARLY)).cosign(Example.COSIGN_KEY, NOW.plusSeconds(600)).print();
        assertTrue(accepted(known.accept(EARLY, ahead, NOW)).isBehind(NOW));
    }

    /** A clock that once said 2045 must not make a door useless until then. */
    @Test
    void aClockTimeFarAheadOfTheOfficesSignatureIsNotKept() throws MalformedException {
        KnownRegister known = known(EARLY);
        Instant signed = known.cosignedAt().orElseThrow();
        assertTrue(known.saw(signed.plus(KnownRegister.FAR)).isBehind(NOW));
        for (Instant ahead : List.of(signed.plus(KnownRegister.FAR).plusSeconds(1), Instant.parse("2045-06-01T00:00:00Z"), Time.LAST, Instant.MAX)) {
            assertTrue(known.isFarAhead(ahead));
            assertEquals(known, known.saw(ahead));
            assertFalse(accepted(KnownRegister.first(EARLY, checkpoint(EARLY), ahead)).isBehind(NOW));
        }
        assertFalse(known.isFarAhead(signed.plus(KnownRegister.FAR)) || known.isFarAhead(Instant.MIN));
    }

    @Test
    void theDeviceFormIsRefusedWhereItWasChanged() throws MalformedException {
        String text = Utf8.parse(known(EARLY).print());
        for (String changed : List.of(text.replace("\"size\":5", "\"size\":4"), text.replace("\"size\":5", "\"size\":6"),
                text.replace("2027-01-20T12:00:00Z", "2027-01-20"), text.replace("\\\"ahead\\\":3", "\\\"ahead\\\":4"), text + " ", "{}",
                text.replace("\"growths\":[", "\"growths\":[{\"seen\":\"2027-01-21T12:00:00Z\",\"size\":2},"))) {
            assertThrows(MalformedException.class, () -> KnownRegister.parse(Utf8.print(changed)), changed);
        }
    }

    @Test
    void bundlesHoldTheLinesAndNothingElse() throws MalformedException {
        Register register = Example.register();
        while (register.size() < 600) {
            register = register.append(Example.with(Example.BUILD, "version", "1." + register.size()));
        }
        List<byte[]> bundles = List.of(Bundles.bundle(register, 0), Bundles.bundle(register, 1), Bundles.bundle(register, 2));
        assertEquals(3, Bundles.count(600));
        byte[] index = Bundles.index(bundles.stream().map(Bundles::name).toList());
        List<Hash> names = Bundles.parseIndex(index, 600);
        int line = 0;
        for (int k = 0; k < 3; k++) {
            for (byte[] bytes : Bundles.parse(bundles.get(k), names.get(k), k, 600)) {
                assertArrayEquals(register.bytes(line++), bytes);
            }
        }
        assertEquals(600, line);
        assertThrows(MalformedException.class, () -> Bundles.parseIndex(index, 512));
        assertThrows(MalformedException.class, () -> Bundles.parseIndex(Utf8.print(Utf8.parse(index).replace("\n", " ")), 600));
        assertThrows(MalformedException.class, () -> Bundles.parseIndex(Utf8.print(Utf8.parse(index).toUpperCase(java.util.Locale.ROOT)), 600));
        assertThrows(MalformedException.class, () -> Bundles.parse(bundles.get(0), names.get(1), 0, 600));
        assertThrows(MalformedException.class, () -> Bundles.parse(bundles.get(2), names.get(2), 2, 601));
        byte[] open = java.util.Arrays.copyOf(bundles.get(2), bundles.get(2).length - 1);
        assertThrows(MalformedException.class, () -> Bundles.parse(open, Bundles.name(open), 2, 600));
    }
}
