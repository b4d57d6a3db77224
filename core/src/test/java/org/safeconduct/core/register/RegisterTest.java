package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.core.register.Example.and;
import static org.safeconduct.core.register.Example.closed;
import static org.safeconduct.core.register.Example.epoch;
import static org.safeconduct.core.register.Example.stop;
import static org.safeconduct.core.register.Example.with;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

class RegisterTest {
    private static final Hash EPOCH = Line.leaf(Example.EPOCH);
    private static final Hash SPARE = Line.leaf(Example.SPARE);
    private static final Hash ASKER = Line.leaf(Example.ASKER);

    private static void refused(List<byte[]> lines) {
        assertThrows(MalformedException.class, () -> Register.of(lines));
    }

    private static void refusedAfter(byte[]... linesThenOne) {
        List<byte[]> all = and(Example.lines(), linesThenOne);
        Register before = Example.register(all.subList(0, all.size() - 1));
        assertThrows(MalformedException.class, () -> before.append(all.getLast()));
    }

    @Test
    void linesAreFoundByLeafAndPosition() {
        Register register = Example.register();
        for (int i = 0; i < register.size(); i++) {
            assertArrayEquals(Example.lines().get(i), register.bytes(i));
            assertEquals(register.at(i), register.find(Line.leaf(register.bytes(i)), Line.class).orElseThrow());
        }
        assertEquals(3, register.at(3, Epoch.class).orElseThrow().position());
        assertTrue(register.at(3, Scheme.class).isEmpty());
        assertTrue(register.at(9, Line.class).isEmpty() && register.at(-1, Line.class).isEmpty());
        assertEquals(3, register.epochs(Example.SCHEME_LEAF).size());
        assertEquals("bath", register.scheme("bath").orElseThrow().line().id());
        assertEquals(3, register.all(Epoch.class).count());
    }

    @Test
    void anEarlierRegisterDoesNotSeeLaterLines() throws MalformedException {
        Register early = Example.register(Example.lines().subList(0, 4));
        Register late = early.appendAll(Example.lines().subList(4, 9)).append(Example.CLOSED);
        assertTrue(early.find(SPARE, Epoch.class).isEmpty());
        assertTrue(early.stop(EPOCH).isEmpty() && early.closed(EPOCH).isEmpty());
        assertEquals(1, early.epochs(Example.SCHEME_LEAF).size());
        assertEquals(Validity.VALID, early.validity(EPOCH, Instant.parse("2027-01-07T00:00:00Z")));
        assertEquals(Validity.EPOCH_CLOSED, late.validity(EPOCH, Instant.parse("2027-01-07T00:00:00Z")));
        assertEquals(early.root(), late.rootOf(4));
        assertThrows(IllegalArgumentException.class, () -> early.rootOf(5));
        assertThrows(IllegalArgumentException.class, () -> early.bytes(4));
    }

    @Test
    void twoRegistersMayGrowFromOne() throws MalformedException {
        Register trunk = Example.register(Example.lines().subList(0, 4));
        Register one = trunk.append(Example.SPARE);
        Register other = trunk.append(Example.NEXT_EPOCH);
        assertNotEquals(one.root(), other.root());
        assertTrue(one.find(Line.leaf(Example.NEXT_EPOCH), Epoch.class).isEmpty());
        assertTrue(other.find(SPARE, Epoch.class).isEmpty());
        assertEquals(Example.register(and(Example.lines().subList(0, 4), Example.NEXT_EPOCH)).root(), other.root());
    }

    /** RFC 9162, section 2.1.1, as it is written there. */
    private static Hash root(List<byte[]> lines) {
        if (lines.size() == 1) {
            return Hash.sha256(new byte[] {0}, lines.get(0));
        }
        int k = Integer.highestOneBit(lines.size() - 1);
        return Hash.sha256(new byte[] {1}, root(lines.subList(0, k)).bytes(), root(lines.subList(k, lines.size())).bytes());
    }

