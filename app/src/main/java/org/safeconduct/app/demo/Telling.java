package org.safeconduct.app.demo;

import org.safeconduct.app.cli.Terminal;
import org.safeconduct.core.pass.Form;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.Verdict;

/** Tells the story step by step, and counts the steps that did not come out as told. */
final class Telling {
    /**
     * How a step came out.
     *
     * @param code what is compared with the expectation
     * @param said the sentence that goes with it, or an empty text
     */
    record Outcome(String code, String said) {
        static Outcome of(String code) {
            return new Outcome(code, "");
        }

        static Outcome of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Accepted accepted -> of(accepted.form() == Form.PAPER ? "accepted on paper" : "accepted");
                case Verdict.Specimen _ -> of("specimen");
                case Verdict.Refused refused -> new Outcome("refused " + refused.reason().name(), refused.reason().door());
                case Verdict.CannotTell doubt -> new Outcome("cannot tell " + doubt.reason().name(), doubt.reason().door());
            };
        }

        static Outcome of(NoAnswer no) {
            return new Outcome("not answered " + no.name(), no.holder());
        }
    }

    /** What a step does. */
    @FunctionalInterface
    interface Act {
        Outcome run() throws Exception;
    }

    private final Terminal terminal;
    private int steps;
    private int wrong;

    Telling(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The beginning of a part of the story. */
    void part(String title, String line) {
        terminal.line();
        terminal.line(terminal.strong(title));
        terminal.line(terminal.quiet(line));
    }

    /** One step: what is tried, what came of it, and why. */
    void step(String heading, String tried, String expected, Act act, String why) {
        steps++;
        Outcome outcome;
        try {
            outcome = act.run();
        } catch (Exception e) {
            outcome = new Outcome("failed", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        boolean asTold = outcome.code().equals(expected);
        terminal.line();
        terminal.line(terminal.strong("%2d  %s".formatted(steps, heading)));
        terminal.line("    tried    " + tried);
        terminal.line("    verdict  " + paint(outcome.code(), expected) + (outcome.said().isEmpty() ? "" : terminal.quiet("  " + outcome.said())));
        if (!asTold) {
            wrong++;
            terminal.line(terminal.bad("    WRONG    it should have been: " + expected));
        }
        terminal.line("    why      " + why);
    }

    private String paint(String code, String expected) {
        return !code.equals(expected) || code.startsWith("refused") || code.startsWith("not answered") ? terminal.bad(code)
            : code.endsWith("paper") || code.startsWith("cannot") ? terminal.doubtful(code) : terminal.good(code);
    }

    /** A line that belongs to the step before. */
    void detail(String line) {
        terminal.line("             " + line);
    }

    Terminal terminal() {
        return terminal;
    }

    int steps() {
        return steps;
    }

    int wrong() {
        return wrong;
    }
}
