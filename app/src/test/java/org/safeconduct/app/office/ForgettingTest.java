package org.safeconduct.app.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/** P9: an office keeps what issuing needs and no longer, and what it deletes is in none of its files, while it runs. */
class ForgettingTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SCHEME = """
            { "id": "errand", "names": {"en": "Errand"}, "purpose": {"en": "One errand a day."},
              "legal_basis": {"en": "Ordinance 7"}, "sunset": "2026-11-21T12:00:00Z", "epoch": {"kind": "day", "zone": "Europe/Berlin"},
              "ahead": 2, "attributes": [], "default": [], "scopes": [{"id": "errand", "names": {"en": "Errand"}}],
              "default_scope": null, "paper": null, "special_basis": null, "replacement": true, "daily_cap": 1000, "specimen": false }
            """;

    @TempDir
    Path folder;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private Store store;
    private Desk desk;
    private Hash scheme;

    @BeforeEach
    void init() throws IOException {
        store = Store.open(folder.resolve("office.db").toString(), true);
        OperatorKey key = OperatorKey.create(folder.resolve("operator.key"), RANDOM);
        desk = Desk.init(store, key, () -> now, RANDOM, Map.of("en", "Town"), List.of("en"), "Room 1", "example.org/errand");
        scheme = desk.publish(SCHEME.getBytes(StandardCharsets.UTF_8)).leaf();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Enrols one person and returns the hash by which the store knows the offer. */
    private Hash enrol() throws Exception {
        desk.enrolment().enrol("errand", new StringReader("person\nada\n"), folder.resolve("offers.csv"), rows -> { });
        String line = Files.readAllLines(folder.resolve("offers.csv")).get(1);
        return Offer.parse(line.split("\"")[3]).hash();
    }

    private boolean isKept(Hash hash) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("office.db")).toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1).contains(new String(hash.bytes(), StandardCharsets.ISO_8859_1));
    }

    private long holders() {
        return store.<Long>read(tables -> tables.holders(scheme));
    }

    private void closeAll() {
        for (Placed<Epoch> epoch : desk.closable()) {
            desk.close(epoch.leaf());
        }
    }

    @Test
    void withdrawnPersonIsInNoByteOfTheStore() throws Exception {
        Hash offer = enrol();
        assertTrue(isKept(offer));
        desk.enrolment().withdraw("errand", "ada");
        assertFalse(isKept(offer));
    }

    @Test
    void replacedOfferIsInNoByteOfTheStore() throws Exception {
        Hash offer = enrol();
        Hash fresh = desk.enrolment().replaceOffer("errand", "ada", Optional.empty()).hash();
        assertFalse(isKept(offer));
        assertTrue(isKept(fresh));
    }

    @Test
    void registerKeyThatWasRotatedIsInNoByteOfTheStore() throws Exception {
        byte[] wrapped = store.read(tables -> tables.meta("register-key").orElseThrow());
        Hash sealed = Hash.parse(Arrays.copyOf(wrapped, Hash.LENGTH));
        assertTrue(isKept(sealed));
        desk.rotateKey();
        assertFalse(isKept(sealed));
    }

    @Test
    void enrolmentIsForgottenWhenTheSchemeIsOverAndItsLastEpochIsClosed() throws Exception {
        desk.openEpochs("errand");
        Hash offer = enrol();
        now = Instant.parse("2026-11-27T23:00:00Z");
        closeAll();
        assertEquals(1, holders(), "the last epoch is not closed yet");
        now = Instant.parse("2026-11-28T12:00:00Z");
        closeAll();
        assertEquals(0, holders());
        assertFalse(isKept(offer));
    }

    @Test
    void enrolmentIsKeptWhileTheSchemeMayIssue() throws Exception {
        enrol();
        desk.enrolment().forgetEnded(desk.register(), now);
        assertEquals(1, holders());
    }

    @Test
    void enrolmentOfAStoppedSchemeIsForgottenToo() throws Exception {
        desk.openEpochs("errand");
        enrol();
        desk.stop(scheme, Optional.empty(), Map.of("en", "The ordinance was repealed."));
        desk.enrolment().forgetEnded(desk.register(), now);
        assertEquals(1, holders(), "its epochs are not closed");
        now = now.plus(Duration.ofDays(9));
        closeAll();
        assertEquals(0, holders());
    }
}