    @Test
    void theTreeIsThatOfRfc9162AtEverySize() {
        Tree tree = new Tree();
        List<byte[]> lines = new ArrayList<>();
        List<Hash> roots = new ArrayList<>();
        for (int size = 1; size <= 130; size++) {
            lines.add(new byte[] {(byte) size});
            tree.add(Line.leaf(lines.getLast()));
            roots.add(root(lines));
            assertEquals(roots.getLast(), tree.rootOf(size));
        }
        for (int size = 1; size <= 130; size++) {
            assertEquals(roots.get(size - 1), tree.rootOf(size));
        }
        assertEquals("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Line.leaf(new byte[0]).hex());
    }

    @Test
    void aRegisterBeginsWithItsOnlyOfficeLine() {
        refused(List.of());
        refused(List.of(Example.SCHEME));
        refusedAfter(Example.OFFICE);
        refusedAfter(with(Example.OFFICE, "contact", "other"));
        refusedAfter(Example.BUILD);
    }

    @Test
    void everyTextIsInExactlyTheOfficesLanguages() {
        refused(List.of(with(Example.OFFICE, "names", Map.of("de", "Amt"))));
        refusedAfter(with(with(Example.STOP, "target", ASKER), "why", Map.of("en", "Because")));
        refusedAfter(with(with(Example.SCHEME, "id", "b"), "purpose", Map.of("de", "x", "en", "x", "fr", "x")));
        refusedAfter(with(Example.AUTHORITY, "regions", List.of(Map.of("id", "n", "names", Map.of("de", "Nord")))));
    }

    @Test
    void referencesAreToEarlierLinesOfTheRightType() {
        refused(List.of(Example.OFFICE, Example.EPOCH));
        refusedAfter(with(with(Example.ASKER, "scheme", EPOCH), "doors", List.of()));
        refusedAfter(epoch(Line.leaf(Example.OFFICE), 7, "2027-02-01T00:00:00Z", "2027-02-08T00:00:00Z", false, 20));
        refusedAfter(stop(Example.OFFICE, "2027-01-01T00:00:00Z"));
        refusedAfter(stop(Example.STOP, "2027-01-01T00:00:00Z"));
        refusedAfter(stop(new byte[] {1}, "2027-01-01T00:00:00Z"));
        refusedAfter(closed(Example.SCHEME, 11));
    }

    @Test
    void aSchemeIdIsTakenOnce() {
        refusedAfter(with(Example.SCHEME, "ahead", 5));
    }

    @Test
    void anAskerAsksForWhatItsSchemeHasAndDoesNotOutliveIt() throws MalformedException {
        refusedAfter(with(Example.ASKER, "attributes", List.of(4)));
        refusedAfter(with(Example.ASKER, "scopes", List.of(2)));
        refusedAfter(with(Example.ASKER, "until", "2027-12-31T00:00:01Z"));
        Example.register().append(with(Example.ASKER, "until", "2027-12-31T00:00:00Z"));
    }

    @Test
    void p7ASchemeWithoutAnEndHasNoEpochs() throws MalformedException {
        String example = new String(Example.SCHEME, StandardCharsets.UTF_8);
        for (String sunset : List.of("2028-02-05T00:00:00Z", "2028-02-05T00:00:01Z", "2199-01-01T00:00:00Z")) {
            byte[] scheme = example.replaceFirst("\"sunset\":\"[^\"]*\"", "\"sunset\":\"" + sunset + "\"").getBytes(StandardCharsets.UTF_8);
            byte[] epoch = epoch(Line.leaf(scheme), 1, "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z", false, 11);
            List<byte[]> lines = List.of(Example.OFFICE, scheme, epoch);
            if (sunset.equals("2028-02-05T00:00:00Z")) {
                assertEquals(3, Register.of(lines).size());
            } else {
                assertThrows(MalformedException.class, () -> Register.of(lines));
            }
        }
    }

    @Test
    void epochsAscendAndDoNotOverlap() throws MalformedException {
        refusedAfter(epoch(3, "2027-01-17T23:59:59Z", "2027-01-25T00:00:00Z", false, 20));
        refusedAfter(epoch(2, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        refusedAfter(epoch(1, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        refusedAfter(epoch(3, "2026-12-21T00:00:00Z", "2026-12-28T00:00:00Z", false, 20));
        refusedAfter(epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 11));
        refusedAfter(epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 12));
        refusedAfter(epoch(3, "2027-12-25T00:00:00Z", "2028-01-01T00:00:00Z", false, 20));
        Example.register().append(epoch(9, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
    }

    @Test
    void theLengthOfAnEpochFitsItsKind() throws MalformedException {
        refusedAfter(epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T01:00:01Z", false, 20));
        refusedAfter(epoch(3, "2027-01-18T00:00:00Z", "2027-01-24T22:59:59Z", false, 20));
        Example.register().append(epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T01:00:00Z", false, 20));
        Example.register().append(epoch(3, "2027-01-18T00:00:00Z", "2027-01-24T23:00:00Z", false, 20));
        Example.register().append(epoch(3, "2027-12-30T00:00:00Z", "2027-12-31T00:00:00Z", false, 20));
        List<byte[]> none = List.of(Example.OFFICE, Example.SCHEME);
        Example.register(none).append(epoch(1, "2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z", false, 20));
        refused(and(none, epoch(1, "2027-01-01T00:00:00Z", "2027-01-08T01:00:01Z", false, 20)));
        String[][] tooLong = {{"day", "2027-01-02T01:00:01Z"}, {"week", "2027-01-08T01:00:01Z"},
            {"month", "2027-02-01T01:00:01Z"}, {"event", "2027-02-01T00:00:01Z"}};
        for (String[] kind : tooLong) {
            byte[] scheme = with(Example.SCHEME, "epoch", Map.of("kind", kind[0], "zone", "UTC"));
            refused(List.of(Example.OFFICE, scheme, epoch(Line.leaf(scheme), 0, "2027-01-01T00:00:00Z", kind[1], false, 20)));
            Example.register(List.of(Example.OFFICE, scheme,
                    epoch(Line.leaf(scheme), 0, "2027-01-01T00:00:00Z", kind[1].replace("01Z", "00Z"), false, 20)));
        }
    }

    @Test
    void aSpareRepeatsTheMainEpochBeforeIt() throws MalformedException {
        refusedAfter(epoch(2, "2027-01-11T00:00:00Z", "2027-01-18T00:00:01Z", true, 20));
        refusedAfter(epoch(2, "2027-01-11T00:00:01Z", "2027-01-18T00:00:00Z", true, 20));
        refusedAfter(epoch(3, "2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z", true, 20));
        refusedAfter(epoch(1, "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z", true, 20));
        Example.register().append(epoch(2, "2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z", true, 20));
    }

    @Test
    void aTargetIsStoppedOnce() throws MalformedException {
        refusedAfter(stop(Example.EPOCH, "2027-01-01T00:00:00Z"));
        Register stopped = Example.register().append(stop(Example.SCHEME, "2027-02-01T00:00:00Z"));
        assertThrows(MalformedException.class, () -> stopped.append(stop(Example.SCHEME, "2027-03-01T00:00:00Z")));
    }

    @Test
    void aPublishedKeyIsTheEpochsAndComesOnce() throws MalformedException {
        refusedAfter(closed(Example.EPOCH, 12));
        refusedAfter(Example.CLOSED, with(Example.CLOSED, "issued", 99));
        Example.register().append(Example.CLOSED).append(closed(Example.SPARE, 12));
    }

    @Test
    void keyLinesFollowEachOtherEachSignedByTheOneBefore() throws MalformedException {
        Hash office = Line.leaf(Example.OFFICE);
        byte[] third = KeyRotation.sign(office, 2, Example.key(6).publicKey(), Example.SECOND_REGISTER_KEY).print();
        Register register = Example.register().append(Example.KEY).append(third);
        assertEquals(Example.REGISTER_KEY.publicKey(), register.registerKey(9));
        assertEquals(Example.SECOND_REGISTER_KEY.publicKey(), register.registerKey(10));
        assertEquals(Example.key(6).publicKey(), register.registerKey(11));
        refusedAfter(third);
        refusedAfter(Example.KEY, KeyRotation.sign(office, 2, Example.key(6).publicKey(), Example.REGISTER_KEY).print());
        refusedAfter(Example.KEY, KeyRotation.sign(office, 3, Example.key(6).publicKey(), Example.SECOND_REGISTER_KEY).print());
        refusedAfter(Example.KEY, KeyRotation.sign(office, 2, Example.REGISTER_KEY.publicKey(), Example.SECOND_REGISTER_KEY).print());
        refusedAfter(KeyRotation.sign(office, 1, Example.COSIGN_KEY.publicKey(), Example.REGISTER_KEY).print());
        refusedAfter(KeyRotation.sign(Example.SCHEME_LEAF, 1, Example.key(6).publicKey(), Example.REGISTER_KEY).print());
        refusedAfter(with(Example.KEY, "key", Example.key(6).publicKey().hex()));
    }

    @Test
    void validityIsSaidByItsFirstReason() throws MalformedException {
        Register register = Example.register();
        Instant during = Instant.parse("2027-01-06T09:59:59Z");
        assertEquals(Validity.VALID, register.validity(EPOCH, during));
        assertEquals(Validity.EPOCH_NOT_YET, register.validity(EPOCH, Instant.parse("2027-01-03T23:59:59Z")));
        assertEquals(Validity.VALID, register.validity(EPOCH, Instant.parse("2027-01-04T00:00:00Z")));
        assertEquals(Validity.EPOCH_STOPPED, register.validity(EPOCH, during.plusSeconds(1)));
        assertEquals(Validity.EPOCH_OVER, register.validity(Line.leaf(Example.NEXT_EPOCH), Instant.parse("2027-01-18T00:00:00Z")));
        assertEquals(Validity.SCHEME_OVER, register.validity(EPOCH, Instant.parse("2027-12-31T00:00:00Z")));
        assertEquals(Validity.EPOCH_CLOSED, register.append(Example.CLOSED).validity(EPOCH, during));
        Register stopped = register.append(stop(Example.SCHEME, "2027-01-05T00:00:00Z"));
        assertEquals(Validity.SCHEME_STOPPED, stopped.validity(EPOCH, during));
        assertEquals(Validity.SCHEME_STOPPED, stopped.validity(ASKER, during));
        assertEquals(Validity.SCHEME_STOPPED, stopped.validity(Example.SCHEME_LEAF, during));
        assertEquals(Validity.SCHEME_STOPPED, stopped.validity(Example.SCHEME_LEAF, Instant.parse("2028-01-01T00:00:00Z")));
        assertEquals(Validity.VALID, stopped.validity(ASKER, Instant.parse("2027-01-04T23:59:59Z")));
        assertEquals(Validity.ASKER_OVER, register.validity(ASKER, Instant.parse("2027-06-30T00:00:00Z")));
        assertEquals(Validity.ASKER_STOPPED,
                register.append(stop(Example.ASKER, "2027-01-05T00:00:00Z")).validity(ASKER, during));
        assertThrows(IllegalArgumentException.class, () -> register.validity(Line.leaf(Example.STOP), during));
    }

    @Test
    void aSpareEpochIsValidFromTheStopOfItsMainEpochOn() {
        Instant stop = Instant.parse("2027-01-06T10:00:00Z");
        assertEquals(Validity.EPOCH_SPARE, Example.register().validity(SPARE, stop.minusSeconds(1)));
        assertEquals(Validity.VALID, Example.register().validity(SPARE, stop));
        Register unstopped = Example.register(Example.lines().subList(0, 6));
        assertEquals(Validity.EPOCH_SPARE, unstopped.validity(SPARE, stop));
        assertEquals(Validity.EPOCH_OVER, Example.register().validity(SPARE, Instant.parse("2027-01-11T00:00:00Z")));
    }

    @Test
    void anOverdueEpochIsShownAndSuspendsWhatComesSixtyDaysLater() throws MalformedException {
        byte[] later = epoch(3, "2027-03-12T00:00:00Z", "2027-03-19T00:00:00Z", false, 20);
        Register register = Example.register().append(later);
        assertEquals(2, register.overdue(Instant.parse("2027-02-10T00:00:00Z")).size());
        assertEquals(0, register.overdue(Instant.parse("2027-02-09T23:59:59Z")).size());
        Instant time = Instant.parse("2027-03-13T00:00:00Z");
        assertEquals(Validity.EPOCH_SUSPENDED, register.validity(Line.leaf(later), time));
        Register halfClosed = register.append(Example.CLOSED);
        assertEquals(Validity.EPOCH_SUSPENDED, halfClosed.validity(Line.leaf(later), time));
        Register closed = halfClosed.append(closed(Example.SPARE, 12));
        assertEquals(Validity.VALID, closed.validity(Line.leaf(later), time));
        assertEquals(Validity.EPOCH_SUSPENDED, register.validity(Line.leaf(later), time));
    }

    @Test
    void aHundredThousandLinesGrowOneByOne() throws MalformedException {
        Register register = Example.register();
        byte[] build = Example.BUILD;
        Instant start = Instant.now();
        while (register.size() < Register.LONGEST) {
            register = register.append(with(build, "digest", Hash.sha256(Integer.toString(register.size()).getBytes(
                    java.nio.charset.StandardCharsets.US_ASCII)).hex()));
        }
        assertTrue(Instant.now().isBefore(start.plusSeconds(60)), "growing by a line costs the same at any size");
        Register full = register;
        assertThrows(MalformedException.class, () -> full.append(with(build, "digest", "00".repeat(32))));
        assertEquals(Example.register().root(), full.rootOf(9));
    }

    @Test
    void rootAndOfficeHaveWords() {
        Register register = Example.register();
        assertTrue(register.words().matches("([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]-?){8}"));
        assertNotEquals(register.words(), register.officeWords());
        assertEquals(register.officeWords(), Example.register(Example.lines().subList(0, 1)).officeWords());
    }
}
