package org.safeconduct.core.register;

import java.time.Instant;

/** What a client makes of a fetched register (spec/register.md section 5.1). */
public sealed interface Acceptance {
    /**
     * The fetched register is, or extends, the one held, which is to be replaced by this.
     *
     * @param known the register to keep; equal to the one before where the fetch brought nothing new
     */
    record Accepted(KnownRegister known) implements Acceptance {}

    /**
     * The office signed two registers of which neither extends the other. Both checkpoints are to be kept and shown.
     *
     * @param held the checkpoint of the register held, which stays in use
     * @param other the other one, signed by a key of the same office
     */
    record NotAnExtension(Checkpoint held, Checkpoint other) implements Acceptance {}

    /**
     * The office signed this more than a day later than this device's clock says: one of the two clocks is wrong. Nothing is
     * changed; whoever took it would accept nothing until that time came (5.6).
     *
     * @param cosigned the time that the office signed
     */
    record Ahead(Instant cosigned) implements Acceptance {}

    /**
     * Nothing that this office signed: damaged, incomplete, or somebody else's.
     *
     * @param why one sentence
     */
    record Malformed(String why) implements Acceptance {}
}
