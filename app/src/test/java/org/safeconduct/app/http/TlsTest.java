package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.office.OfficeException;

/** The server's own TLS, and key files that would fail every visitor. */
class TlsTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;
    private Path keystore;

    @BeforeEach
    void makeKey() throws Exception {
        keystore = folder.resolve("tls.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "any-name", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                "-storepass", PASSWORD, "-keystore", keystore.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        assertEquals(0, made.waitFor(), () -> "keytool failed");
    }

    @Test
    void healthAnswersOverTls() throws Exception {
        SSLContext tls = TlsFiles.read(keystore, PASSWORD.toCharArray());
        try (TestOffice office = new TestOffice(folder);
                OfficeServer server = OfficeServer.start(office.store, office.desk, "127.0.0.1", 0, Optional.of(tls));
                HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals("{\"status\":\"UP\"}", answer.body());
        }
    }

    @Test
    void handshakesThatFailUseNothingUp() throws Exception {
        SSLContext tls = TlsFiles.read(keystore, PASSWORD.toCharArray());
        try (TestOffice office = new TestOffice(folder);
                OfficeServer server = OfficeServer.start(office.store, office.desk, "127.0.0.1", 0, Optional.of(tls), OptionalInt.empty(),
                        new Connections.Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 10));
                HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket("127.0.0.1", server.port())) {
                    socket.getOutputStream().write("GET /health HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (SocketException closed) {
                    continue;
                }
            }
            assertEquals(200, client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health"))
                    .timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
            assertTrue(server.connections() <= 1, () -> server.connections() + " are open");
        }
    }

    private SSLContext trusting() throws Exception {
        KeyStore own = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("office", own.getCertificate("any-name"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void wrongPasswordIsSaidAtTheStart() {
        assertThrows(OfficeException.class, () -> TlsFiles.read(keystore, "wrong".toCharArray()));
    }

    @Test
    void fileWithoutAKeyIsSaidAtTheStart() throws Exception {
        KeyStore own = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        KeyStore bare = KeyStore.getInstance("PKCS12");
        bare.load(null, null);
        bare.setCertificateEntry("office", own.getCertificate("any-name"));
        Path file = folder.resolve("bare.p12");
        try (var out = Files.newOutputStream(file)) {
            bare.store(out, PASSWORD.toCharArray());
        }
        assertThrows(OfficeException.class, () -> TlsFiles.read(file, PASSWORD.toCharArray()));
    }

    @Test
    void fileThatIsNoKeystoreIsSaidAtTheStart() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "not a keystore");
        assertThrows(OfficeException.class, () -> TlsFiles.read(file, PASSWORD.toCharArray()));
    }
}
