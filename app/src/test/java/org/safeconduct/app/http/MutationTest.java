package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/**
 * Attack 16: 100,000 bodies that are almost right, most of them over HTTP, many on one connection before the first is
 * answered. Each gets its own answer; nothing is given that the right body would not be given.
 */
@Timeout(120)
class MutationTest {
    private static final int FORMS = 52_000;
    /** Each costs a proof or two, so most of them go to the parser alone. */
    private static final int REQUESTS = 8_000;
    private static final int REQUESTS_PARSED = 32_000;
    private static final int UPLOADS = 8_000;
    private static final int CONNECTIONS = 32;
    private static final int AT_ONCE = 25;
    /** Of what is in use after all of them. A leak of a mere KiB for each body would be more. */
    private static final long MOST_KEPT = 8 << 20;

    @TempDir
    Path folder;
    private TestOffice office;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private interface Judge {
        void accepted(byte[] body, Wire.Answer answer) throws Exception;
    }

    @Test
    void mutatedFormRedeemsNothingElse() throws Exception {
        Map<String, Offer> offers = office.enrol("ada", "bob");
        TestOffice.Wallet wallet = TestOffice.Wallet.create();
        byte[] form = TestOffice.form(offers.get("ada"), Optional.empty(), wallet).getBytes(StandardCharsets.US_ASCII);
        String answer = office.post("/token", TestOffice.FORM, new String(form, StandardCharsets.US_ASCII)).body();
        send("/token", "Content-Type: " + TestOffice.FORM, form, FORMS, Set.of(400, 429),
                (_, given) -> assertEquals(answer, given.body(), "the same offer, wallet and answer"));
        assertEquals(200, office.redeem(offers.get("bob"), Optional.empty(), TestOffice.Wallet.create()).statusCode(), "bob's offer is as good as before");
    }

    @Test
    void mutatedRequestIsGivenNoOtherPass() throws Exception {
        TestOffice.Wallet wallet = TestOffice.Wallet.create();
        String token = office.token(office.enrol("ada").get("ada"), wallet);
        String body = TestOffice.body(wallet, office.pending(office.epochs().get(0)), office.pending(office.epochs().get(1)));
        String answer = office.credential(token, body).body();
        send("/credential", "Content-Type: application/json\r\nAuthorization: Bearer " + token, body.getBytes(StandardCharsets.US_ASCII),
                REQUESTS, Set.of(400, 401, 409), (_, given) -> {
                    String passes = given.body().substring("{\"credentials\":[".length(), given.body().length() - "]}".length());
                    assertTrue(answer.contains(passes), "passes of the same commitments, byte for byte");
                });
        assertEquals(answer, office.credential(token, body).body());
        parse(body.getBytes(StandardCharsets.US_ASCII));
    }

    private static void parse(byte[] good) {
        Random random = new Random(CONNECTIONS);
        int read = 0;
        for (int i = 0; i < REQUESTS_PARSED; i++) {
            try {
                CredentialRequest.parse(mutation(good, random), Routes.LONGEST_CREDENTIAL_REQUEST);
                read++;
            } catch (FailureException e) {
                assertTrue(Set.of(Failure.INVALID_REQUEST, Failure.INVALID_PROOF).contains(e.failure()), e.failure().name());
            }
        }
        assertTrue(read < REQUESTS_PARSED / 2, "most are refused");
    }

    @Test
    void mutatedUploadIsNotTaken() throws Exception {
        Placed<Authority> authority = Authorities.init(office.desk, "health", Map.of("en", "Health office"), Map.of("town", Map.of("en", "Town")), 14);
        office.server.refresh();
        Cases cases = Cases.of(office.desk);
        Hour noon = Hour.of(office.instant());
        Cases.Opened opened = cases.open("town", noon, noon);
        Poster poster = new Poster("Café Süd", "Hauptstraße 1", Optional.of("Hall"), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());
        try (TracingSheet sheet = TracingSheet.create(TestOffice.RANDOM).with(poster, authority.leaf(), TestOffice.RANDOM)) {
            Upload upload = new Upload(opened.token(), List.of(sheet.part(sheet.posters().getFirst(), noon)));
            byte[] body = upload.print();
            // Spaces and the slip code, which is the venue's own word, may change; then the upload is still this one, and the only one.
            AtomicInteger taken = new AtomicInteger();
            send("/authority/upload", "Content-Type: application/json", body, UPLOADS, Set.of(400, 429), (sent, _) -> {
                assertEquals(1, taken.incrementAndGet());
                assertEquals(withoutSlip(upload), withoutSlip(Upload.parse(sent, TestOffice.RANDOM)));
            });
            taken.addAndGet(office.post("/authority/upload", "application/json", new String(body, StandardCharsets.UTF_8)).statusCode() == 200 ? 1 : 0);
            assertEquals(1, taken.get(), "the token is good until it is used");
        }
    }

    private static List<Object> withoutSlip(Upload upload) {
        return upload.hours().stream().<Object>map(hour -> List.of(upload.token(), hour.venue(), hour.hour(), Hash.sha256(hour.part().toBytes()))).toList();
    }

    /** Sends mutations over several connections at once; every answer must be of one of these statuses, or be accepted by the judge. */
    private void send(String path, String headers, byte[] good, int mutations, Set<Integer> refusals, Judge judge) throws Exception {
        long before = inUse();
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < CONNECTIONS; c++) {
                Random random = new Random(c);
                done.add(threads.submit(() -> {
                    try (Wire wire = new Wire(office.server.port())) {
                        for (int i = 0; i < mutations / CONNECTIONS / AT_ONCE; i++) {
                            send(wire, path, headers, good, random, refusals, judge);
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> each : done) {
            each.get();
        }
        assertTrue(inUse() - before < MOST_KEPT, "kept " + (inUse() - before));
        assertTrue(office.metrics().body().contains("\nsafeconduct_refused_total{error=\"internal\"} 0\n"));
    }

    private static void send(Wire wire, String path, String headers, byte[] good, Random random, Set<Integer> refusals, Judge judge) throws Exception {
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            bodies.add(mutation(good, random));
        }
        wire.write(bodies.stream().map(body -> Wire.post(path, headers, body)).toList());
        for (byte[] body : bodies) {
            Wire.Answer answer = wire.read();
            assertFalse(answer.body().contains("Exception") || answer.body().contains("org.") || answer.body().contains("\tat "), answer.body());
            if (answer.status() == 200) {
                judge.accepted(body, answer);
            } else {
                assertTrue(refusals.contains(answer.status()), answer.toString());
            }
        }
    }

    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Flips, inserts, deletes, doubles or swaps, one to three times. */
    private static byte[] mutation(byte[] good, Random random) {
        byte[] bytes = good;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(40), bytes.length - at);
            int cut = random.nextInt(3) == 0 ? length : 0;
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> new byte[] {(byte) random.nextInt(256)};
                case 1 -> Arrays.copyOfRange(bytes, at, at + length);
                case 2 -> new byte[] {"{}[]\",:&=%0n".getBytes(StandardCharsets.US_ASCII)[random.nextInt(12)]};
                default -> new byte[0];
            };
            byte[] next = new byte[bytes.length - cut + middle.length];
            System.arraycopy(bytes, 0, next, 0, at);
            System.arraycopy(middle, 0, next, at, middle.length);
            System.arraycopy(bytes, at + cut, next, at + middle.length, bytes.length - at - cut);
            bytes = next.length == 0 ? good : next;
        }
        return bytes;
    }
}
