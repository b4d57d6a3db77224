package org.safeconduct.app.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** An office made for a measurement, people enrolled in it, and what they will send. */
final class Crowd {
    /** Passes that everybody may fetch at once: the running day and six more. */
    static final int WEEK = 7;
    /** The answer of every so many-th person is received as a wallet receives it. */
    static final int CHECKED = 101;

    private static final String SCHEME = """
            { "id": "surge", "names": {"en": "Errand pass"}, "purpose": {"en": "A measurement."},
              "legal_basis": {"en": "None: nobody is asked to show it."}, "sunset": "%s",
              "epoch": {"kind": "day", "zone": "UTC"}, "ahead": 7,
              "attributes": [{"id": "district", "names": {"en": "District"}, "identity": false, "special": false,
                "domain": {"kind": "list", "values": ["north", "south"]}}],
              "default": [0], "scopes": [{"id": "errand", "names": {"en": "Errand"}}],
              "default_scope": null, "paper": null, "special_basis": null, "replacement": true, "daily_cap": 100000000, "specimen": false }
            """;

    private final Path folder;
    private final String address;
    private final int week;
    private final SecureRandom random;
    private final Register register;
    private final List<Hash> epochs;
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final Map<Integer, List<PendingPass>> pending = new ConcurrentHashMap<>();
    private int tables;

    private Crowd(Path folder, String address, int week, SecureRandom random) throws IOException {
        this.folder = folder;
        this.address = address;
        this.week = week;
        this.random = random;
        try (Store store = Store.open(address, false)) {
            this.register = open(store).register();
        }
        this.epochs = register.all(Epoch.class).filter(epoch -> !epoch.line().spare()).map(Placed::leaf).limit(WEEK).toList();
    }

    /** Founds an office for a measurement in an empty store and publishes its scheme. */
    static void found(Path folder, String address, SecureRandom random) throws IOException {
        InstantSource clock = InstantSource.system();
        OperatorKey key = OperatorKey.create(folder.resolve("operator.key"), random);
        try (Store store = Store.open(address, true)) {
            Desk desk = Desk.init(store, key, clock, random, Map.of("en", "A measurement"), List.of("en"), "Room 1", "measure.example");
            String sunset = clock.instant().plus(java.time.Duration.ofDays(60)).truncatedTo(java.time.temporal.ChronoUnit.DAYS).toString();
            desk.publish(SCHEME.formatted(sunset).getBytes(StandardCharsets.UTF_8));
            desk.openEpochs("surge");
        }
    }

    /**
     * Of an office that was founded, nobody enrolled yet.
     *
     * @param week so many, the last of those that are enrolled, ask for seven passes in one request instead of one
     */
    static Crowd of(Path folder, String address, int week, SecureRandom random) throws IOException {
        return new Crowd(folder, address, week, random);
    }

    /** Enrols so many more, as a command beside whatever else is at work on the store. @return seconds it took */
    synchronized double enrol(int more) throws IOException {
        // A table and persons of its own for each try: what became of one that failed need not be known.
        int table = tables++;
        Path people = folder.resolve("people-" + table + ".csv");
        Path offers = folder.resolve("offers-" + table + ".csv");
        write(people, table, more);
        double seconds;
        try (Store store = Store.open(address, false)) {
            Desk desk = open(store);
            long begun = System.nanoTime();
            try (Reader reader = Files.newBufferedReader(people, StandardCharsets.UTF_8)) {
                desk.enrolment().enrol("surge", reader, offers, row -> { });
            }
            seconds = (System.nanoTime() - begun) / 1e9;
        }
        codes.addAll(codes(offers));
        return seconds;
    }

    private Desk open(Store store) throws IOException {
        return Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), random);
    }

    private static void write(Path file, int table, int size) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("person,district\n");
            for (int i = 0; i < size; i++) {
                writer.write("case-" + table + "-" + (1_000_000_000L + i) + (i % 2 == 0 ? ",north\n" : ",south\n"));
            }
        }
    }

    private static List<String> codes(Path offers) throws IOException {
        List<String> codes = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(offers)) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                codes.add(line.substring(line.lastIndexOf(',') + 1).replace("\"", ""));
            }
        }
        return codes;
    }

    private Person person(String offer, List<PendingPass> passes) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        List<Json> items = new ArrayList<>();
        for (PendingPass pass : passes) {
            items.add(Json.object("commitment", Hex.print(pass.request().commitment().toBytes()), "epoch", pass.epoch()));
        }
        String body = Json.object("credential_configuration_id", "surge", "proofs", Json.object("bbs_commitment", items),
                "wallet_secret", Hex.print(secret)).toString();
        try {
            String form = "grant_type=urn:ietf:params:oauth:grant-type:pre-authorized_code&pre-authorized_code=" + Offer.parse(offer).sent()
                    + "&wallet_hash=" + Hash.sha256(Bytes.label("wallet"), secret).hex();
            return new Person(form.getBytes(StandardCharsets.US_ASCII), body.getBytes(StandardCharsets.US_ASCII));
        } catch (MalformedException e) {
            throw new IllegalStateException("We wrote it.", e);
        }
    }

    /** How many are enrolled. */
    int size() {
        return codes.size();
    }

    /** Makes what a person sends; made a second time, it is another wallet's. */
    Person person(int i) {
        List<PendingPass> passes = epochs.subList(0, i < size() - week ? 1 : WEEK).stream()
                .map(epoch -> PendingPass.create(register, epoch, random)).toList();
        Person person = person(codes.get(i), passes);
        if (i % CHECKED == 0) {
            pending.put(i, passes);
        } else {
            passes.forEach(PendingPass::close);
        }
        return person;
    }

    /** What everybody sends, in the order of enrolment. @param progress told how many are ready */
    List<Person> everybody(LongConsumer progress) {
        AtomicLong ready = new AtomicLong();
        return IntStream.range(0, size()).parallel().mapToObj(i -> {
            Person person = person(i);
            progress.accept(ready.incrementAndGet());
            return person;
        }).toList();
    }

    /** Whether this person's answer is to be checked. */
    boolean checks(int person) {
        return pending.containsKey(person);
    }

    /** Receives an answer as a wallet does; returns the pass of the running epoch. @throws VerificationException if a pass in it is none */
    Pass receive(int person, String answer) throws MalformedException, VerificationException {
        List<Json> credentials = Json.parseLoosely(answer.getBytes(StandardCharsets.UTF_8), 1 << 20).members("credentials")
                .get("credentials").items(1, WEEK);
        List<PendingPass> passes = pending.get(person);
        Pass today = null;
        for (int i = 0; i < passes.size(); i++) {
            Map<String, Json> grant = credentials.get(i).members("credential").get("credential")
                    .members("entropy", "epoch", "signature", "values");
            List<String> values = new ArrayList<>();
            for (Json value : grant.get("values").items(1, 8)) {
                values.add(value.string());
            }
            Pass received = passes.get(i).receive(PassGrant.parse(epochs.get(i), Hex.parse(grant.get("signature").string(), 80),
                    Hex.parse(grant.get("entropy").string(), 32), values));
            if (i == 0) {
                today = received;
            } else {
                received.close();
            }
        }
        return today;
    }
}
