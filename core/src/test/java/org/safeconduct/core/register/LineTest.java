package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.core.register.Example.attribute;
import static org.safeconduct.core.register.Example.nullable;
import static org.safeconduct.core.register.Example.scope;
import static org.safeconduct.core.register.Example.texts;
import static org.safeconduct.core.register.Example.with;
import static org.safeconduct.core.register.Example.without;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
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

    /** One change each, with the rule it breaks being the one named by the member. */
    static Stream<Map.Entry<byte[], List<Object>>> refusals() {
        String small = "0100000000000000000000000000000000000000000000000000000000000000";
        List<Object> many = Collections.nCopies(9, attribute("a", Map.of("kind", "letter"), false, false));
        return Stream.<Map.Entry<byte[], List<Object>>>of(
                Map.entry(Example.OFFICE, List.of("contact", "", "contact", "x".repeat(81), "contact", "a\u200bb", "cosign_key", small,
                        "cosign_key", Example.REGISTER_KEY.publicKey().hex(), "languages", List.of(), "languages", List.of("de", "de"),
                        "languages", List.of("DE"), "languages", IntStream.range(0, 17).mapToObj(i -> "a" + (char) ('a' + i)).toList(),
                        "names", Map.of("de", " Amt"), "names", Map.of("de", "e\u0301"), "names", Map.of("deutsch", "Amt"), "origin", "",
                        "origin", "Example.org", "origin", "a/", "origin", "a".repeat(65), "origin", "a/".repeat(64) + "a", "profile", 2,
                        "profile", "1", "register_key", small, "register_key", "00", "register_key", "AB".repeat(32))),
                Map.entry(Example.SCHEME, Arrays.asList("ahead", 0, "ahead", 32, "attributes", many,
                        "attributes", List.of(many.get(0), many.get(0)), "daily_cap", 0, "daily_cap", 100_000_001, "default", List.of(4),
                        "default", List.of(1, 0), "default", List.of(1, 1), "default_scope", 0, "default_scope", 1,
                        "epoch", Map.of("kind", "year", "zone", "UTC"), "epoch", Map.of("kind", "day", "zone", "a b"),
                        "epoch", Map.of("kind", "day", "zone", "a/b/c/d"), "epoch", Map.of("kind", "day", "zone", "a".repeat(65)),
                        "epoch", Map.of("kind", "DAY", "zone", "UTC"), "epoch", Map.of("kind", "day"), "id", "Bath", "id", "-", "legal_basis", null,
                        "paper", Map.of("attributes", List.of(2), "scope", 0), "paper", Map.of("attributes", List.of(0), "scope", 2),
                        "paper", Map.of("attributes", List.of(0)), "purpose", texts("x".repeat(2001), "x"), "replacement", null,
                        "replacement", 1, "scopes", List.of(), "scopes", List.of(scope("a"), scope("a")),
                        "scopes", List.of(scope("a"), scope("b"), scope("c"), scope("d"), scope("e")), "special_basis", null,
                        "specimen", "false", "sunset", "2027-02-29T00:00:00Z", "sunset", "2027-02-28", "sunset", 5)),
                Map.entry(Example.ASKER, Arrays.asList("attributes", List.of(8), "attributes", List.of(1, 1), "doors", List.of("a", "a"),
                        "doors", List.of(""), "doors", IntStream.range(0, 201).mapToObj(i -> "d" + i).toList(), "key", small,
                        "scheme", "00", "scheme", null, "scopes", List.of(4), "until", "2027-06-30T00:00:00.000Z")),
                Map.entry(Example.EPOCH, Arrays.asList("from", "2027-01-11T00:00:00Z", "from", "2027-01-12T00:00:00Z", "holders", 3, "holders", 4095,
                        "key", "c0" + "00".repeat(95), "key", "00".repeat(96), "key", "ff".repeat(96), "key", "00", "number", 100_000,
                        "scheme", "ab", "spare", 0)),
                Map.entry(Example.STOP, Arrays.asList("from", null, "target", "x", "why", Map.of("de", ""))),
                Map.entry(Example.CLOSED, Arrays.asList("epoch", null, "issued", 1, "key", "00".repeat(32), "key", "ff".repeat(32),
                        "key", "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", "key", "01", "replaced", 101)),
                Map.entry(Example.KEY, Arrays.asList("key", small, "number", 0, "number", 4294967296L, "signature", "00", "signature", null)),
                Map.entry(Example.AUTHORITY, Arrays.asList("id", "", "proof", "ab", "regions", List.of(), "regions", List.of(scope("a"), scope("a")),
                        "regions", IntStream.range(0, 65).mapToObj(i -> scope("r" + i)).toList(), "retention", 0, "retention", 31,
                        "signing_key", small, "tracing_key", "CD".repeat(96), "tracing_key", "cd".repeat(95))),
                Map.entry(Example.BUILD, Arrays.asList("app", "office", "digest", "ef", "version", "", "version", "x".repeat(81))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesAnyMemberOutOfItsRange(Map.Entry<byte[], List<Object>> refusals) {
        for (int i = 0; i < refusals.getValue().size(); i += 2) {
            String name = (String) refusals.getValue().get(i);
            Object value = refusals.getValue().get(i + 1);
            assertThrows(MalformedException.class, () -> Line.parse(with(refusals.getKey(), name, value)), name + " " + value);
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
