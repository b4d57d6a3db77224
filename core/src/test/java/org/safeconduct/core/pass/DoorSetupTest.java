package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

class DoorSetupTest {
    private static final String ADDRESS = "https://office.example";
    private final City city = new City();
    private final Hash office = city.register().officeLeaf();
    private final Ask usual = Ask.defaultOf(city.travel, city.scheme(city.travel));
    private final Ask ride = new Ask(city.travel, List.of(0, 1), OptionalInt.of(0));

    private DoorSetup plain(DoorSetup.Mode mode, Ask ask) {
        return DoorSetup.unsigned(office, ADDRESS, mode, ask, true, Optional.empty());
    }

    private DoorSetup gate(DoorSetup.Mode mode, Ask ask, String key) {
        return DoorSetup.signed(office, ADDRESS, mode, ask, false, city.gate, OptionalInt.of(1), City.secret(key),
                Optional.of(PairingSecret.create(new Seeded("pairing"))));
    }

    @Test
    void aSetUpComesBackAndItsDoorAcceptsPasses() throws Exception {
        Ask stamp = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        for (DoorSetup setup : List.of(plain(DoorSetup.Mode.DEFAULT, usual), plain(DoorSetup.Mode.STATIC, usual),
                plain(DoorSetup.Mode.FRESH, usual), gate(DoorSetup.Mode.FRESH, ride, "asker"),
                gate(DoorSetup.Mode.STATIC, stamp, "asker"))) {
            DoorSetup back = DoorSetup.parse(setup.text());
            assertEquals(setup.text(), back.text());
            assertEquals(setup.ask(), back.ask());
            assertEquals(setup.pairing(), back.pairing());
            assertTrue(back.fits(city.register()));
            Question question = back.mode() == DoorSetup.Mode.DEFAULT ? city.defaultOf(city.travel)
                    : Question.parse(back.question(city.register(), City.NOON, new Seeded("door")).text());
            assertInstanceOf(Consent.class, Consent.of(question, 0, city.travelPass(), city.known(), City.NOON));
            Checker checker = back.checker(city.known(), City.NOON, new Seeded("door"), List.of());
            Showing showing = city.show(city.travelPass(), question, 0, City.NOON, new Seeded("s"));
            assertInstanceOf(Verdict.Accepted.class, checker.check(showing.text(), City.NOON));
        }
    }

    @Test
    void onlyASetUpWithoutSeedAndPairingIsNoSecret() {
        assertFalse(plain(DoorSetup.Mode.DEFAULT, usual).isSecret());
        assertTrue(gate(DoorSetup.Mode.FRESH, ride, "asker").isSecret());
        assertEquals("DoorSetup[secret]", gate(DoorSetup.Mode.FRESH, ride, "asker").toString());
    }

    @Test
    void aDoorThatAsksWhatItMayNotDoesNotFit() {
        assertFalse(plain(DoorSetup.Mode.DEFAULT, ride).fits(city.register()));
        assertFalse(plain(DoorSetup.Mode.FRESH, ride).fits(city.register()));
        assertFalse(gate(DoorSetup.Mode.STATIC, ride, "asker").fits(city.register()), "attributes are asked fresh");
        assertFalse(gate(DoorSetup.Mode.FRESH, ride, "stranger").fits(city.register()), "another key");
        assertFalse(gate(DoorSetup.Mode.FRESH, new Ask(city.gate, List.of(), OptionalInt.empty()), "asker").fits(city.register()));
        DoorSetup elsewhere = DoorSetup.unsigned(city.travel, ADDRESS, DoorSetup.Mode.DEFAULT, usual, false, Optional.empty());
        assertFalse(elsewhere.fits(city.register()), "another office");
    }

    @Test
    void addressesAreHttpsOrThisMachine() {
        for (String address : List.of("https://a", "https://office.example:8443", "http://localhost:8080", "http://127.0.0.1")) {
            DoorSetup.unsigned(office, address, DoorSetup.Mode.DEFAULT, usual, false, Optional.empty());
        }
        for (String address : List.of("", "http://office.example", "https://Office.example", "https://a/", "https://a/b",
                "https://a:0", "https://a:123456", "https://u@a", "https://a?b", "https://a#b", "javascript:alert(1)", "https://-a",
                "https://" + "a".repeat(200))) {
            assertThrows(IllegalArgumentException.class,
                    () -> DoorSetup.unsigned(office, address, DoorSetup.Mode.DEFAULT, usual, false, Optional.empty()), address);
        }
    }

    private void assertMalformed(int field, Object value) {
        byte[] seed = new byte[32];
        List<Object> fields = new ArrayList<>(Arrays.asList(1, office, ADDRESS, city.travel, 2, 0, List.of(0, 1), 0, city.gate, 1,
                seed, seed));
        fields.set(field, value);
        String text = Code.DOOR.print(Cbor.of(fields).print());
        assertThrows(MalformedException.class, () -> DoorSetup.parse(text), field + " " + value);
    }

    @Test
    void setUpsThatDoNotFitTogetherAreMalformed() {
        assertMalformed(0, 2);
        assertMalformed(1, null);
        assertMalformed(2, "http://office.example");
        assertMalformed(3, new byte[31]);
        assertMalformed(4, 0);
        assertMalformed(4, 3);
        assertMalformed(5, 4);
        assertMalformed(6, List.of(1, 0));
        assertMalformed(7, 2);
        assertMalformed(8, null);
        assertMalformed(9, 200);
        assertMalformed(10, null);
        assertMalformed(10, new byte[31]);
        assertMalformed(11, new byte[33]);
    }
}
