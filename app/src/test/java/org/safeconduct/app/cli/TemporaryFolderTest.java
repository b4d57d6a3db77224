package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said on a machine whose temporary folder takes no libraries: the two in machine code, SQLite and the curve, come from there. */
class TemporaryFolderTest {
    @TempDir
    private Path home;

    @Test
    void missingTemporaryFolderIsSaidWhicheverLibraryNeedsItFirst() throws Exception {
        assertSaid("SQLite", "office", "init", "--data", home.resolve("data").toString(), "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1");
        assertSaid("libblst", "bench", "crypto");
    }

    private void assertSaid(String library, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + home.resolve("missing"), "-cp", System.getProperty("java.class.path"), Main.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertEquals(Exit.CANNOT, process.waitFor(), said::toString);
        assertTrue(said.stream().noneMatch(line -> line.startsWith("\tat ")), said::toString);
        assertTrue(said.getLast().startsWith("A library in machine code is missing: " + library), said::toString);
        assertTrue(said.getLast().contains("-Djava.io.tmpdir"), said::toString);
    }
}
