package org.safeconduct.app.office;

import java.time.Duration;
import java.util.Optional;

/** An offer was not redeemed or a pass not issued. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient Duration retryAfter;

    RefusedException(Refusal refusal) {
        this(refusal, refusal.sentence(), null);
    }

    /** @param retryAfter when to ask again, or null if that would not help */
    RefusedException(Refusal refusal, String sentence, Duration retryAfter) {
        // A refusal is an answer, not a fault: no stack trace, which would cost more than the answer.
        super(sentence, null, false, false);
        this.refusal = refusal;
        this.retryAfter = retryAfter;
    }

    /** Returns why. */
    public Refusal refusal() {
        return refusal;
    }

    /** Returns when to ask again, if that helps. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
