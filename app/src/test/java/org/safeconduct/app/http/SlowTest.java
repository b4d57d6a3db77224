package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.core.register.Bundles;

/** Who takes his time, or opens more connections than there are, keeps nobody out (spec/scale.md section 3.4). */
class SlowTest {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POST = "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: " + TestOffice.FORM + "\r\n";

    @TempDir
    Path folder;
    private TestOffice office;
    private OfficeServer server;

    private void serve(Duration request, Duration answer, int most) throws IOException {
        office = new TestOffice(folder);
        server = OfficeServer.start(office.store, office.desk, "127.0.0.1", 0, Optional.empty(), OptionalInt.of(0),
                new Connections.Limits(request, answer, most));
    }

    @AfterEach
    void close() {
        server.close();
        office.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Socket connect(String begin) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(ascii(begin));
        return socket;
    }

    /** Reads until the server closes, and returns what it said before. */
    private static String untilClosed(Socket socket) throws IOException {
        StringBuilder said = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                said.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException closed) {
            return said.toString();
        }
        return said.toString();
    }

    /** Sends one more letter whenever a hundredth of a second passed without an answer, until the server closes. */
    private static void trickle(Socket socket, String letter) throws IOException {
        socket.setSoTimeout(10);
        for (int sent = 0; sent < 2_000; sent++) {
            try {
                socket.getOutputStream().write(ascii(letter));
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException notYet) {
                continue;
            } catch (SocketException closed) {
                return;
            }
        }
        throw new AssertionError("still open after 2,000 letters");
    }

    @Test
    void whoSaysNothingIsClosed() throws IOException {
        serve(SHORT, LONG, 100);
        try (Socket silent = connect(""); Socket half = connect("GET /hea"); Socket head = connect(POST + "Content-Length: 90\r\n\r\n")) {
            assertEquals("", untilClosed(silent));
            assertEquals("", untilClosed(half));
            untilClosed(head);
        }
    }

    @Test
    void whoSendsALetterNowAndThenIsClosed() throws IOException {
        serve(SHORT, LONG, 100);
        try (Socket line = connect(""); Socket header = connect("GET /health HTTP/1.1\r\nHost: x\r\nX-Long: "); Socket body = connect(POST + "Content-Length: 2000\r\n\r\n")) {
            trickle(line, "G");
            trickle(header, "a");
            trickle(body, "a");
        }
    }

    @Test
    void whoWasAnsweredAndAsksNothingMoreIsClosed() throws IOException {
        serve(SHORT, LONG, 100);
        try (Socket socket = connect(HEALTH)) {
            assertTrue(untilClosed(socket).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void whoDoesNotReadHisAnswersIsClosed() throws IOException {
        serve(LONG, SHORT, 100);
        try (Socket deaf = connect("")) {
            String bundle = Bundles.name(Bundles.bundle(office.register(), 0)).hex();
            byte[] many = ascii(("GET /register/bundle/" + bundle + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(100));
            assertThrows(SocketException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    deaf.getOutputStream().write(many);
                }
            });
        }
    }

    /** One port of a client's may stand in a connection to each of ours. */
    @Test
    void whoHasTwoConnectionsFromOnePortIsClosedOnBoth() throws IOException {
        serve(SHORT, LONG, 100);
        try (Socket one = new Socket(); Socket two = new Socket()) {
            for (Socket socket : List.of(one, two)) {
                socket.setReuseAddress(true);
                socket.setSoTimeout(20_000);
            }
            one.bind(new InetSocketAddress("127.0.0.1", 0));
            two.bind(one.getLocalSocketAddress());
            one.connect(new InetSocketAddress("127.0.0.1", server.port()));
            two.connect(new InetSocketAddress("127.0.0.1", server.metricsPort().orElseThrow()));
            assertEquals("", untilClosed(two));
            assertEquals("", untilClosed(one));
        }
    }

    @Test
    void whoAsksAgainAndAgainKeepsHisConnection() throws IOException {
        // Long enough for a machine that is busy with other things.
        Duration time = Duration.ofSeconds(2);
        serve(time, LONG, 100);
        long end = System.nanoTime() + time.plusMillis(500).toNanos();
        try (Wire wire = new Wire(server.port())) {
            while (System.nanoTime() < end) {
                wire.write(ascii(HEALTH));
                assertEquals(200, wire.read().status());
            }
        }
    }

    @Test
    void whoOpensAllConnectionsKeepsNobodyOut() throws IOException {
        serve(LONG, LONG, 20);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(connect(i % 2 == 0 ? "" : POST + "Content-Length: 90\r\n\r\na"));
            }
            try (Wire wire = new Wire(server.port())) {
                wire.write(ascii(HEALTH));
                assertEquals(200, wire.read().status());
                for (int i = 0; i < 10; i++) {
                    silent.add(connect(""));
                }
                wire.write(ascii(HEALTH));
                assertEquals(200, wire.read().status(), "and is not among the first to go");
            }
            assertEquals("", untilClosed(silent.getFirst()), "the oldest went");
            assertTrue(server.connections() <= 20, () -> server.connections() + " are open");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
