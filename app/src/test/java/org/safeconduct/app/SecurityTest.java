package org.safeconduct.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says of the tests is so. */
class SecurityTest {
    private static final Path HOME = Path.of(System.getProperty("safeconduct.home", ".."));
    private static final Pattern JAVA = Pattern.compile("`([A-Za-z0-9]+(?:Test|IT))\\.([a-z][A-Za-z0-9]+)`");
    private static final Pattern TYPESCRIPT = Pattern.compile("`([A-Za-z]+\\.test\\.ts): ([^`]+)`");

    private static List<Path> files(String... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> all = Files.walk(HOME.resolve(folder))) {
                all.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return files;
    }

    private static boolean holds(List<Path> files, String name, String part) throws IOException {
        for (Path file : files) {
            if (file.getFileName().toString().equals(name) && Files.readString(file).contains(part)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void everyTestThatItNamesIsThereAndEveryPromiseHasOne() throws IOException {
        String text = Files.readString(HOME.resolve("SECURITY.md"));
        List<Path> java = files("crypto/src/test", "core/src/test", "app/src/test");
        List<String> missing = new ArrayList<>();
        for (MatchResult named : JAVA.matcher(text).results().toList()) {
            if (!holds(java, named.group(1) + ".java", "void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        List<Path> typescript = files("web/crypto/test", "web/core/test", "web/wallet/test", "web/checker/test", "web/venue/test", "web/e2e/test");
        for (MatchResult named : TYPESCRIPT.matcher(text).results().toList()) {
            if (!holds(typescript, named.group(1), named.group(2) + "'")) {
                missing.add(named.group());
            }
        }
        assertEquals(List.of(), missing);
        for (int promise = 1; promise <= 10; promise++) {
            assertTrue(Pattern.compile("(?m)^\\| P" + promise + " \\| [^|]+ \\| `[^|]+ \\|$").matcher(text).find(), "P" + promise);
        }
        for (int attack = 1; attack <= 25; attack++) {
            assertTrue(Pattern.compile("(?m)^\\| " + attack + " \\| [^|]+ \\| (`|none)[^|]+ \\|$").matcher(text).find(), "attack " + attack);
        }
    }
}
