package org.safeconduct.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.safeconduct.app.cli.Terminal;
import org.safeconduct.app.demo.Telling.Outcome;

class TellingTest {
    private final StringWriter out = new StringWriter();
    private final PrintWriter writer = new PrintWriter(out, true);
    private final Telling telling = new Telling(Terminal.plain(writer, writer));

    @Test
    void aStepThatComesOutDifferentlyIsMarkedAndCounted() {
        telling.step("A step", "to try", "refused", () -> Outcome.of("accepted"), "because");
        assertEquals(1, telling.wrong());
        assertTrue(out.toString().contains("WRONG    it should have been: refused"), out.toString());
    }

    @Test
    void aStepThatFailsIsWrong() {
        telling.step("A step", "to try", "refused", () -> {
            throw new IllegalStateException("no");
        }, "because");
        assertEquals(1, telling.wrong());
    }

    @Test
    void aStepThatComesOutAsToldIsNotMarked() {
        telling.step("A step", "to try", "refused", () -> Outcome.of("refused"), "because");
        assertEquals(0, telling.wrong());
        assertEquals(1, telling.steps());
    }
}
