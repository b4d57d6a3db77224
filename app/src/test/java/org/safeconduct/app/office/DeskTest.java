package org.safeconduct.app.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Closed;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;

/** The acts of an office, and that each leaves everything as it was if it fails. */
class DeskTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SCHEME = """
            { "id": "canteen", "names": {"en": "Canteen"}, "purpose": {"en": "One lunch a day."},
              "legal_basis": {"en": "Works agreement"}, "sunset": "2027-06-01T00:00:00Z", "epoch": {"kind": "day", "zone": "Europe/Berlin"},
              "ahead": 2, "attributes": [{"id": "tariff", "names": {"en": "Tariff"}, "identity": false, "special": false,
                "domain": {"kind": "list", "values": ["staff", "guest"]}}], "default": [0], "scopes": [{"id": "lunch", "names": {"en": "Lunch"}}],
              "default_scope": null, "paper": null, "special_basis": null, "replacement": false, "daily_cap": 1000, "specimen": false }
            """;

    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private Store store;
    private OperatorKey key;
    private Desk desk;

    @BeforeEach
    void init() throws IOException {
        store = Store.open(folder.resolve("office.db").toString(), true);
        key = OperatorKey.create(folder.resolve("operator.key"), RANDOM);
        desk = Desk.init(store, key, () -> now, RANDOM, Map.of("en", "Works"), List.of("en"), "Room 1", "example.org/canteen");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void publish() {
        desk.publish(SCHEME.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal(Runnable act) {
        Hash before = desk.register().root();
        String sentence = assertThrows(OfficeException.class, act::run).getMessage();
        assertEquals(before, desk.register().root(), "nothing was changed");
        return sentence;
    }

    private Checkpoint checkpoint() throws Exception {
        Checkpoint checkpoint = Checkpoint.parse(desk.published().checkpoint());
        checkpoint.verify(desk.register());
        return checkpoint;
    }

    private long enrol(String table) throws IOException {
        return desk.enrolment().enrol("canteen", new StringReader(table), folder.resolve("offers.csv"), rows -> { });
    }

    @Test
    void operatorKeyIsForItsOwnerAloneAndOpensItsOffice() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("operator.key"))));
        Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), () -> now, RANDOM);
        String text = Files.readString(folder.resolve("operator.key"));
        Desk.open(store, OperatorKey.find(Map.of(OperatorKey.VARIABLE, text), folder.resolve("none")), () -> now, RANDOM);
        assertThrows(FileAlreadyExistsException.class, () -> OperatorKey.create(folder.resolve("operator.key"), RANDOM));
    }

    @Test
    void wrongOperatorKeyIsSaid() throws IOException {
        OperatorKey other = OperatorKey.create(folder.resolve("other.key"), RANDOM);
        assertTrue(refusal(() -> Desk.open(store, other, () -> now, RANDOM)).startsWith("The operator key does not open this store"));
    }

    @Test
    void storeHoldsOneOffice() {
        assertTrue(refusal(() -> Desk.init(store, key, () -> now, RANDOM, Map.of("en", "Again"), List.of("en"), "x", "example.org"))
                .startsWith("There is an office in this store already."));
    }

    @Test
    void emptyStoreHasNoOffice() {
        try (Store empty = Store.open(folder.resolve("empty.db").toString(), true)) {
            assertThrows(OfficeException.class, () -> Desk.open(empty, key, () -> now, RANDOM));
        }
    }

    @Test
    void everyActSignsTheRegister() throws Exception {
        publish();
        assertEquals(2, checkpoint().size());
        desk.openEpochs("canteen");
        assertEquals(desk.register().size(), checkpoint().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"ahead\": 2|\"ahead\": 0", "\"ahead\": 2|\"ahead\": 2, \"x\": 1", "2027-06-01|2027-12-01", "2027-06-01|2026-06-01",
        "Europe/Berlin|Europe/Nowhere", "{|[", "\"en\": \"Canteen\"|\"de\": \"Kantine\""})
    void schemeThatBreaksARuleIsNotPublished(String good, String bad) {
        refusal(() -> desk.publish(SCHEME.replaceFirst(Pattern.quote(good), bad).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void schemeIdIsTakenOnce() {
        publish();
        assertEquals("Nothing was published. The id of a scheme is taken.", refusal(() ->
                desk.publish(SCHEME.replace("One lunch", "A lunch").getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void epochsAreOpenedAheadWithSparesAndOnlyWhenNeeded() {
        publish();
        List<Placed<Epoch>> opened = desk.openEpochs("canteen");
        assertEquals(10, opened.size(), "the running one, two that may be fetched and two for the notice, each with a spare");
        Epoch first = opened.getFirst().line();
        assertEquals(Instant.parse("2026-11-19T23:00:00Z"), first.from(), "midnight in Berlin");
        assertEquals(first.until(), opened.get(2).line().from());
        assertEquals(0, first.holders());
        assertEquals(List.of(), desk.openEpochs("canteen"));
        now = now.plus(Duration.ofDays(1));
        assertEquals(2, desk.openEpochs("canteen").size());
        now = now.plus(Duration.ofDays(20));
        Epoch afterPause = desk.openEpochs("canteen").getFirst().line();
        assertTrue(!afterPause.from().isAfter(now) && afterPause.until().isAfter(now), "begins with the running day");
    }

    /** Every node does this when it starts and every ten minutes; of a city, counting takes as long as a start may. */
    @Test
    void nobodyIsCountedUnlessAnEpochIsToBeOpened() throws SQLException {
        publish();
        desk.openEpochs("canteen");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("office.db")); Statement statement = connection.createStatement()) {
            statement.execute("alter table enrolment rename to elsewhere");
            assertEquals(List.of(), desk.openEpochs("canteen"));
            now = now.plus(Duration.ofDays(1));
            assertThrows(StoreException.class, () -> desk.openEpochs("canteen"), "it would have been seen");
            statement.execute("alter table elsewhere rename to enrolment");
        }
        assertEquals(2, desk.openEpochs("canteen").size());
    }

    @ParameterizedTest
    @CsvSource({"day, 2026-10-24T10:00:00Z, 25", "day, 2027-03-27T10:00:00Z, 23", "week, 2026-11-20T10:00:00Z, 168", "month, 2026-11-20T10:00:00Z, 744"})
    void secondEpochIsALocalPeriod(String kind, String time, long hours) {
        now = Instant.parse(time);
        desk.publish(SCHEME.replace("\"day\"", '"' + kind + '"').getBytes(StandardCharsets.UTF_8));
        Epoch second = desk.openEpochs("canteen").get(2).line();
        assertEquals(Duration.ofHours(hours), Duration.between(second.from(), second.until()));
    }

    @Test
    void noEpochOutlivesTheScheme() {
        desk.publish(SCHEME.replace("2027-06-01T00:00:00Z", "2026-11-21T12:00:00Z").getBytes(StandardCharsets.UTF_8));
        List<Placed<Epoch>> epochs = desk.openEpochs("canteen");
        assertEquals(4, epochs.size());
        assertEquals(Instant.parse("2026-11-21T12:00:00Z"), epochs.getLast().line().until());
        assertEquals(List.of(), desk.openEpochs("canteen"));
    }

    @Test
    void holdersAreRoundedDownToAPowerOfTwo() throws IOException {
        publish();
        enrol("person,tariff\na,staff\nb,staff\nc,guest\n");
        assertEquals(2, desk.openEpochs("canteen").getFirst().line().holders());
    }

    @Test
    void askerIsAddedWithAKeyThatIsShownOnce() {
        publish();
        Desk.AskerAdded added = desk.addAsker("canteen", Map.of("en", "Kitchen"), List.of(0), List.of(0), List.of("North door"), Instant.parse("2027-01-01T00:00:00Z"));
        assertEquals(Validity.VALID, desk.register().validity(added.leaf(), now));
        refusal(() -> desk.addAsker("canteen", Map.of("en", "Kitchen"), List.of(1), List.of(), List.of(), now));
        desk.stop(added.leaf(), Optional.empty(), Map.of("en", "The key was lost."));
        assertEquals(Validity.ASKER_STOPPED, desk.register().validity(added.leaf(), now));
        refusal(() -> desk.stop(added.leaf(), Optional.empty(), Map.of("en", "Again.")));
    }

    @Test
    void stopIsNotForThePast() {
        publish();
        Hash scheme = desk.register().scheme("canteen").orElseThrow().leaf();
        refusal(() -> desk.stop(scheme, Optional.of(now.minusSeconds(60)), Map.of("en", "Late.")));
    }

    @Test
    void epochIsClosedSevenDaysAfterItsEnd() throws Exception {
        publish();
        Placed<Epoch> epoch = desk.openEpochs("canteen").getFirst();
        refusal(() -> desk.close(epoch.leaf()));
        now = epoch.line().until().plus(Duration.ofDays(7)).minusSeconds(1);
        assertEquals(List.of(), desk.closable());
        now = now.plusSeconds(1);
        assertEquals(2, desk.closable().size(), "the main epoch and its spare");
        Closed closed = desk.close(epoch.leaf());
        assertEquals(0, closed.issued());
        assertEquals(Validity.EPOCH_CLOSED, desk.register().validity(epoch.leaf(), now));
        assertTrue(store.read(tables -> tables.epochKey(epoch.leaf())).isEmpty());
        refusal(() -> desk.close(epoch.leaf()));
        checkpoint();
    }

    @Test
    void cosignatureIsRenewedBeforeItIsADayOld() throws Exception {
        assertFalse(desk.cosign());
        now = now.plus(Duration.ofHours(20));
        assertTrue(desk.cosign());
        assertEquals(Optional.of(now), checkpoint().cosignedAt(desk.register().office()));
        assertFalse(desk.cosign());
    }

    /** No client takes a register that is signed ahead of its time (register.md 5.6): it must not stay so. */
    @Test
    void cosignatureByAClockThatWasAheadIsRenewedWhenItIsRight() throws Exception {
        Instant right = now;
        now = right.plus(Duration.ofDays(7_000));
        // Somebody says that it is right, and is mistaken.
        desk.clock().believe();
        assertTrue(desk.cosign());
        now = right;
        assertTrue(desk.cosign());
        assertEquals(Optional.of(right), checkpoint().cosignedAt(desk.register().office()));
    }

    @Test
    void registerGoesOnUnderARotatedKey() throws Exception {
        desk.rotateKey();
        checkpoint();
        publish();
        checkpoint();
        desk.rotateKey();
        checkpoint();
        Desk.open(store, key, () -> now, RANDOM);
        assertNotEquals(desk.register().office().registerKey(), desk.register().registerKey(desk.register().size()));
    }

    @Test
    void enrolmentWritesOffersInTheOrderOfTheTable() throws IOException {
        publish();
        assertEquals(2, enrol("tariff,person\nstaff,\"Lovelace, A.\"\nguest,B-2\n"));
        List<String> lines = Files.readAllLines(folder.resolve("offers.csv"));
        assertEquals("\"person\",\"offer\"", lines.get(0));
        assertTrue(lines.get(1).matches("\"Lovelace, A\\.\",\"SCO1:([0-9A-Z]{4}-){6}[0-9A-Z]{4}\""), lines.get(1));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("offers.csv"))));
        assertThrows(FileAlreadyExistsException.class, () -> enrol("person,tariff\nc,staff\n"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"=HYPERLINK(\"https://x\")", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "-2+3", "\uFF1D1+1"})
    void referenceThatASpreadsheetWouldTakeForAFormulaIsWrittenAsText(String person) throws IOException {
        publish();
        enrol("person,tariff\n\"" + person.replace("\"", "\"\"") + "\",staff\n");
        assertTrue(Files.readAllLines(folder.resolve("offers.csv")).get(1).startsWith("\"'" + person.charAt(0)));
        desk.enrolment().withdraw("canteen", person);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49 170 1234567", "-17", "A-2+3", "'x"})
    void otherReferencesAreWrittenAsTheyAre(String person) throws IOException {
        publish();
        enrol("person,tariff\n" + person + ",staff\n");
        assertTrue(Files.readAllLines(folder.resolve("offers.csv")).get(1).startsWith('"' + person + '"'));
    }

    @Test
    void badRowsAreNamedByLineAndNobodyIsEnrolled() throws IOException {
        publish();
        enrol("person,tariff\nbob,staff\n");
        Files.delete(folder.resolve("offers.csv"));
        String sentence = refusal(() -> enrolUnchecked("person,tariff,tx_code\nada,staff,\nbob,guest,\nada,staff,\neve,Staff,\n,staff,\nmal,staff,12345\n"));
        assertTrue(sentence.contains("Line 3: The person is enrolled already"), sentence);
        assertTrue(sentence.contains("Line 4: The person is enrolled already"), sentence);
        assertTrue(sentence.contains("Line 5: The tariff is not one of its values."), sentence);
        assertTrue(sentence.contains("Line 6: The person is empty"), sentence);
        assertTrue(sentence.contains("Line 7: The tx_code has not six digits."), sentence);
        assertEquals(List.of("3", "4", "5", "6", "7"), Pattern.compile("Line (\\d)").matcher(sentence).results().map(found -> found.group(1)).toList());
        assertFalse(sentence.contains("eve") || sentence.contains("12345"), "what was in the table is not repeated");
        assertEquals(1, store.<Long>read(tables -> tables.holders(desk.register().scheme("canteen").orElseThrow().leaf())));
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".csv")), "no offers are left");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "person\na\n", "person,tariff,extra\na,staff,x\n", "person,person,tariff\na,b,staff\n", "person,tariff\na\n", "person,tariff\na,staff,x\n",
        "person,tariff\n\"a,staff\n"})
    void tableOfAnotherFormIsRefused(String table) {
        publish();
        refusal(() -> enrolUnchecked(table));
        assertTrue(Files.notExists(folder.resolve("offers.csv")));
    }

    @Test
    void twentyBadRowsAreNamedAndTheRestCounted() {
        publish();
        String sentence = refusal(() -> enrolUnchecked("person,tariff\n" + "x,none\n".repeat(25)));
        assertEquals(20, sentence.lines().filter(line -> line.contains("Line ")).count());
        assertTrue(sentence.endsWith("and 5 more"), sentence);
    }

    private void enrolUnchecked(String table) {
        try {
            enrol(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void unredeemedOfferIsReplacedAndARedeemedOneNeedsTheSchemesLeave() throws IOException {
        publish();
        enrol("person,tariff\nada,staff\n");
        desk.enrolment().replaceOffer("canteen", "ada", Optional.empty());
        Hash fresh = desk.enrolment().replaceOffer("canteen", "ada", Optional.empty()).hash();
        store.redeem(fresh, null, Hash.sha256(new byte[1]));
        refusal(() -> desk.enrolment().replaceOffer("canteen", "ada", Optional.empty()));
        refusal(() -> desk.enrolment().replaceOffer("canteen", "nobody", Optional.empty()));
        refusal(() -> desk.enrolment().withdraw("canteen", "nobody"));
    }

    @Test
    void commandsOfTwoProcessesTakeTurns() throws Exception {
        publish();
        try (Store second = Store.open(folder.resolve("office.db").toString(), false)) {
            Desk other = Desk.open(second, key, () -> now, RANDOM);
            Thread thread = Thread.ofVirtual().start(() -> other.openEpochs("canteen"));
            desk.openEpochs("canteen");
            thread.join();
        }
        Register register = desk.register();
        assertEquals(12, register.size(), "one of them found nothing left to do");
        checkpoint();
    }
}
