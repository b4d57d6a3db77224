package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Cli.Said;

class ConformanceCommandTest {
    /** draft-irtf-cfrg-bbs-signatures, map_messages_to_scalars: one case is enough to run. */
    private static final String GOOD = """
        {"dst": "4242535f424c53313233383147315f584d443a5348412d3235365f535357555f524f5f4832475f484d32535f4d41505f4d53475f544f5f5343414c41525f41535f484153485f",
         "cases": [{"message": "9872ad089e452c7b6e283dfac2a80d58e8d0ff71cc4d5e310a1debdda4a45f02",
                    "scalar": "1cb5bb86114b34dc438a911617655a1db595abafac92f47c5001799cf624b430"}]}
        """;

    @TempDir
    private Path home;

    @Test
    void aGoodFilePassesAndASpoiltOneFails() throws IOException {
        Files.writeString(home.resolve("a.json"), GOOD);
        assertEquals("1 passed, 0 failed", last(new Cli(home).run("conformance", home.toString()), Exit.OK));
        Files.writeString(home.resolve("b.json"), GOOD.replace("1cb5bb", "1cb5bc"));
        assertEquals("1 passed, 1 failed", last(new Cli(home).run("conformance", home.toString()), Exit.REFUSED));
    }

    @Test
    void aFileThatIsNoVectorFails() throws IOException {
        Files.writeString(home.resolve("a.json"), "{\"a\": 1} {");
        Files.writeString(home.resolve("b.json"), "{\"a\": 1}");
        assertEquals("0 passed, 2 failed", last(new Cli(home).run("conformance", home.toString()), Exit.REFUSED));
    }

    @Test
    void anEmptyFolderIsNoSuccess() {
        Said said = new Cli(home).run("conformance", home.toString());
        assertEquals(Exit.REFUSED, said.exit());
        assertTrue(said.err().contains("No vector file"), said.all());
    }

    @Test
    void aFolderThatIsNotThereIsAMistakeInTheCommand() {
        Said said = new Cli(home).run("conformance", home.resolve("none").toString());
        assertEquals(Exit.USAGE, said.exit());
        assertTrue(said.err().contains("There is no "), said.all());
    }

    private static String last(Said said, int exit) {
        assertEquals(exit, said.exit(), said.all());
        return said.out().strip().lines().toList().getLast();
    }
}
