package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.core.wire.Hash;

/** Attack 15: a connection that tears before the answer costs nobody a pass and gives nobody a second one. */
class TornTest {
    @TempDir
    Path folder;
    private TestOffice office;
    private TestOffice.Wallet wallet;
    private String token;
    private Hash today;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
        wallet = TestOffice.Wallet.create();
        token = office.token(office.enrol("ada").get("ada"), wallet);
        today = office.epochs().getFirst();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private byte[] request(String body) {
        return Wire.post("/credential", "Content-Type: application/json\r\nAuthorization: Bearer " + token, body.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends so much of a request, and is gone. */
    private void tear(byte[] part) throws Exception {
        try (Wire wire = new Wire(office.server.port())) {
            wire.write(part);
        }
    }

    private long issuedToday() {
        office.advance(Duration.ofDays(9));
        office.desk.close(today);
        return office.register().closed(today).map(closed -> closed.line().issued()).orElseThrow();
    }

    @Test
    void whoAsksAgainGetsTheSamePassCountedOnce() throws Exception {
        String body = TestOffice.body(wallet, office.pending(today));
        for (int i = 0; i < 5; i++) {
            tear(request(body));
        }
        String answer = office.credential(token, body).body();
        assertEquals(answer, office.credential(token, body).body());
        assertEquals("409 already_issued", TestOffice.error(office.credential(token, TestOffice.body(wallet, office.pending(today)))));
        assertEquals(1, issuedToday());
    }

    @Test
    void halfARequestIsNone() throws Exception {
        byte[] request = request(TestOffice.body(wallet, office.pending(today)));
        for (int length : new int[] {1, 40, request.length / 2, request.length - 1}) {
            tear(Arrays.copyOf(request, length));
        }
        assertEquals(200, office.credential(token, TestOffice.body(wallet, office.pending(today))).statusCode());
        assertTrue(office.metrics().body().contains("\nsafeconduct_refused_total{error=\"internal\"} 0\n"), "nor a fault of the office");
        assertEquals(1, issuedToday());
    }
}
