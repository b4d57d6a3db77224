package org.safeconduct.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The story's clock: it stands still until it is moved, and in the end it goes with the real one. */
final class DemoClock implements InstantSource {
    private volatile Instant now;
    private volatile InstantSource real;

    DemoClock(Instant begin) {
        now = begin;
    }

    @Override
    public Instant instant() {
        return real != null ? real.instant() : now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    void follow(InstantSource clock) {
        real = clock;
    }
}
