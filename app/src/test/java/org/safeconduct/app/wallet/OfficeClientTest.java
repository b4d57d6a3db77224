package org.safeconduct.app.wallet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;

class OfficeClientTest {
    private final List<Headers> asked = new CopyOnWriteArrayList<>();
    private final List<Duration> waited = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private HttpServer server;
    private OfficeClient client;

    @BeforeEach
    void open() throws IOException, MalformedException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/register/checkpoint", exchange -> {
            asked.add(exchange.getRequestHeaders());
            exchange.getResponseHeaders().add("Set-Cookie", "you=42");
            exchange.getResponseHeaders().add("Retry-After", "2");
            byte[] body = "note".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(busy.getAndDecrement() > 0 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = new OfficeClient("http://127.0.0.1:" + server.getAddress().getPort(), waited::add, new Random(1));
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @Test
    void aBusyOfficeIsAskedAgainNoSoonerThanItSays() throws Exception {
        busy.set(2);
        assertArrayEquals("note".getBytes(StandardCharsets.US_ASCII), client.checkpoint());
        assertEquals(2, waited.size());
        assertTrue(waited.stream().allMatch(wait -> wait.compareTo(Duration.ofSeconds(2)) >= 0 && wait.compareTo(Duration.ofSeconds(4)) <= 0), waited.toString());
    }

    @Test
    void patienceEnds() {
        busy.set(Integer.MAX_VALUE);
        assertEquals(503, assertThrows(OfficeRefusal.class, client::checkpoint).status());
        assertEquals(OfficeClient.TRIES, asked.size());
    }

    @Test
    void everyRequestLooksLikeTheFirst() throws Exception {
        client.checkpoint();
        client.checkpoint();
        for (Headers headers : asked) {
            assertFalse(headers.containsKey("Cookie") || headers.containsKey("If-None-Match") || headers.containsKey("If-Modified-Since")
                || headers.containsKey("Authorization"), headers.toString());
            assertEquals("safeconduct", headers.getFirst("User-Agent"));
        }
        assertEquals(asked.getFirst().keySet(), asked.getLast().keySet());
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.removeContext("/register/checkpoint");
        server.createContext("/register/checkpoint", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            asked.add(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        assertEquals(302, assertThrows(OfficeRefusal.class, client::checkpoint).status());
        assertEquals(List.of(), asked);
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        server.removeContext("/register/checkpoint");
        server.createContext("/register/checkpoint", exchange -> {
            exchange.sendResponseHeaders(200, 5_000);
            exchange.getResponseBody().write(new byte[5_000]);
            exchange.close();
        });
        assertThrows(IOException.class, client::checkpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a.org", "http://a.org", "https://a.org/path", "https://user@a.org", "https://a.org?q", "a.org", "https://", "https://a.org:0x"})
    void anAddressIsAHostAndNothingElse(String address) {
        assertThrows(MalformedException.class, () -> OfficeClient.address(address));
    }
}
