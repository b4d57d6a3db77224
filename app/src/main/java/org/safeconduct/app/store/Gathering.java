package org.safeconduct.app.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A queue and the thread that works on it: all that come while one group is at work are the next one. */
final class Gathering<A extends Gathering.Asked> implements AutoCloseable {
    /** Most requests in one group: beyond it the gain is small and the wait of the first grows. */
    static final int LARGEST_GROUP = 256;
    /** Most requests that wait; more are refused at once, because a late answer is asked for twice. */
    static final int LONGEST_QUEUE = 4096;

    /**
     * A group begins so long after the one before at the earliest: a commit costs little more for many requests than for one,
     * and many come in the meantime when there is a crowd. Who comes alone does not wait.
     */
    static final Duration APART = Duration.ofMillis(10);

    private final BlockingQueue<A> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Consumer<List<A>> work;
    private final Thread thread;
    private volatile boolean open = true;

    /**
     * Starts the thread.
     *
     * @param work answers all of a group, whatever happens
     */
    Gathering(String name, Consumer<List<A>> work) {
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** A request; whoever asks waits until it was answered. */
    abstract static class Asked {
        final CompletableFuture<Void> answered = new CompletableFuture<>();

        void succeed() {
            answered.complete(null);
        }

        void fail(Exception e) {
            answered.completeExceptionally(e);
        }
    }

    /** Returns when a request was answered. */
    void await(A asked) {
        if (!open || !queue.offer(asked)) {
            throw new StoreException(open ? StoreException.Kind.OVERLOADED : StoreException.Kind.DOWN);
        }
        if (!open) {
            // The thread may have looked for the last time just before.
            refuseAll();
        }
        try {
            asked.answered.join();
        } catch (CompletionException e) {
            throw StoreException.of(e.getCause());
        }
    }

    private void run() {
        List<A> group = new ArrayList<>(LARGEST_GROUP);
        long next = System.nanoTime();
        try {
            while (open) {
                group.add(queue.take());
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                next = System.nanoTime() + APART.toNanos();
                queue.drainTo(group, LARGEST_GROUP - 1);
                work.accept(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            // It is closed.
        } finally {
            // Also where the work ends in an error: nobody waits for a thread that is gone.
            open = false;
            group.forEach(Gathering::refuse);
            refuseAll();
        }
    }

    private void refuseAll() {
        List<A> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(Gathering::refuse);
    }

    private static void refuse(Asked asked) {
        asked.fail(new StoreException(StoreException.Kind.DOWN));
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
