package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.app.wallet.RegisterFetch;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.crypto.MalformedException;

/** Reads the register over and over from every node, as a wallet does that trusts nobody. */
final class RegisterWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Supplier<List<InetSocketAddress>> nodes;
    private final SecureRandom random = new SecureRandom();
    private final Set<Integer> sizes = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofPlatform().daemon().name("register watch").unstarted(this::watch);
    private Optional<KnownRegister> held = Optional.empty();
    private volatile String broken = "";
    private volatile boolean open = true;
    private final AtomicInteger reads = new AtomicInteger();

    RegisterWatch(Supplier<List<InetSocketAddress>> nodes) {
        this.nodes = nodes;
        thread.start();
    }

    private void watch() {
        while (open) {
            for (InetSocketAddress node : nodes.get()) {
                try (OfficeClient client = new OfficeClient("http://127.0.0.1:" + node.getPort(), wait -> Thread.sleep(wait.toMillis()), random)) {
                    judge(RegisterFetch.fetch(client, held, Instant.now()));
                } catch (IOException | OfficeRefusal e) {
                    // The node is gone: that is what happens here.
                } catch (MalformedException e) {
                    throw new IllegalStateException("An address of ours.", e);
                } catch (InterruptedException e) {
                    return;
                }
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void judge(Acceptance acceptance) {
        switch (acceptance) {
            case Acceptance.Accepted accepted -> {
                held = Optional.of(accepted.known());
                sizes.add(accepted.known().register().size());
                reads.incrementAndGet();
            }
            case Acceptance.NotAnExtension split -> broken = "Two registers were signed of which neither extends the other: sizes "
                    + split.held().size() + " and " + split.other().size() + ".";
            case Acceptance.Ahead ahead -> broken = "A register was signed at " + ahead.cosigned() + ", more than a day from now.";
            case Acceptance.Malformed malformed -> broken = "A register was served that is none. " + malformed.why();
        }
    }

    /** What was wrong, or empty. */
    String broken() {
        return broken;
    }

    /** How many times a register was read and judged. */
    int reads() {
        return reads.get();
    }

    /** How many different sizes were seen. */
    int sizes() {
        return sizes.size();
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
