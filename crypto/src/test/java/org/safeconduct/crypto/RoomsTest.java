package org.safeconduct.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may see what, read from the sources. */
class RoomsTest {
    private static final Path SOURCES = Path.of("src/main/java");

    private static Set<String> roomsWhere(Predicate<String> text) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return new TreeSet<>(files.filter(p -> p.toString().endsWith(".java")).filter(p -> text.test(read(p)))
                    .map(p -> p.getParent().getFileName() + "/" + p.getFileName()).toList());
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void curveIsSeenByBbsIbeAndBenchAlone() throws IOException {
        Set<String> users = roomsWhere(s -> s.contains("org.safeconduct.crypto.bls."));
        assertFalse(users.isEmpty());
        for (String user : users) assertTrue(user.matches("(bls|bbs|ibe|bench)/.*"), user);
        String module = read(SOURCES.resolve("module-info.java"));
        assertFalse(module.contains("exports org.safeconduct.crypto.bls"));
    }

    @Test
    void curveSeesNothingAboveIt() throws IOException {
        for (String user : roomsWhere(s -> s.contains("import org.safeconduct.crypto.bbs.") || s.contains("import org.safeconduct.crypto.bench."))) {
            assertFalse(user.startsWith("bls/"), user);
        }
    }

    @Test
    void nativeMemoryStaysBelowTheCurve() throws IOException {
        for (String user : roomsWhere(s -> s.contains("java.lang.foreign"))) {
            assertTrue(user.startsWith("bls/") || user.equals("bench/Raw.java"), user);
        }
        assertEquals(Set.of("bls/Blst.java", "bls/BlstLibrary.java"), roomsWhere(s -> s.contains("SymbolLookup")));
    }

    /** Arithmetic of variable time is for public scalars, in one place. */
    @Test
    void bigIntegersTouchPublicScalarsAlone() throws IOException {
        assertEquals(Set.of("bls/Multi.java"), roomsWhere(s -> s.contains("java.math.BigInteger")));
    }

    @Test
    void timeAndRandomnessAreArguments() throws IOException {
        for (String forbidden : List.of("Instant.now", "System.currentTimeMillis", "LocalDate.now", "Math.random")) {
            assertEquals(Set.of(), roomsWhere(s -> s.contains(forbidden)));
        }
        assertEquals(Set.of("bench/CryptoBench.java"), roomsWhere(s -> s.contains("new SecureRandom")));
    }

    @Test
    void filesAreOfReadableLength() throws IOException {
        assertEquals(Set.of(), roomsWhere(s -> s.lines().count() > 400));
    }
}
