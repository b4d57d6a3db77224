package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Cli.Said;

class DemoCommandTest {
    @TempDir
    private Path home;

    @Test
    void everyStepOfTheStoryComesOutAsTold() {
        Said said = new Cli(home).run("demo", "--once");
        assertEquals(Exit.OK, said.exit(), said.all());
        assertFalse(said.out().contains("    WRONG"), said.out());
        for (String verdict : new String[] {"accepted", "accepted on paper", "refused CODE_EXPIRED", "refused ALREADY_USED", "refused OTHER_QUESTION",
            "refused EPOCH_OVER", "refused SCHEME_STOPPED", "refused NOT_A_PASS", "refused already_issued", "kept as evidence", "none found",
            "Anna and Ben are warned, Cleo is not"}) {
            assertTrue(said.out().contains("verdict  " + verdict), verdict);
        }
    }
}
