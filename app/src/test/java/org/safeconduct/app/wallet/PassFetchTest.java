package org.safeconduct.app.wallet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.SchemeFile;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/** A wallet against a real office, with a network in between that loses answers. */
class PassFetchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Path CANTEEN = Path.of(System.getProperty("safeconduct.home", ".."), "examples", "schemes", "canteen.json");
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path home;
    private Store store;
    private OfficeServer server;
    private HttpServer network;
    private OfficeClient client;
    private Offer offer;
    private volatile boolean losing;
    private volatile boolean full;
    private final List<String> redeemings = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        store = Store.open(home.resolve("office.db").toString(), true);
        Desk desk = Desk.init(store, OperatorKey.create(home.resolve("key"), random), InstantSource.fixed(NOW), random, Map.of("en", "Town"), List.of("en"), "Room 1", "example.org");
        desk.publish(SchemeFile.fit(Files.readAllBytes(CANTEEN), List.of("en"), null));
        desk.enrolment().enrol("canteen", new StringReader("person,tariff\nA,staff\n"), home.resolve("offers.csv"), _ -> { });
        desk.openEpochs("canteen");
        offer = Offer.parse(Files.readAllLines(home.resolve("offers.csv")).get(1).split(",")[1].replace("\"", ""));
        server = OfficeServer.start(store, desk, "127.0.0.1", 0, Optional.empty());
        network = network(server.port());
        client = new OfficeClient("http://127.0.0.1:" + network.getAddress().getPort(), _ -> { }, random);
    }

    @AfterEach
    void close() {
        client.close();
        network.stop(0);
        server.close();
        store.close();
    }

    /** Carries requests to the office, and loses the answers of /credential on demand. */
    private HttpServer network(int port) throws IOException {
        HttpServer between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.createContext("/", exchange -> {
            try (HttpClient onward = HttpClient.newHttpClient()) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (exchange.getRequestURI().getPath().equals("/token")) {
                    redeemings.add(new String(body, StandardCharsets.US_ASCII));
                    if (full) {
                        exchange.getResponseHeaders().add("Retry-After", "600");
                        byte[] answer = "{\"error\":\"overloaded\",\"detail\":\"Wait.\",\"place\":\"our_place\"}".getBytes(StandardCharsets.US_ASCII);
                        exchange.sendResponseHeaders(503, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                        return;
                    }
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
                for (String name : List.of("Content-Type", "Authorization")) {
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).ifPresent(value -> request.header(name, value));
                }
                HttpResponse<byte[]> answer = onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (!losing || !exchange.getRequestURI().getPath().equals("/credential")) {
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        between.start();
        return between;
    }

    private KnownRegister known() throws Exception {
        return ((Acceptance.Accepted) RegisterFetch.fetch(client, Optional.empty(), NOW)).known();
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSamePendingPasses() throws Exception {
        KnownRegister known = known();
        Right right = Right.create(offer, known.register().officeLeaf(), random);
        List<Placed<Epoch>> open = PassFetch.open(known, known.register().scheme("canteen").orElseThrow(), NOW);
        Hash today = open.getFirst().leaf();
        byte[] pending;
        losing = true;
        try (WalletFolder folder = WalletFolder.open(home.resolve("wallet"))) {
            assertThrows(IOException.class, () -> new PassFetch(folder, client, random).fetch(right, known, Optional.empty(), NOW));
            pending = folder.pending(right, today).orElseThrow();
            assertEquals(List.of(), folder.passes(right));
        }
        try (WalletFolder folder = WalletFolder.open(home.resolve("wallet"))) {
            Right again = folder.right(offer).orElseThrow();
            assertThrows(IOException.class, () -> new PassFetch(folder, client, random).fetch(again, known, Optional.empty(), NOW));
            assertArrayEquals(pending, folder.pending(again, today).orElseThrow());
            losing = false;
            PassFetch.Result result = new PassFetch(folder, client, random).fetch(again, known, Optional.empty(), NOW);
            assertEquals(open.size(), result.received().size());
            assertTrue(folder.pending(again, today).isEmpty());
        }
    }

    @Test
    void aPlaceInTheQueueIsKeptUntilTheOfferIsRedeemedHoweverOftenTheWalletIsStarted() throws Exception {
        KnownRegister known = known();
        Right right = Right.create(offer, known.register().officeLeaf(), random);
        full = true;
        for (int start = 0; start < 2; start++) {
            try (WalletFolder folder = WalletFolder.open(home.resolve("wallet"))) {
                assertEquals(503, assertThrows(OfficeRefusal.class,
                    () -> new PassFetch(folder, client, random).fetch(right, known, Optional.empty(), NOW)).status());
            }
        }
        full = false;
        try (WalletFolder folder = WalletFolder.open(home.resolve("wallet"))) {
            assertEquals(8, new PassFetch(folder, client, random).fetch(right, known, Optional.empty(), NOW).received().size());
            new PassFetch(folder, client, random).fetch(right, known, Optional.empty(), NOW);
        }
        assertEquals(List.of(false, true, true, false), redeemings.stream().map(sent -> sent.endsWith("&place=our_place")).toList());
    }

    @Test
    void theRunningEpochAndAsManyAheadAsTheSchemeSaysAreFetchedAndNoSpare() throws Exception {
        KnownRegister known = known();
        List<Placed<Epoch>> open = PassFetch.open(known, known.register().scheme("canteen").orElseThrow(), NOW);
        assertEquals(8, open.size());
        assertTrue(open.stream().noneMatch(epoch -> epoch.line().spare()));
        assertTrue(!NOW.isBefore(open.getFirst().line().from()) && NOW.isBefore(open.getFirst().line().until()));
    }
}
