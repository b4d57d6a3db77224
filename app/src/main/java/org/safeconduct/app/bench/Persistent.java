package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A person who keeps asking, whatever happens to the servers, until the pass is there; who sometimes hangs up before the
 * answer, and afterwards asks again for the same bytes, and once for others, which must be refused.
 */
final class Persistent implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 100;
    private static final int ANSWER_MILLIS = 15_000;
    /** Nodes come back within seconds: whoever is not served for so long was given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** One request in so many is cut before its answer. */
    private static final int CUT = 16;

    private final Supplier<List<InetSocketAddress>> nodes;
    private final Random random;
    private final Selector selector = Selector.open();
    private final Caller caller = new Caller();
    private byte[] place;

    /** @param nodes where nodes listen just now */
    Persistent(Supplier<List<InetSocketAddress>> nodes, Random random) throws IOException {
        this.nodes = nodes;
        this.random = random;
    }

    /** An answer that no client may ever get. */
    static final class BrokenPromise extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenPromise(String what) {
            super(what);
        }
    }

    /** Asks until the pass is there. @return the body of the answer */
    String pass(Person person) throws InterruptedException {
        place = null;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            int status = attempt(() -> caller.askToken(person, place));
            if (status == 200) {
                status = withToken(person);
                if (status == 200) {
                    return caller.body();
                }
            }
            if (status != 0 && status != 503 && status != 429 && status != 401) {
                throw new BrokenPromise("A client that kept asking was told " + status + ": " + caller.body());
            }
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
        throw notServed();
    }

    /** Asks with a token for another commitment than the one that has the pass; it must be refused. */
    void another(Person person, Person sameOfferOtherCommitment) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (attempt(() -> caller.askToken(person, null)) == 200) {
                int status = withToken(sameOfferOtherCommitment);
                if (status == 409) {
                    return;
                }
                if (status == 200) {
                    throw new BrokenPromise("One person has two passes for one epoch.");
                }
            }
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
        throw notServed();
    }

    private static BrokenPromise notServed() {
        return new BrokenPromise("A client that kept asking for " + PATIENCE.toSeconds() + " seconds was not answered.");
    }

    private int withToken(Person person) {
        try {
            caller.token = caller.accessToken();
        } catch (IOException e) {
            return 0;
        }
        return attempt(() -> caller.askCredential(person));
    }

    private interface Ask {
        void send() throws IOException;
    }

    /** Sends and reads; 0 if there was no answer. Each attempt is at any of the nodes. */
    private int attempt(Ask ask) {
        try {
            List<InetSocketAddress> now = nodes.get();
            if (now.isEmpty()) {
                return 0;
            }
            caller.close();
            caller.open(now.get(random.nextInt(now.size())), selector);
            ask.send();
            if (random.nextInt(CUT) == 0) {
                Thread.sleep(random.nextInt(10));
                return 0;
            }
            return answer();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int answer() throws IOException {
        long end = System.nanoTime() + ANSWER_MILLIS * 1_000_000L;
        while (System.nanoTime() < end) {
            selector.select(ANSWER_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isWritable()) {
                    caller.flush();
                } else if (caller.read()) {
                    selector.selectedKeys().clear();
                    if (caller.status() == 503 && caller.place() != null) {
                        place = caller.place();
                    }
                    return caller.status();
                }
            }
            selector.selectedKeys().clear();
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        caller.close();
        selector.close();
    }
}
