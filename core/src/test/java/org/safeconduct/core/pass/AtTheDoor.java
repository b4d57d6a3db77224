package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;

/** A city, a pass, and doors that ask; for the tests of checkers. */
abstract class AtTheDoor {
    final City city = new City();
    final Pass pass = city.travelPass();
    final Question usual = city.defaultOf(city.travel);

    Showing show(Pass shown, Question question) {
        return City.showAnyway(shown, question, 0, City.NOON, new Seeded("showing"));
    }

    Checker doorFor(Question question) {
        return Checker.asking(Optional.of(city.known()), question, false, List.of());
    }

    Checker usualDoor() {
        return Checker.byDefault(Optional.of(city.known()), List.of(city.travel), false, List.of());
    }

    Checker paperDoor() {
        return Checker.byDefault(Optional.of(city.known()), List.of(city.travel), true, List.of());
    }

    static void assertRefused(Refusal reason, Verdict verdict) {
        assertEquals(new Verdict.Refused(reason), verdict);
    }

    static void assertAccepted(Verdict verdict) {
        assertInstanceOf(Verdict.Accepted.class, verdict, verdict.toString());
    }
}
