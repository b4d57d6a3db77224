package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.core.wire.Hash;

/** What holds for every answer (spec/http.md sections 1, 3 and 7). */
class HttpTest {
    @TempDir
    static Path folder;
    private static TestOffice office;

    @BeforeAll
    static void open() throws IOException {
        office = new TestOffice(folder);
    }

    @AfterAll
    static void close() {
        office.close();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join("|", answer.headers().allValues(name));
    }

    private static void assertOurs(HttpResponse<?> answer) {
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(answer, "Referrer-Policy"));
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        for (String name : List.of("Set-Cookie", "ETag", "Last-Modified", "Access-Control-Allow-Credentials", "Server")) {
            assertEquals("", header(answer, name));
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String error) throws Exception {
        assertOurs(answer);
        assertEquals(status + " " + error, TestOffice.error(answer));
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertEquals("Retry-After", header(answer, "Access-Control-Expose-Headers"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("about:blank", TestOffice.member(answer, "type"));
        assertFalse(answer.body().contains("Exception") || answer.body().contains("org.") || answer.body().contains("io."), answer.body());
    }

    @Test
    void registerFilesAreTheSameForEverybodyAndNamedByTheirHash() throws Exception {
        HttpResponse<String> checkpoint = office.get("/register/checkpoint");
        assertEquals("no-cache", header(checkpoint, "Cache-Control"));
        assertOurs(checkpoint);
        HttpResponse<String> index = office.get("/register/index/" + office.register().root().hex());
        assertEquals("public, max-age=31536000, immutable", header(index, "Cache-Control"));
        assertOurs(index);
        String name = index.body().strip();
        HttpResponse<String> bundle = office.get("/register/bundle/" + name);
        assertEquals(name, Hash.sha256(bundle.body().getBytes(StandardCharsets.UTF_8)).hex());
        assertEquals("public, max-age=31536000, immutable", header(bundle, "Cache-Control"));
        HttpResponse<String> conditional = office.send(office.request("/register/bundle/" + name).header("If-None-Match", "*")
                .header("If-Modified-Since", "Fri, 20 Nov 2026 10:00:00 GMT").header("Range", "bytes=0-1"));
        assertEquals(200, conditional.statusCode());
        assertEquals(bundle.body(), conditional.body());
        assertEquals(bundle.headers().map().keySet(), conditional.headers().map().keySet());
    }

    @Test
    void metadataSaysWhatTheSpecificationSays() throws Exception {
        HttpResponse<String> answer = office.get("/.well-known/openid-credential-issuer");
        assertEquals("no-cache", header(answer, "Cache-Control"));
        assertEquals("""
                {"batch_credential_issuance":{"batch_size":32},"credential_configurations_supported":{"canteen":{"format":"safeconduct-bbs-1",\
                "proof_types_supported":{"bbs_commitment":{"proof_signing_alg_values_supported":\
                ["BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_PSEUDONYM_"]}},"scheme":"%s"}},"credential_endpoint":"/credential",\
                "credential_issuer":"example.org/canteen","token_endpoint":"/token"}\
                """.formatted(office.register().scheme("canteen").orElseThrow().leaf().hex()), answer.body());
    }

    @Test
    void healthAndMetricsAnswer() throws Exception {
        HttpResponse<String> health = office.get("/health");
        assertEquals("200 {\"status\":\"UP\"}", health.statusCode() + " " + health.body());
        office.get("/nothing");
        HttpResponse<String> metrics = office.metrics();
        assertTrue(metrics.body().contains("\nsafeconduct_issued_total "), metrics.body());
        assertTrue(metrics.body().matches("(?s).*\nsafeconduct_refused_total\\{error=\"not_found\"} [1-9].*"), metrics.body());
        assertEquals("no-store", header(metrics, "Cache-Control"));
        assertEquals("", header(metrics, "Access-Control-Allow-Origin"), "no page may read them");
    }

    @Test
    void metricsAreToldOnLoopbackAloneWhereverTheOfficeListens() throws Exception {
        try (OfficeServer everywhere = OfficeServer.start(office.store, office.desk, "0.0.0.0", 0, Optional.empty(), OptionalInt.of(0))) {
            new Socket("127.0.0.2", everywhere.port()).close();
            int metrics = everywhere.metricsPort().orElseThrow();
            new Socket("127.0.0.1", metrics).close();
            assertThrows(ConnectException.class, () -> new Socket("127.0.0.2", metrics));
        }
        try (OfficeServer without = OfficeServer.start(office.store, office.desk, "127.0.0.1", 0, Optional.empty())) {
            assertTrue(without.metricsPort().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/showing", "/register", "/register/", "/register/bundle/x",
        "/register/index/0000000000000000000000000000000000000000000000000000000000000000", "/metrics", "/observe/metrics", "/%00", "/openapi", "/token/x"})
    void unknownPathIsNotFound(String path) throws Exception {
        assertProblem(office.get(path), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource({"/token, GET", "/credential, GET", "/credential, DELETE", "/health, POST", "/register/checkpoint, POST",
        "/.well-known/openid-credential-issuer, PATCH"})
    void otherMethodIsNotAllowed(String path, String method) throws Exception {
        HttpResponse<String> answer = office.send(office.request(path).method(method, HttpRequest.BodyPublishers.ofString("x")));
        assertProblem(answer, 405, "method_not_allowed");
        assertFalse(header(answer, "Allow").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/credential", "/register/checkpoint", "/anything"})
    void preflightIsAnswered(String path) throws Exception {
        HttpResponse<String> answer = office.send(office.request(path).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertEquals(204, answer.statusCode());
        assertEquals("authorization, content-type", header(answer, "Access-Control-Allow-Headers"));
        assertOurs(answer);
    }

    @ParameterizedTest
    @CsvSource({"/token, application/x-www-form-urlencoded, 2049", "/credential, application/json, 65537", "/credential, application/json, 5000000"})
    void longBodyIsTooLarge(String path, String type, int length) throws Exception {
        assertProblem(office.post(path, type, "x".repeat(length), "Authorization", "Bearer x"), 413, "too_large");
    }

    @Test
    void longBodyWithoutALengthIsTooLarge() throws Exception {
        HttpResponse<String> answer = office.send(office.request("/token").header("Content-Type", TestOffice.FORM).POST(
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000]))));
        assertProblem(answer, 413, "too_large");
    }

    @ParameterizedTest
    @CsvSource({"/token, application/json", "/token, text/plain", "/credential, application/x-www-form-urlencoded", "/credential, x"})
    void otherMediaTypeIsRefused(String path, String type) throws Exception {
        assertProblem(office.post(path, type, "{}"), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1x\r\n\r\nab",
        "GET /health HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n", "GARBAGE\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nzz\r\n"})
    void whatIsNotHttpGetsAProblemOrNoAnswer(String bytes) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", office.server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.isEmpty() || answer.contains("application/problem+json"), answer);
            assertFalse(answer.contains("Exception") || answer.contains("io.helidon") || answer.contains("java."), answer);
        }
        assertEquals(200, office.get("/health").statusCode());
    }
}
