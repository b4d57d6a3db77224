package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends: soon if nobody waits for an answer. */
class CloseTest {
    @TempDir
    private Path folder;

    private static Duration closing(TestOffice office) {
        long begun = System.nanoTime();
        office.close();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Without the time that answers in work are given. */
    private static void assertSoon(Duration took) {
        assertTrue(took.compareTo(OfficeServer.GRACE) < 0, "took " + took);
    }

    @Test
    void aServerThatNobodyAskedEndsAtOnce() throws Exception {
        assertSoon(closing(new TestOffice(folder)));
    }

    @Test
    void aConnectionThatWaitsForItsNextRequestKeepsNothingUp() throws Exception {
        TestOffice office = new TestOffice(folder);
        try (Socket socket = new Socket("127.0.0.1", office.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertEquals('H', in.read());
            in.skipNBytes(in.available());
            assertSoon(closing(office));
        }
    }

    @Test
    void aConnectionThatNeverAskedKeepsNothingUp() throws Exception {
        TestOffice office = new TestOffice(folder);
        try (Socket silent = new Socket("127.0.0.1", office.server.port())) {
            assertEquals(200, office.get("/health").statusCode());
            assertSoon(closing(office));
            assertTrue(silent.isConnected());
        }
    }

    @Test
    void anAnswerInWorkIsFinished() throws Exception {
        TestOffice office = new TestOffice(folder);
        try (Socket slow = new Socket("127.0.0.1", office.server.port())) {
            slow.setSoTimeout(10_000);
            slow.getOutputStream().write(("POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: " + TestOffice.FORM + "\r\nContent-Length: 4\r\n\r\na=")
                .getBytes(StandardCharsets.US_ASCII));
            while (!office.metrics().body().contains("\nsafeconduct_requests_in_work 1\n")) {
                Thread.onSpinWait();
            }
            Thread closing = Thread.ofVirtual().start(office::close);
            while (closing.getState() == Thread.State.NEW || closing.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            slow.getOutputStream().write("bc".getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 400", new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
            closing.join();
        }
    }
}
