package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does that may open only so many files, each connection being one. */
class FewFilesTest {
    private static final int FILES = 300;

    @TempDir
    private Path home;

    @Test
    void whoOpensMoreConnectionsThanThereAreFilesSilencesNoOffice() throws Exception {
        Path data = home.resolve("data");
        assertEquals(Exit.OK, new Cli(home).run("office", "init", "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1").exit());
        Process process = new ProcessBuilder("sh", "-c", "ulimit -n " + FILES + "; exec \"$@\"", "sh", ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve", "--port", "0", "--data", data.toString())
            .redirectError(home.resolve("log").toFile()).start();
        List<Socket> silent = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            int port = URI.create(out.readLine()).getPort();
            for (int i = 0; i < FILES; i++) {
                silent.add(new Socket("127.0.0.1", port));
            }
            try (Socket asked = new Socket("127.0.0.1", port)) {
                asked.setSoTimeout(20_000);
                asked.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(new String(asked.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200"));
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
            process.destroyForcibly().waitFor();
        }
    }
}
