package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does when it is told to stop. */
class StoppingTest {
    /** So long an office that stops waits for answers in work. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir
    private Path home;

    /** A process that says so when everything is closed. */
    static final class Closes {
        private Closes() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Stopping stopping = new Stopping(); AutoCloseable _ = () -> {
                // The end of the process must not overtake this thread, which yields to it here.
                for (int i = 0; i < 10_000; i++) {
                    Thread.yield();
                }
                System.out.println("closed");
            }) {
                System.out.println("up");
                stopping.await();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            System.exit(0);
        }
    }

    private Process start(String... command) throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        String[] all = Stream.concat(Stream.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")), Stream.of(command))
            .toArray(String[]::new);
        return new ProcessBuilder(all).redirectError(home.resolve("log").toFile()).start();
    }

    private static Duration stop(Process process) throws InterruptedException {
        long begun = System.nanoTime();
        process.toHandle().destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void whatIsOpenIsClosedBeforeTheProcessEndsAndThenItEndsAtOnce() throws Exception {
        Process process = start(Closes.class.getName());
        try (BufferedReader out = process.inputReader()) {
            assertEquals("up", out.readLine());
            Duration took = stop(process);
            assertEquals("closed", out.readLine());
            assertTrue(took.compareTo(GRACE) < 0, "took " + took);
        }
    }

    @Test
    void anOfficeStopsServingWithoutWaitingForIdleConnections() throws Exception {
        Path data = home.resolve("data");
        assertEquals(Exit.OK, new Cli(home).run("office", "init", "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1").exit());
        Process process = start(Main.class.getName(), "serve", "--port", "0", "--data", data.toString());
        try (BufferedReader out = process.inputReader()) {
            int port = URI.create(out.readLine()).getPort();
            try (Socket asked = new Socket("127.0.0.1", port); Socket silent = new Socket("127.0.0.1", port)) {
                asked.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', asked.getInputStream().read());
                Duration took = stop(process);
                assertTrue(silent.isConnected());
                assertTrue(took.compareTo(GRACE) < 0, "took " + took);
            }
            assertTrue(Files.notExists(data.resolve("office.db-wal")), "the store was closed in good order");
        }
    }
}
