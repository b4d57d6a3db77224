package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.app.http.TestOffice.Wallet;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/** Redeeming and issuing over HTTP: retries, and every refusal of spec/http.md section 6. */
class IssuingTest {
    @TempDir
    Path folder;
    private TestOffice office;
    private final Wallet wallet = Wallet.create();

    @BeforeEach
    void open() throws IOException {
        office = new TestOffice(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Offer offer() throws Exception {
        return office.enrol("ada").get("ada");
    }

    private Hash today() {
        return office.epochs().getFirst();
    }

    private String errorOf(HttpResponse<String> answer) throws Exception {
        assertEquals("application/problem+json", answer.headers().firstValue("Content-Type").orElse(""), answer.body());
        return TestOffice.error(answer);
    }

    @Test
    void sameRequestGetsTheSameBytes() throws Exception {
        String token = office.token(offer(), wallet);
        String body = TestOffice.body(wallet, office.pending(today()));
        HttpResponse<String> first = office.credential(token, body);
        assertEquals(200, first.statusCode(), first.body());
        assertEquals(first.body(), office.credential(token, body).body());
    }

    @Test
    void laterTokenOfTheSameWalletGetsTheSameBytes() throws Exception {
        Offer offer = offer();
        String body = TestOffice.body(wallet, office.pending(today()));
        HttpResponse<String> first = office.credential(office.token(offer, wallet), body);
        office.advance(Duration.ofHours(1));
        assertEquals(first.body(), office.credential(office.token(offer, wallet), body).body());
    }

    @Test
    void anotherCommitmentIsAlreadyIssued() throws Exception {
        String token = office.token(offer(), wallet);
        office.credential(token, TestOffice.body(wallet, office.pending(today())));
        assertEquals("409 already_issued", errorOf(office.credential(token, TestOffice.body(wallet, office.pending(today())))));
    }

    @Test
    void requestWithOneSpentEpochIssuesNothing() throws Exception {
        String token = office.token(offer(), wallet);
        List<Hash> epochs = office.epochs();
        office.credential(token, TestOffice.body(wallet, office.pending(epochs.get(0))));
        PendingPass next = office.pending(epochs.get(1));
        assertEquals("409 already_issued", errorOf(office.credential(token, TestOffice.body(wallet, next, office.pending(epochs.get(0))))));
        assertEquals(200, office.credential(token, TestOffice.body(wallet, office.pending(epochs.get(1)))).statusCode(), "another commitment may have it");
    }

    @Test
    void tornConnectionIsAskedAgainWithTheSameBytes() throws Exception {
        String token = office.token(offer(), wallet);
        String body = TestOffice.body(wallet, office.pending(today()));
        try (Socket socket = new Socket("127.0.0.1", office.server.port())) {
            socket.getOutputStream().write(("POST /credential HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.setSoLinger(true, 0);
        }
        HttpResponse<String> again = office.credential(token, body);
        assertEquals(200, again.statusCode(), again.body());
        assertEquals(again.body(), office.credential(token, body).body());
    }

    @Test
    void unknownUsedLockedAndWithdrawnOffersGetOneAnswer() throws Exception {
        Map<String, Offer> offers = office.enrolTable("person,tariff,tx_code\nada,staff,\nbob,staff,123456\neve,staff,\n");
        office.token(offers.get("ada"), wallet);
        for (int i = 0; i < 5; i++) {
            office.redeem(offers.get("bob"), Optional.of("99999" + i), wallet);
        }
        office.desk.enrolment().withdraw("canteen", "eve");
        HttpResponse<String> unknown = office.redeem(Offer.create(office.register().officeLeaf(), TestOffice.RANDOM), Optional.empty(), wallet);
        assertEquals("400 invalid_grant", errorOf(unknown));
        assertEquals(unknown.body(), office.redeem(offers.get("ada"), Optional.empty(), Wallet.create()).body(), "used by another wallet");
        assertEquals(unknown.body(), office.redeem(offers.get("bob"), Optional.of("123456"), wallet).body(), "locked");
        assertEquals(unknown.body(), office.redeem(offers.get("eve"), Optional.empty(), wallet).body(), "withdrawn");
    }

    @Test
    void secondCodeIsAskedForOnce() throws Exception {
        Offer offer = office.enrolTable("person,tx_code,tariff\nada,123456,guest\n").get("ada");
        assertEquals("400 invalid_grant", errorOf(office.redeem(offer, Optional.empty(), wallet)));
        assertEquals("400 invalid_grant", errorOf(office.redeem(offer, Optional.of("123457"), wallet)));
        assertEquals(200, office.redeem(offer, Optional.of("123456"), wallet).statusCode());
        assertEquals(200, office.redeem(offer, Optional.empty(), wallet).statusCode());
    }

    @Test
    void manyWrongCodesSlowDownTheWrongAndNotTheRight() throws Exception {
        Offer offer = offer();
        HttpResponse<String> answer = null;
        for (int i = 0; i <= 200; i++) {
            answer = office.redeem(Offer.create(office.register().officeLeaf(), TestOffice.RANDOM), Optional.empty(), wallet);
        }
        assertEquals("429 slow_down", errorOf(answer));
        assertEquals("10", answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals(200, office.redeem(offer, Optional.empty(), wallet).statusCode());
        office.advance(Duration.ofSeconds(10));
        assertEquals("400 invalid_grant", errorOf(office.redeem(Offer.create(office.register().officeLeaf(), TestOffice.RANDOM), Optional.empty(), wallet)));
    }

    @Test
    void tokenIsRefusedWhenMissingForgedExpiredOrOfAnotherWallet() throws Exception {
        String token = office.token(offer(), wallet);
        String body = TestOffice.body(wallet, office.pending(today()));
        HttpResponse<String> missing = office.post("/credential", "application/json", body);
        assertEquals("401 invalid_token", errorOf(missing));
        assertEquals("Bearer error=\"invalid_token\"", missing.headers().firstValue("WWW-Authenticate").orElse(""));
        String forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        assertEquals("401 invalid_token", errorOf(office.credential(forged, body)));
        assertEquals("401 invalid_token", errorOf(office.credential("%%%", body)));
        assertEquals("401 invalid_token", errorOf(office.credential(token, TestOffice.body(Wallet.create(), office.pending(today())))));
        office.advance(Duration.ofMinutes(10));
        assertEquals("401 invalid_token", errorOf(office.credential(token, body)));
    }

    @Test
    void requestForAnotherSchemeIsRefused() throws Exception {
        String token = office.token(offer(), wallet);
        String body = TestOffice.body(wallet, office.pending(today())).replace("\"canteen\"", "\"other\"");
        assertEquals("400 unknown_credential_configuration", errorOf(office.credential(token, body)));
    }

    @Test
    void commitmentThatDoesNotVerifyIsRefusedAndSpendsNothing() throws Exception {
        String token = office.token(offer(), wallet);
        List<Hash> epochs = office.epochs();
        PendingPass pending = office.pending(epochs.get(0));
        String good = TestOffice.body(wallet, pending);
        int at = good.indexOf("\"commitment\":\"") + 14;
        String other = TestOffice.body(wallet, office.pending(epochs.get(0)));
        // Point of one commitment, proof of another.
        String mixed = good.substring(0, at + 96) + other.substring(at + 96);
        assertEquals("400 invalid_proof", errorOf(office.credential(token, mixed)));
        assertEquals("400 invalid_proof", errorOf(office.credential(token, good.substring(0, at) + "00" + good.substring(at + 2))));
        assertEquals("400 invalid_proof", errorOf(office.credential(token, good.substring(0, at) + good.substring(at + 64))));
        assertEquals(200, office.credential(token, good).statusCode());
    }

    @Test
    void epochIsOpenFromSoManyAheadToItsEnd() throws Exception {
        Offer offer = offer();
        List<Hash> epochs = office.epochs();
        assertEquals("409 epoch_not_open", errorOf(office.credential(office.token(offer, wallet), TestOffice.body(wallet, office.pending(epochs.get(3))))));
        assertEquals(200, office.credential(office.token(offer, wallet), TestOffice.body(wallet, office.pending(epochs.get(2)))).statusCode());
        String first = TestOffice.body(wallet, office.pending(epochs.get(0)));
        office.advance(Duration.ofDays(1));
        HttpResponse<String> over = office.credential(office.token(offer, wallet), first);
        assertEquals("409 epoch_not_open", errorOf(over));
        assertTrue(over.body().contains("it is over"), over.body());
        assertEquals(200, office.credential(office.token(offer, wallet), TestOffice.body(wallet, office.pending(epochs.get(3)))).statusCode());
    }

    @Test
    void spareIsOpenOnlyAfterTheStopOfItsMainEpoch() throws Exception {
        Offer offer = offer();
        Placed<Epoch> spare = office.register().all(Epoch.class).filter(epoch -> epoch.line().spare()).findFirst().orElseThrow();
        String body = TestOffice.body(wallet, office.pending(spare.leaf()));
        assertEquals("409 epoch_not_open", errorOf(office.credential(office.token(offer, wallet), body)));
        office.desk.stop(today(), Optional.empty(), Map.of("en", "The key was lost."));
        awaitTaken(office.register().root());
        assertEquals(200, office.credential(office.token(offer, wallet), body).statusCode());
        assertEquals("409 epoch_not_open", errorOf(office.credential(office.token(offer, wallet), TestOffice.body(wallet, office.pending(today())))));
    }

    /** The server takes over what was published within about a second; asks until it shows. */
    private void awaitTaken(Hash root) throws Exception {
        for (int i = 0; i < 100_000 && office.get("/register/index/" + root.hex()).statusCode() != 200; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void dailyCapIsToldWithTheTimeToComeBack() throws Exception {
        StringBuilder table = new StringBuilder("person,tariff\n");
        for (int i = 0; i <= 40; i++) {
            table.append("person").append(i).append(",guest\n");
        }
        Map<String, Offer> offers = office.enrolTable(table.toString());
        HttpResponse<String> answer = null;
        for (int i = 0; i <= 40; i++) {
            Wallet own = Wallet.create();
            answer = office.credential(office.token(offers.get("person" + i), own), TestOffice.body(own, office.pending(today())));
        }
        assertEquals("503 daily_cap", errorOf(answer));
        assertEquals(Integer.toString(14 * 3600), answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void replacementIsIssuedOnceMoreAndCounted() throws Exception {
        Offer offer = offer();
        office.credential(office.token(offer, wallet), TestOffice.body(wallet, office.pending(today())));
        Offer fresh = office.desk.enrolment().replaceOffer("canteen", "ada", Optional.empty());
        assertEquals(200, office.redeem(offer, Optional.empty(), wallet).statusCode(), "until the new offer is redeemed");
        String oldToken = office.token(offer, wallet);
        Wallet second = Wallet.create();
        HttpResponse<String> answer = office.credential(office.token(fresh, second), TestOffice.body(second, office.pending(today())));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("400 invalid_grant", errorOf(office.redeem(offer, Optional.empty(), wallet)));
        assertEquals("401 invalid_token", errorOf(office.credential(oldToken, TestOffice.body(wallet, office.pending(office.epochs().get(1))))));
    }

    @Test
    void storeThatIsGoneIsUnavailable() throws Exception {
        Offer offer = offer();
        office.store.close();
        HttpResponse<String> answer = office.redeem(offer, Optional.empty(), wallet);
        assertEquals("503 store_unavailable", errorOf(answer));
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        assertEquals("503 store_unavailable", errorOf(office.get("/health")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "&", "grant_type", "x=y", "grant_type=%", "$G&wallet_hash=$W", "$G&pre-authorized_code=$C", "$G&pre-authorized_code=$C&wallet_hash=$W&x=y",
        "$G&pre-authorized_code=$C&wallet_hash=$W&wallet_hash=$W", "$G&pre-authorized_code=$C&wallet_hash=$W&tx_code=12345",
        "$G&pre-authorized_code=$C&wallet_hash=$W&tx_code=", "$G&pre-authorized_code=$C-&wallet_hash=$W", "$G&pre-authorized_code=$C&wallet_hash=$WW",
        "$G&pre-authorized_code=$C&wallet_hash=$W\n"})
    void formThatIsNoneIsAnInvalidRequest(String form) throws Exception {
        String filled = form.replace("$G", TestOffice.GRANT).replace("$C", "0".repeat(26)).replace("$W", wallet.hash());
        assertEquals("400 invalid_request", errorOf(office.post("/token", TestOffice.FORM, filled)));
    }

    @Test
    void otherGrantIsUnsupported() throws Exception {
        assertEquals("400 unsupported_grant_type", errorOf(office.post("/token", TestOffice.FORM, "grant_type=authorization_code")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"credential_configuration_id\":\"canteen\"}", "$B ", "$B{}", "$D", "$X", "$E"})
    void bodyThatIsNotTheFormIsAnInvalidRequest(String template) throws Exception {
        String token = office.token(offer(), wallet);
        PendingPass pending = office.pending(today());
        String good = TestOffice.body(wallet, pending);
        String body = template.equals("$B ") ? good.replace("\"wallet_secret\":\"", "\"wallet_secret\":\"0")
                : template.replace("$B", good).replace("$D", good.replace("{\"credential_c", "{\"wallet_secret\":\"\",\"credential_c"))
                        .replace("$X", good.replace("\"proofs\"", "\"nonce\":\"\",\"proofs\"")).replace("$E", TestOffice.body(wallet, pending, pending));
        assertNotEquals(good, body);
        assertEquals("400 invalid_request", errorOf(office.credential(token, body)));
    }
}
