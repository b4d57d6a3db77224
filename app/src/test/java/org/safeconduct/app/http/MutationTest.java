package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.wire.Hash;

/** Attack 16: bodies that are almost right are read to the end or refused, and nothing else happens. */
class MutationTest {
    private static final int MUTATIONS = 20_000;
    private static final Set<Failure> REFUSALS = Set.of(Failure.INVALID_REQUEST, Failure.INVALID_PROOF, Failure.UNSUPPORTED_GRANT_TYPE);

    @TempDir
    Path folder;

    private interface Reading {
        void of(byte[] body) throws FailureException;
    }

    @Test
    void mutatedFormIsReadOrRefused() throws Exception {
        byte[] form = TestOffice.form(Offer.create(Hash.sha256(), TestOffice.RANDOM), Optional.of("123456"),
                TestOffice.Wallet.create()).getBytes(StandardCharsets.UTF_8);
        mutate(form, Form::parse);
    }

    @Test
    void mutatedRequestIsReadOrRefused() throws Exception {
        try (TestOffice office = new TestOffice(folder)) {
            byte[] body = TestOffice.body(TestOffice.Wallet.create(), office.pending(office.epochs().get(0)), office.pending(office.epochs().get(1)))
                    .getBytes(StandardCharsets.UTF_8);
            mutate(body, bytes -> CredentialRequest.parse(bytes, Routes.LONGEST_CREDENTIAL_REQUEST));
            // And the server itself, over one connection.
            Offer offer = office.enrol("ada").get("ada");
            TestOffice.Wallet wallet = TestOffice.Wallet.create();
            String token = office.token(offer, wallet);
            Random random = new Random(2);
            for (int i = 0; i < 500; i++) {
                int status = office.credential(token, new String(mutation(body, random), StandardCharsets.ISO_8859_1)).statusCode();
                assertTrue(Set.of(400, 401, 409).contains(status), "status " + status);
            }
            assertEquals(200, office.get("/health").statusCode());
        }
    }

    private static void mutate(byte[] good, Reading reading) throws FailureException {
        reading.of(good);
        Random random = new Random(1);
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            try {
                reading.of(mutation(good, random));
                read.add(i);
            } catch (FailureException e) {
                assertTrue(REFUSALS.contains(e.failure()), e.failure().name());
            }
        }
        assertTrue(read.size() < MUTATIONS / 2, "most mutations are refused");
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
