package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.core.register.Example.attribute;
import static org.safeconduct.core.register.Example.scope;
import static org.safeconduct.core.register.Example.with;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.safeconduct.crypto.MalformedException;

class SchemeLintTest {
    private static Scheme scheme(byte[] line) throws MalformedException {
        return (Scheme) Line.parse(line);
    }

    private static boolean isRefused(Scheme scheme, Instant now) {
        return SchemeLint.check(scheme, now).stream().anyMatch(SchemeLint.Finding::refused);
    }

    @Test
    void aSunsetIsAheadAndAtMost366DaysAway() throws MalformedException {
        Scheme scheme = scheme(Example.SCHEME);
        assertFalse(isRefused(scheme, Instant.parse("2026-12-30T00:00:00Z")));
        assertTrue(isRefused(scheme, Instant.parse("2026-12-29T23:59:59Z")));
        assertFalse(isRefused(scheme, Instant.parse("2027-12-30T23:59:59Z")));
        assertTrue(isRefused(scheme, Instant.parse("2027-12-31T00:00:00Z")));
    }

    @Test
    void theLargestShowingIsCountedByTheByte() throws MalformedException {
        // 343 fixed, 32 for each of 1 + N scalars, 32 for each of four attributes.
        assertEquals(343 + 32 * 3 + 32 * 4, SchemeLint.worstShowing(scheme(Example.SCHEME)));
        byte[] wide = with(with(with(with(Example.SCHEME, "attributes", IntStream.range(0, 6)
                .mapToObj(i -> attribute("a" + i, Map.of("kind", "letter"), false, false)).toList()), "default", List.of()),
                "paper", null), "special_basis", null);
        assertEquals(631, SchemeLint.worstShowing(scheme(wide)));
        assertTrue(isRefused(scheme(wide), Example.NOW));
        byte[] narrow = with(wide, "attributes", List.of(attribute("a", Map.of("kind", "list", "values", List.of("x".repeat(40))), false, false)));
        assertEquals(343 + 96 + 42, SchemeLint.worstShowing(scheme(narrow)));
    }

    @Test
    void warnsOfDefaultStampsSpecialCategoriesAndSmallCrowds() throws MalformedException {
        String all = SchemeLint.check(scheme(Example.SCHEME), Example.NOW).toString();
        assertTrue(all.contains("special category") && all.contains("2 groups") && all.contains("paper"));
        assertFalse(all.contains("stamps"));
        byte[] stamping = with(with(with(Example.SCHEME, "scopes", List.of(scope("a"))), "default_scope", 0), "paper", null);
        assertTrue(SchemeLint.check(scheme(stamping), Example.NOW).toString().contains("The default question stamps"));
        List<String> names = IntStream.range(0, 400).mapToObj(i -> "name-" + i).toList();
        byte[] narrow = with(with(with(Example.SCHEME, "attributes", List.of(attribute("name", Map.of("kind", "list", "values", names), true, false))),
                "default", List.of()), "special_basis", null);
        assertTrue(SchemeLint.check(scheme(with(narrow, "paper", null)), Example.NOW).toString().contains("400 values"));
    }

    @Test
    void warnsOfValuesThatLookAlike() throws MalformedException {
        byte[] plain = with(with(with(Example.SCHEME, "default", List.of()), "special_basis", null), "paper", null);
        for (List<String> alike : List.of(List.of("staff", "Staff"), List.of("fi", "\ufb01"), List.of("x", "y", "\uff38"), List.of("strasse", "Straße"))) {
            byte[] line = with(plain, "attributes", List.of(attribute("tariff", Map.of("kind", "list", "values", alike), false, false)));
            assertTrue(SchemeLint.check(scheme(line), Example.NOW).toString().contains("look nearly alike"), alike.toString());
        }
        byte[] line = with(plain, "attributes", List.of(attribute("tariff", Map.of("kind", "list", "values", List.of("staff", "guest")), false, false)));
        assertFalse(SchemeLint.check(scheme(line), Example.NOW).toString().contains("alike"));
    }

    static Stream<Path> examples() throws java.io.IOException {
        Path folder = Path.of(System.getProperty("safeconduct.home"), "examples", "schemes");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleSchemeIsOneThatOurProgramPublishes(Path file) throws Exception {
        Scheme scheme = Scheme.draft(Files.readAllBytes(file));
        assertFalse(isRefused(scheme, scheme.sunset().minus(SchemeLint.LONGEST_LIFE)), file.toString());
        assertEquals(scheme, Line.parse(scheme.print()));
    }
}
