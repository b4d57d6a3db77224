package org.safeconduct.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README says what works. */
class ReadmeTest {
    @Test
    void exampleIsTheOneThatRuns() throws Exception {
        String source = Files.readString(Path.of("src/test/java/org/safeconduct/crypto/ReadmeExample.java"));
        String code = source.substring(source.indexOf("// README\n") + 10, source.indexOf("        // end\n")).stripTrailing().stripIndent().strip();
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java\n") + 8;
        assertEquals(code, readme.substring(start, readme.indexOf("\n```", start)));
        assertEquals(2, ReadmeExample.run().hiddenCount());
    }
}
