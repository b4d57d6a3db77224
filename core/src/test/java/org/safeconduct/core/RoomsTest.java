package org.safeconduct.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may see which: a pass knows nothing of presence, presence nothing of passes, and the curve stays hidden. */
class RoomsTest {
    private static final Map<String, Set<String>> MAY_SEE = Map.of(
            "core.wire", Set.of("core.wire", "crypto"),
            "core.register", Set.of("core.register", "core.wire", "crypto", "crypto.bbs", "crypto.ibe"),
            "core.pass", Set.of("core.pass", "core.register", "core.wire", "crypto", "crypto.bbs"),
            "core.presence", Set.of("core.presence", "core.register", "core.wire", "crypto", "crypto.ibe"));
    private static final Pattern MENTION = Pattern.compile("org\\.safeconduct\\.([a-z]+(?:\\.[a-z]+)*)\\.[A-Z]");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^import (?:static )?(?!java\\.|javax\\.crypto|org\\.safeconduct\\.)(\\S+)");
    private static final Path SOURCES = Path.of(System.getProperty("safeconduct.home"), "core", "src", "main", "java");

    @Test
    void everyRoomSeesOnlyTheRoomsItMay() throws IOException {
        List<String> breaches = new ArrayList<>();
        int mentions = 0;
        for (Path file : sources()) {
            String room = SOURCES.relativize(file.getParent()).toString().replace('/', '.').replace("org.safeconduct.", "");
            assertTrue(MAY_SEE.containsKey(room), "a room that the table does not know: " + room);
            Matcher mention = MENTION.matcher(Files.readString(file));
            while (mention.find()) {
                mentions++;
                if (!MAY_SEE.get(room).contains(mention.group(1))) {
                    breaches.add(file.getFileName() + " sees " + mention.group(1));
                }
            }
        }
        assertTrue(mentions > 50, "the sources were found");
        assertEquals(List.of(), breaches);
    }

    @Test
    void onlyTheJsonReaderUsesALibrary() throws IOException {
        List<String> users = new ArrayList<>();
        for (Path file : sources()) {
            if (LIBRARY.matcher(Files.readString(file)).find()) {
                users.add(file.getFileName().toString());
            }
        }
        assertEquals(List.of("Json.java"), users);
    }

    /** Time and randomness are arguments (house rule): nothing in core reads a clock or makes its own generator. */
    @Test
    void nothingReadsAClockOrDrawsRandomness() throws IOException {
        Pattern source = Pattern.compile("\\.now\\(\\)|currentTimeMillis|nanoTime|new SecureRandom\\(|new Random\\(|Math\\.random|randomUUID");
        for (Path file : sources()) {
            assertTrue(!source.matcher(Files.readString(file)).find(), file.getFileName() + " reads a clock or draws randomness");
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java")
                    && !file.endsWith("package-info.java")).sorted().toList();
        }
    }
}
