package org.safeconduct.app.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All connections that are open, and until when each has time (spec/scale.md section 3.4). A client that says nothing, that
 * sends or reads a byte now and then, or that does not finish TLS's handshake, is closed when its time is over; so no client
 * needs to be known by its address. When there is no room for one more, those go whose time ends first: whoever sends a whole
 * request at once is hardly ever among them, however many connections somebody else opens.
 *
 * <p>The library waits for bytes for ever, whatever it is told, and for a connection to be over before it accepts one more; so
 * it is told nothing, and every connection is seen here, from the moment in which it is accepted. The table is as the system's
 * own: a connection stands in it by its two ends while it is open, and nothing is left of it afterwards.
 */
final class Connections {
    private final Map<Ends, Connection> open = new ConcurrentHashMap<>();
    private final Limits limits;

    Connections(Limits limits) {
        this.limits = limits;
    }

    /**
     * How long things may take, and how many may be open.
     *
     * @param request longest time without a request, until its head is there; and then once more for its body
     * @param answer longest time from there until the answer is taken, work and all
     * @param most connections
     */
    record Limits(Duration request, Duration answer, int most) {
        /** Each holds about 20 KiB of a heap of 256 MiB. */
        private static final int MOST = 5_000;
        /** So many files are left for the store and everything else. */
        private static final int OTHER_FILES = 100;

        /** The same everywhere, but for a process that may open few files: at the last one the library stops listening, for good. */
        static Limits usual() {
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system && system.getMaxFileDescriptorCount() > 0
                    ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - OTHER_FILES : MOST;
            return new Limits(Duration.ofSeconds(20), Duration.ofMinutes(2), Math.clamp(files, 10, MOST));
        }

        /** How often to look for those whose time is over. */
        Duration look() {
            return request.compareTo(answer) < 0 ? request.dividedBy(10) : answer.dividedBy(10);
        }
    }

    /** Where a connection begins and ends; null where it is closed. One client's end may stand in a connection to each of ours. */
    private record Ends(SocketAddress here, SocketAddress there) {}

    private static final class Connection {
        private final SocketChannel channel;
        /** By {@link System#nanoTime}. */
        private volatile long until;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        /** Closes it under whoever reads or writes it. */
        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
    }

    /** The head of a request is there, or its answer is sent and the next one is waited for: time begins anew. */
    void waitFor(ServerRequest request) {
        extend(request, limits.request);
    }

    /** All of a request is there. */
    void answer(ServerRequest request) {
        extend(request, limits.answer);
    }

    private void extend(ServerRequest request, Duration time) {
        // A connection that is closed already has no ends any more.
        Connection connection = open.get(new Ends(request.localPeer().address(), request.remotePeer().address()));
        if (connection != null) {
            connection.until = System.nanoTime() + time.toNanos();
        }
    }

    private void accepted(SocketChannel channel) throws IOException {
        Connection connection = new Connection(channel);
        connection.until = System.nanoTime() + limits.request.toNanos();
        if (open.size() >= limits.most) {
            makeRoom();
        }
        open.put(new Ends(channel.getLocalAddress(), channel.getRemoteAddress()), connection);
    }

    /** A tenth of all at once, because each look is at all of them. */
    private void makeRoom() {
        look();
        if (open.size() >= limits.most) {
            long now = System.nanoTime();
            open.values().stream().map(connection -> Map.entry(connection.until - now, connection))
                    .sorted(Comparator.comparing(Map.Entry::getKey)).limit(Math.max(1, limits.most / 10))
                    .forEach(entry -> entry.getValue().close());
            forgetClosed();
        }
    }

    /** Closes those whose time is over. */
    void look() {
        long now = System.nanoTime();
        open.values().stream().filter(connection -> connection.until - now < 0).forEach(Connection::close);
        forgetClosed();
    }

    private void forgetClosed() {
        open.values().removeIf(connection -> !connection.channel.isOpen());
    }

    /** Returns how many are open. */
    int size() {
        forgetClosed();
        return open.size();
    }

    /** Has the library show every connection as soon as it is accepted, in the one call that it makes to these. */
    SocketOptions shownBy(SocketOptions options) {
        return new Shown(options, this);
    }

    private record Shown(SocketOptions options, Connections connections) implements SocketOptions {
        @Override
        public void configureSocket(SocketChannel channel) {
            try {
                options.configureSocket(channel);
                connections.accepted(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void configureSocket(Socket socket) {
            options.configureSocket(socket);
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return options.socketOptions();
        }

        @Override
        public Duration connectTimeout() {
            return options.connectTimeout();
        }

        @Override
        public Duration readTimeout() {
            return options.readTimeout();
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return options.socketReceiveBufferSize();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return options.socketSendBufferSize();
        }

        @Override
        public boolean socketReuseAddress() {
            return options.socketReuseAddress();
        }

        @Override
        public boolean socketKeepAlive() {
            return options.socketKeepAlive();
        }

        @Override
        public boolean tcpNoDelay() {
            return options.tcpNoDelay();
        }
    }
}
