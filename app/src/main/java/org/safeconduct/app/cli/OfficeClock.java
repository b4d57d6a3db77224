package org.safeconduct.app.cli;

import java.time.Duration;
import java.time.Instant;
import org.safeconduct.app.office.Desk;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * Whether an office may work by the clock of its machine. By one that is years ahead it would publish the keys of epochs to
 * come, forget whom it enrolled, and sign a day that no wallet believes (register.md 5.6); none of that can be taken back.
 */
final class OfficeClock {
    /** No clock is right that is before this was written. */
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration YEARS = Duration.ofDays(30 * 365);
    /** A scheme ends within 366 days (register.md 2.3): an office that signed nothing for longer has nothing that is valid. */
    private static final Duration SILENT = Duration.ofDays(400);

    private OfficeClock() {}

    /** Refuses a clock that cannot be right. */
    static void check(Instant now) {
        if (now.isBefore(WRITTEN) || now.isAfter(WRITTEN.plus(YEARS))) {
            throw CommandException.cannot("This machine's clock says " + now + ", which cannot be. Set the clock, then do this again.");
        }
    }

    /** Refuses a clock that is far ahead of what the office signed last. */
    static void check(Instant now, Desk desk) {
        check(now);
        try {
            Checkpoint.parse(desk.published().checkpoint()).cosignedAt(desk.register().office()).filter(signed -> now.isAfter(signed.plus(SILENT)))
                .ifPresent(signed -> {
                    throw CommandException.cannot("This machine's clock says " + now + ", but this office signed its register on " + signed
                        + " and never since. Set the clock, then do this again. If the clock is right, say so with --clock-is-right.");
                });
        } catch (MalformedException | VerificationException e) {
            throw CommandException.cannot("The checkpoint in the store is not the office's. Restore the store from a backup.");
        }
    }
}
