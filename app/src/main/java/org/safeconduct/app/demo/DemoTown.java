package org.safeconduct.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.cli.SchemeFile;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.wallet.KnownOffice;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.PassFetch;
import org.safeconduct.app.wallet.RegisterFetch;
import org.safeconduct.app.wallet.Right;
import org.safeconduct.app.wallet.Wallet;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;

/** The town of the story: a real office on a loopback port, and what its people have in their pockets. */
final class DemoTown implements AutoCloseable {
    static final String ERRAND = "errand-pass";
    static final String CANTEEN = "canteen";
    private static final Duration SUNSET = Duration.ofDays(30);

    private final Path folder;
    private final DemoClock clock;
    private final SecureRandom random;
    private final Store store;
    private final Desk desk;
    private final OfficeServer server;
    private final OfficeClient client;

    private DemoTown(Path folder, DemoClock clock, SecureRandom random) throws IOException, MalformedException {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        store = Store.open(folder.resolve("office.db").toString(), false);
        desk = Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), clock, random);
        server = OfficeServer.start(store, desk, "127.0.0.1", 0, Optional.empty());
        client = new OfficeClient(address(), Thread::sleep, random);
    }

    /** Sets up an office with the errand pass and the canteen, both from the examples, and closes it again. */
    static void found(Path folder, DemoClock clock, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        OperatorKey operator = OperatorKey.create(folder.resolve("operator.key"), random);
        Map<String, String> names = new LinkedHashMap<>();
        names.put("en", "Town of Example");
        names.put("de", "Stadt Beispiel");
        try (Store store = Store.open(folder.resolve("office.db").toString(), true)) {
            Desk desk = Desk.init(store, operator, clock, random, names, List.of("en", "de"), "Town hall, room 12", "example.org/demo");
            for (String id : List.of(ERRAND, CANTEEN)) {
                desk.publish(scheme(id, clock.instant()));
            }
        }
    }

    private static byte[] scheme(String id, Instant now) throws IOException {
        try (InputStream file = DemoTown.class.getResourceAsStream("/examples/schemes/" + id + ".json")) {
            return SchemeFile.fit(file.readAllBytes(), List.of("en", "de"), Time.print(now.plus(SUNSET).truncatedTo(ChronoUnit.DAYS)));
        } catch (MalformedException e) {
            throw new IOException(e);
        }
    }

    /** Opens the office of a folder and serves it. */
    static DemoTown open(Path folder, DemoClock clock, SecureRandom random) throws IOException, MalformedException {
        return new DemoTown(folder, clock, random);
    }

    Path folder() {
        return folder;
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    Desk desk() {
        return desk;
    }

    OfficeClient client() {
        return client;
    }

    SecureRandom random() {
        return random;
    }

    Instant now() {
        return clock.instant();
    }

    /** Lets the server say what was just written, as it does by itself every second. */
    void tell() {
        desk.cosign();
        server.refresh();
    }

    /** Enrols a table, and opens the coming epochs; returns the offers by person. */
    Map<String, Offer> enrol(String scheme, String table) throws IOException, MalformedException {
        Path file = folder.resolve(scheme + "-offers-" + Files.list(folder).count() + ".csv");
        desk.enrolment().enrol(scheme, new StringReader(table), file, _ -> { });
        desk.openEpochs(scheme);
        tell();
        Map<String, Offer> offers = new HashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] fields = line.replace("\"", "").split(",");
            if (fields[1].startsWith("SCO1:")) {
                offers.put(fields[0], Offer.parse(fields[1]));
            }
        }
        Files.delete(file);
        return offers;
    }

    /** Fetches the register over HTTP. */
    Acceptance fetch(Optional<KnownRegister> held) throws Exception {
        return RegisterFetch.fetch(client, held, now());
    }

    /** Fetches the register over HTTP, which must be fine. */
    KnownRegister known(Optional<KnownRegister> held) throws Exception {
        return switch (fetch(held)) {
            case Acceptance.Accepted accepted -> accepted.known();
            case Acceptance.Malformed malformed -> throw new IOException(malformed.why());
            case Acceptance.Ahead ahead -> throw new IOException("signed at " + ahead.cosigned());
            case Acceptance.NotAnExtension _ -> throw new IOException("not an extension");
        };
    }

    /** A wallet that knows this office and has redeemed an offer. */
    PassFetch.Result get(Path wallet, Offer offer, KnownRegister known) throws Exception {
        try (WalletFolder open = WalletFolder.open(wallet)) {
            open.put(new KnownOffice(address(), known));
            Hash office = known.register().officeLeaf();
            Optional<Right> before = open.right(offer);
            Right right = before.isPresent() ? before.get() : Right.create(offer, office, random);
            return new PassFetch(open, client, random).fetch(right, known, Optional.empty(), now());
        }
    }

    /** The pass of a scheme that is valid now, out of a wallet. */
    Pass pass(Path wallet, String scheme) throws IOException, MalformedException {
        try (WalletFolder open = WalletFolder.open(wallet)) {
            for (Wallet.Held held : Wallet.held(open, now())) {
                Register register = held.office().known().register();
                if (held.scheme().line().id().equals(scheme) && register.validity(held.epoch().leaf(), now()) == Validity.VALID) {
                    return held.open(open);
                }
            }
        }
        throw new IOException("There is no such pass.");
    }

    @Override
    public void close() {
        client.close();
        server.close();
        store.close();
    }
}
