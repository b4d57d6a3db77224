package org.safeconduct.app.office;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Register;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * The clock of a machine, as far as an office may work by it: all that an office does reads its time here. By a clock that
 * is years ahead it would publish the keys of epochs to come, forget whom it enrolled, and sign a day that no wallet believes
 * (register.md 5.6); none of that can be taken back. So whoever asks a clock that is far from the office's last signature
 * gets a {@link WrongClockException} instead of a time, until it is right again.
 */
public final class OfficeClock implements InstantSource {
    /** No clock is right that is before this was written. */
    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration YEARS = Duration.ofDays(30 * 365);
    /** A scheme ends within 366 days (register.md 2.3): an office that signed nothing for longer has nothing that is valid. */
    private static final Duration SILENT = Duration.ofDays(400);

    private final InstantSource machine;
    /** When the office signed last, as far as is known. */
    private volatile Optional<Instant> signed = Optional.empty();
    /** Until something is signed by it. */
    private volatile boolean believed;

    OfficeClock(InstantSource machine) {
        this.machine = machine;
    }

    /** Refuses a time that no machine can have, whatever its office. @throws WrongClockException if it is one */
    public static void check(Instant now) {
        if (now.isBefore(WRITTEN) || now.isAfter(WRITTEN.plus(YEARS))) {
            throw new WrongClockException("This machine's clock says " + now + ", which cannot be. Set the clock, then do this again.");
        }
    }

    /** @throws WrongClockException if the clock is far from what the office signed last */
    @Override
    public Instant instant() {
        Instant now = machine.instant();
        if (!believed) {
            signed.filter(time -> isFar(now, time)).ifPresent(time -> {
                throw new WrongClockException("This machine's clock says " + now + ", but this office signed its register on " + time
                        + ", more than 400 days away. Set the clock, then do this again. If the clock is right, say so with --clock-is-right.");
            });
        }
        return now;
    }

    private static boolean isFar(Instant now, Instant signed) {
        return Duration.between(signed, now).abs().compareTo(SILENT) > 0;
    }

    /** Believes the clock, whatever was signed before. */
    public void believe() {
        believed = true;
    }

    /** Learns from the store when the office signed last, and returns it; empty if the checkpoint bears no time of the office's. */
    Optional<Instant> learn(Tables tables, Register register) {
        try {
            signed = Checkpoint.parse(tables.checkpoint().orElseThrow().getBytes(StandardCharsets.UTF_8)).cosignedAt(register.office());
        } catch (MalformedException | VerificationException e) {
            throw new OfficeException("The checkpoint in the store is not the office's. Restore the store from a backup.", e);
        }
        believed = believed && signed.filter(time -> !isFar(machine.instant(), time)).isEmpty();
        return signed;
    }
}
