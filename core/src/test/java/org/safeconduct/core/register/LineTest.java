package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.core.register.Example.attribute;
import static org.safeconduct.core.register.Example.nullable;
import static org.safeconduct.core.register.Example.texts;
import static org.safeconduct.core.register.Example.with;
import static org.safeconduct.core.register.Example.without;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

class LineTest {
    static Stream<byte[]> lines() {
        return Stream.concat(Example.lines().stream(), Stream.of(Example.KEY, Example.CLOSED));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLinePrintsToTheBytesItWasReadFrom(byte[] bytes) throws MalformedException {
        Line line = Line.parse(bytes);
        assertArrayEquals(bytes, line.print());
        assertEquals(line, Line.parse(line.print()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyMemberMustBeThereAndNoOther(byte[] bytes) throws MalformedException {
        for (String name : Json.parse(bytes).members().keySet()) {
            assertThrows(MalformedException.class, () -> Line.parse(without(bytes, name)), name);
            assertThrows(MalformedException.class, () -> Line.parse(with(bytes, name, List.of(List.of()))), name);
        }
        assertThrows(MalformedException.class, () -> Line.parse(with(bytes, "more", null)));
        assertThrows(MalformedException.class, () -> Line.parse(with(bytes, "type", "other")));
        assertThrows(MalformedException.class, () -> Line.parse(Utf8.print(Utf8.parse(bytes) + "\n")));
    }

    @Test
    void refusesAnyMemberOutOfItsRange() {
        for (LineRefusals.Change change : LineRefusals.all()) {
            assertThrows(MalformedException.class, () -> Line.parse(with(change.line(), change.member(), change.value())),
                    change.member() + " " + change.value());
        }
    }

    @Test
    void refusesDomainsThatAreNotClosed() throws MalformedException {
        List<Object> tooMany = IntStream.range(0, 1001).mapToObj(i -> (Object) ("" + i)).toList();
        for (Object domain : Arrays.asList(Map.of("kind", "text"), Map.of("kind", "list"), Map.of("kind", "list", "values", List.of()),
                Map.of("kind", "list", "values", List.of("a", "a")), Map.of("kind", "list", "values", List.of("yes ")),
                Map.of("kind", "list", "values", List.of("x".repeat(41))), Map.of("kind", "list", "values", List.of("ü".repeat(21))),
                Map.of("kind", "list", "values", tooMany), Map.of("kind", "letter", "values", List.of("a")), Map.of("kind", "day-month", "first", 1),
                Map.of("kind", "year", "first", 1899, "last", 2000), Map.of("kind", "year", "first", 2000, "last", 1999),
                Map.of("kind", "year", "first", 2000, "last", 2200), Map.of("kind", "year", "first", 2000), List.of(), nullable("kind", null))) {
            byte[] line = with(with(with(with(Example.SCHEME, "attributes", List.of(attribute("a", domain, false, false))), "default",
                    List.of()), "paper", null), "special_basis", null);
            assertThrows(MalformedException.class, () -> Line.parse(line), domain.toString());
        }
        byte[] good = with(with(with(with(Example.SCHEME, "attributes", List.of(attribute("a", Map.of("kind", "letter"), false, false))),
                "default", List.of()), "paper", null), "special_basis", null);
        Line.parse(good);
        assertThrows(MalformedException.class, () -> Line.parse(with(good, "special_basis", texts("x", "y"))));
    }

    @Test
    void aDomainHoldsItsValuesAndNothingThatLooksLikeThem() {
        Domain dayMonth = new Domain.DayMonth();
        long days = IntStream.range(0, 10_000).filter(i -> dayMonth.contains("%02d-%02d".formatted(i / 100, i % 100))).count();
        assertEquals(dayMonth.count(), days);
        for (String other : List.of("02-30", "2-29", "02-29 ", "00-01", "13-01", "0229", "٠٢-٢٩", "")) {
            assertFalse(dayMonth.contains(other), other);
        }
        Domain letter = new Domain.Letter();
        assertEquals(letter.count(), IntStream.range(0, 0x10000).filter(c -> letter.contains("" + (char) c)).count());
        Domain year = new Domain.Year(1990, 1999);
        assertEquals(year.count(), IntStream.range(1800, 2300).filter(y -> year.contains("" + y)).count());
        assertFalse(year.contains("01990"));
        Domain list = new Domain.Listed(List.of("yes", "grün"));
        assertTrue(list.contains("grün"));
        for (String other : List.of("Yes", "yes ", "yes\u200b", "gru\u0308n", "")) {
            assertFalse(list.contains(other));
        }
        assertEquals(5, list.longest());
    }

    @Test
    void aRecordAgainstTheRulesDoesNotPrint() {
        Build build = new Build("office", Line.leaf(Example.SCHEME), "1");
        assertThrows(IllegalArgumentException.class, build::print);
    }

    @Test
    void aDraftMayStandInAnyOrder() throws MalformedException {
        String text = Utf8.parse(without(Example.SCHEME, "type")).replace(",\"", " ,\n \"");
        assertArrayEquals(Example.SCHEME, Scheme.draft(Utf8.print(text)).print());
        assertThrows(MalformedException.class, () -> Scheme.draft(Example.EPOCH));
    }

    /** 100,000 changed lines: each is refused, or prints to exactly the changed bytes. */
    @Test
    void mutatedLinesAreRefusedOrReadAsWhatTheyAre() {
        Random random = new Random(6);
        List<byte[]> lines = lines().toList();
        int accepted = 0;
        Instant start = Instant.now();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Mutation.of(lines.get(i % lines.size()), random);
            try {
                assertArrayEquals(bytes, Line.parse(bytes).print());
                accepted++;
            } catch (MalformedException e) {
                // The only other outcome.
            }
        }
        assertTrue(accepted > 100, "some changes make another valid line");
        assertTrue(Instant.now().isBefore(start.plusSeconds(60)), "a line is read in bounded time");
    }
}
