package org.safeconduct.app.office;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.safeconduct.app.store.Store;

/** The store of an office with the operator's key, a clock and randomness: for rooms that keep secrets of their own in it. */
public final class Vault {
    private final Store store;
    private final OperatorKey operator;
    private final InstantSource clock;
    private final SecureRandom random;

    Vault(Store store, OperatorKey operator, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.operator = operator;
        this.clock = clock;
        this.random = random;
    }

    /** Returns the store. */
    public Store store() {
        return store;
    }

    /** Returns the time in whole seconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the randomness of this process. */
    public SecureRandom random() {
        return random;
    }

    /** Wraps a secret under the operator's key. @param purpose what it is for; {@link #unwrap} needs the same */
    public byte[] wrap(String purpose, byte[] secret) {
        return operator.wrap(purpose, secret, random);
    }

    /** @throws OfficeException if it was wrapped under another key, or for another purpose */
    public byte[] unwrap(String purpose, byte[] wrapped) {
        return operator.unwrap(purpose, wrapped);
    }

    @Override
    public String toString() {
        return "Vault[secret]";
    }
}
