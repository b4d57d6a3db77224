package org.safeconduct.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a process that goes on until it is told to stop. From the moment it is told (ctrl-C, SIGTERM), the process lives
 * until this is closed, ten seconds at most: so it is opened before everything that must be closed in good order.
 */
public final class Stopping implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Begins to listen. */
    public Stopping() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            try {
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Returns when the process is told to stop. */
    public void await() throws InterruptedException {
        told.await();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
