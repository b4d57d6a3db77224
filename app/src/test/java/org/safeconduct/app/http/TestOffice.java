package org.safeconduct.app.http;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** An office with a clock of its own, its server on a free port, and a wallet's side of HTTP. */
final class TestOffice implements AutoCloseable, InstantSource {
    static final SecureRandom RANDOM = new SecureRandom();
    static final String FORM = "application/x-www-form-urlencoded";
    static final String GRANT = "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code";

    static final String SCHEME = """
            { "id": "canteen", "names": {"en": "Canteen"}, "purpose": {"en": "One lunch a day."},
              "legal_basis": {"en": "Works agreement, section 2"}, "sunset": "2027-06-01T00:00:00Z",
              "epoch": {"kind": "day", "zone": "Europe/Berlin"}, "ahead": 2,
              "attributes": [{"id": "tariff", "names": {"en": "Tariff"}, "identity": false, "special": false,
                "domain": {"kind": "list", "values": ["staff", "guest"]}}],
              "default": [0], "scopes": [{"id": "lunch", "names": {"en": "Lunch"}}, {"id": "dinner", "names": {"en": "Dinner"}}],
              "default_scope": null, "paper": null, "special_basis": null, "replacement": true, "daily_cap": 40, "specimen": false }
            """;

    final Path folder;
    final Store store;
    final Desk desk;
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final OfficeServer server;
    private volatile Instant now = Instant.parse("2026-11-20T10:00:00Z");

    TestOffice(Path folder) throws IOException {
        this(folder, SCHEME);
    }

    TestOffice(Path folder, String scheme) throws IOException {
        this(folder, scheme, folder.resolve("office.db").toString());
    }

    TestOffice(Path folder, String scheme, String address) throws IOException {
        this.folder = folder;
        store = Store.open(address, true);
        OperatorKey key = OperatorKey.create(folder.resolve("operator.key"), RANDOM);
        desk = Desk.init(store, key, this, RANDOM, Map.of("en", "Test works"), List.of("en"), "Room 1", "example.org/canteen");
        desk.publish(scheme.getBytes(StandardCharsets.UTF_8));
        desk.openEpochs("canteen");
        server = OfficeServer.start(store, desk, "127.0.0.1", 0, Optional.empty(), OptionalInt.of(0));
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Enrols persons of the tariff "staff" and returns their offers by person. */
    Map<String, Offer> enrol(String... persons) throws IOException, MalformedException {
        return enrolTable("person,tariff\n" + String.join(",staff\n", persons) + ",staff\n");
    }

    Map<String, Offer> enrolTable(String table) throws IOException, MalformedException {
        Path file = Files.createTempDirectory(folder, "enrol").resolve("offers.csv");
        desk.enrolment().enrol("canteen", new StringReader(table), file, rows -> { });
        Map<String, Offer> offers = new HashMap<>();
        for (String line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
            String[] fields = line.replace("\"", "").split(",");
            offers.put(fields[0], Offer.parse(fields[1]));
        }
        return offers;
    }

    Register register() {
        return desk.register();
    }

    /** Main epochs that are not over. */
    List<Hash> epochs() {
        return register().all(Epoch.class).filter(epoch -> !epoch.line().spare() && epoch.line().until().isAfter(now)).map(Placed::leaf).toList();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The counts, which are told on a port of their own. */
    HttpResponse<String> metrics() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.metricsPort().orElseThrow() + "/metrics")).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A wallet's secret and what it says of it. */
    record Wallet(byte[] secret) {
        static Wallet create() {
            byte[] secret = new byte[32];
            RANDOM.nextBytes(secret);
            return new Wallet(secret);
        }

        String hash() {
            return Hash.sha256(Bytes.label("wallet"), secret).hex();
        }
    }

    static String form(Offer offer, Optional<String> tx, Wallet wallet) {
        return GRANT + "&pre-authorized_code=" + offer.sent() + tx.map(code -> "&tx_code=" + code).orElse("") + "&wallet_hash=" + wallet.hash();
    }

    HttpResponse<String> redeem(Offer offer, Optional<String> tx, Wallet wallet) throws IOException, InterruptedException {
        return post("/token", FORM, form(offer, tx, wallet));
    }

    String token(Offer offer, Wallet wallet) throws IOException, InterruptedException, MalformedException {
        HttpResponse<String> answer = redeem(offer, Optional.empty(), wallet);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return member(answer, "access_token");
    }

    PendingPass pending(Hash epoch) {
        return PendingPass.create(register(), epoch, RANDOM);
    }

    static String body(Wallet wallet, PendingPass... pending) {
        List<Json> items = new ArrayList<>();
        for (PendingPass pass : pending) {
            items.add(Json.object("commitment", Hex.print(pass.request().commitment().toBytes()), "epoch", pass.request().epoch()));
        }
        return Json.object("credential_configuration_id", "canteen", "proofs", Json.object("bbs_commitment", items),
                "wallet_secret", Hex.print(wallet.secret())).toString();
    }

    HttpResponse<String> credential(String token, String body) throws IOException, InterruptedException {
        return post("/credential", "application/json", body, "Authorization", "Bearer " + token);
    }

    static String member(HttpResponse<String> answer, String name) throws MalformedException {
        return Json.parseLoosely(answer.body().getBytes(StandardCharsets.UTF_8), 1 << 20).members().get(name).string();
    }

    static String error(HttpResponse<String> answer) throws MalformedException {
        return answer.statusCode() + " " + member(answer, "error");
    }

    @Override
    public void close() {
        server.close();
        store.close();
        client.close();
    }
}
