package org.safeconduct.app.cli;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A progress bar for work that takes longer than half a second. It draws on the error side, only where
 * somebody looks, at most ten times a second, and leaves an empty line behind.
 */
public final class Progress implements AutoCloseable {
    private static final long PATIENCE = Duration.ofMillis(500).toNanos();
    private static final long PAUSE = Duration.ofMillis(100).toNanos();
    private static final int WIDTH = 30;

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final long begun = System.nanoTime();
    private long drawn;
    private volatile boolean visible;
    private Thread ticking;

    /** A bar for {@code total} units; 0 if the total is not known. */
    public Progress(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    /** Counts the seconds of work that does not say how far it is, until it is closed. */
    public static Progress ofSeconds(Terminal terminal, String what) {
        Progress progress = new Progress(terminal, what, 0);
        if (terminal.live()) {
            progress.ticking = Thread.startVirtualThread(progress::tick);
        }
        return progress;
    }

    private void tick() {
        LockSupport.parkNanos(PATIENCE);
        while (!Thread.currentThread().isInterrupted()) {
            visible = true;
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            terminal.raw("\r%s ...  %d:%02d".formatted(what, seconds / 60, seconds % 60));
            LockSupport.parkNanos(PATIENCE);
        }
    }

    /** Says that {@code done} units are done. Cheap enough to call for each. */
    public void at(long done) {
        long now = System.nanoTime();
        if (!terminal.live() || now - begun < PATIENCE || now - drawn < PAUSE) {
            return;
        }
        drawn = now;
        visible = true;
        terminal.raw("\r" + draw(what, done, total) + left(done, now - begun));
    }

    /** The bar as text. */
    static String draw(String what, long done, long total) {
        if (total <= 0) {
            return what + "  " + done;
        }
        long bounded = Math.clamp(done, 0, total);
        int full = (int) (bounded * WIDTH / total);
        return "%s  %s%s %3d %%".formatted(what, "━".repeat(full), "·".repeat(WIDTH - full), bounded * 100 / total);
    }

    /** How long it will take at the pace so far: minutes and seconds, or nothing where the total is not known. */
    private String left(long done, long nanos) {
        if (total <= 0 || done <= 0 || done >= total) {
            return "       ";
        }
        long seconds = Math.min(99 * 60, (long) ((double) nanos / done * (total - done) / 1e9));
        return "  %d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (ticking != null) {
            ticking.interrupt();
            join(ticking);
        }
        if (visible) {
            terminal.raw("\r" + " ".repeat(what.length() + WIDTH + 32) + "\r");
        }
    }
}
