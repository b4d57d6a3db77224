package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.app.office.WrongClockException;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.wire.Hash;

/** A server whose clock jumps by years while it runs does nothing by it that stays, and is well again with it. */
class WrongClockServerTest {
    private static final Logger LOGGER = Logger.getLogger(OfficeServer.class.getName());

    @TempDir
    private Path folder;
    private TestOffice office;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
        LOGGER.addHandler(listener);
    }

    @AfterEach
    void close() {
        LOGGER.removeHandler(listener);
        office.close();
    }

    private static void assertWrong(HttpResponse<String> answer) throws Exception {
        assertEquals("503 wrong_clock", TestOffice.error(answer));
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    @ParameterizedTest
    @ValueSource(longs = {401, 20 * 365, -401, -20 * 365})
    void nothingIsSignedIssuedClosedOrForgottenAndAllIsWellAgain(long days) throws Exception {
        Offer offer = office.enrol("ada").get("ada");
        TestOffice.Wallet wallet = TestOffice.Wallet.create();
        Hash today = office.epochs().getFirst();
        String token = office.token(offer, wallet);
        String body = TestOffice.body(wallet, office.pending(today));
        assertEquals(200, office.credential(token, body).statusCode());
        String checkpoint = office.get("/register/checkpoint").body();
        office.advance(Duration.ofDays(days));
        assertWrong(office.redeem(offer, Optional.empty(), wallet));
        assertWrong(office.credential(token, body));
        assertWrong(office.get("/health"));
        for (Runnable act : List.<Runnable>of(office.desk::cosign, () -> office.desk.openEpochs("canteen"), () -> office.desk.close(today),
                () -> office.desk.publish(TestOffice.SCHEME.replace("canteen", "second").getBytes()), office.desk::rotateKey,
                () -> office.desk.enrolment().forgetEnded(office.register(), office.desk.vault().now()))) {
            assertThrows(WrongClockException.class, act::run);
        }
        assertEquals(checkpoint, office.get("/register/checkpoint").body(), "files are handed out as before");
        assertEquals(checkpoint, office.store.read(Tables::checkpoint).orElseThrow());
        assertEquals(1, office.store.read(tables -> tables.issued(today)).issued());
        office.advance(Duration.ofDays(-days));
        assertEquals(200, office.credential(token, body).statusCode(), "the same bytes are asked for again");
        assertEquals(200, office.redeem(offer, Optional.empty(), wallet).statusCode());
        assertEquals(200, office.get("/health").statusCode());
    }

    @Test
    void aYearIsNoReasonToStop() throws Exception {
        office.advance(Duration.ofDays(365));
        assertEquals(200, office.get("/health").statusCode());
    }

    @Test
    void itIsSaidOnceAndOnceWhenItIsOver() throws Exception {
        office.advance(Duration.ofDays(900));
        assertTrue(said.poll(20, TimeUnit.SECONDS).contains("clock says 2029-05-08T10:00:00Z"));
        office.advance(Duration.ofDays(-900));
        assertTrue(said.poll(20, TimeUnit.SECONDS).contains("right again"), "and nothing between");
    }
}
