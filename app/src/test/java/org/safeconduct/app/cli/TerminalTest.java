package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final StringWriter out = new StringWriter();

    private PrintWriter writer() {
        return new PrintWriter(out, true);
    }

    @Test
    void aPipeGetsNoEscapeSequences() {
        assertEquals("accepted", Terminal.plain(writer(), writer()).good("accepted"));
        assertTrue(Terminal.coloured(writer(), writer()).good("accepted").startsWith("\u001b["));
    }

    @Test
    void textFromOutsideCannotSteerTheTerminal() {
        assertEquals("a?[31mb?c?d", Terminal.plain("a\u001b[31mb\nc\u202ed"));
        assertEquals(503, Terminal.plain("x".repeat(900)).length());
        assertEquals("Überfahrt", Terminal.plain("Überfahrt"));
    }

    @Test
    void aProgressBarIsQuietWhereNobodyLooks() {
        try (Progress progress = new Progress(Terminal.plain(writer(), writer()), "enrolling", 10)) {
            progress.at(10);
        }
        assertEquals("", out.toString());
    }

    @Test
    void workThatDoesNotSayHowFarItIsCountsItsSecondsAndLeavesNothingBehind() {
        try (Progress _ = Progress.ofSeconds(Terminal.plain(writer(), writer()), "asking")) {
            assertEquals("", out.toString());
        }
        try (Progress _ = Progress.ofSeconds(Terminal.watched(writer(), writer()), "asking")) {
            while (out.toString().isEmpty()) {
                Thread.onSpinWait();
            }
            assertTrue(out.toString().startsWith("\rasking ...  0:0"), out.toString());
        }
        assertTrue(out.toString().endsWith(" \r"), "wiped");
    }

    @Test
    void aProgressBarFillsUp() {
        assertTrue(Progress.draw("enrolling", 5, 10).endsWith(" 50 %"));
        assertFalse(Progress.draw("enrolling", 10, 10).contains("·"));
        assertEquals("enrolling  7", Progress.draw("enrolling", 7, 0));
    }
}
