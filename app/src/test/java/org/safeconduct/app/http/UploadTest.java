package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.office.WrongCodes;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;

/** What a venue is told whose answer is not taken, and how wrong tokens are slowed down without knowing whose they are. */
class UploadTest {
    private static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.empty(), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());

    /** The shortest length of presence.md section 5.2. */
    private static final int LENGTH = 16_384;

    @TempDir
    Path folder;
    private TestOffice office;
    private Cases.Opened opened;
    private VenueHour part;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
        Placed<Authority> authority = Authorities.init(office.desk, "health", Map.of("en", "Health office"), Map.of("town", Map.of("en", "Town")), 14);
        office.server.refresh();
        Hour hour = Hour.of(office.instant());
        opened = Cases.of(office.desk).open("town", hour, hour);
        try (TracingSheet sheet = TracingSheet.create(TestOffice.RANDOM).with(CAFE, authority.leaf(), TestOffice.RANDOM)) {
            part = sheet.part(sheet.posters().getFirst(), hour);
        }
    }

    @AfterEach
    void close() {
        office.close();
    }

    private HttpResponse<String> upload(UploadToken token) throws Exception {
        return office.post("/authority/upload", "application/json", new String(new Upload(token, List.of(part)).print(), StandardCharsets.UTF_8));
    }

    @Test
    void manyWrongTokensAreSlowedDownAndAGoodOneIsTakenAllTheSame() throws Exception {
        for (int i = 0; i < WrongCodes.MOST; i++) {
            assertEquals("400 invalid_upload_token", TestOffice.error(upload(UploadToken.random(TestOffice.RANDOM))));
        }
        HttpResponse<String> slowed = upload(UploadToken.random(TestOffice.RANDOM));
        assertEquals("429 slow_down", TestOffice.error(slowed));
        assertEquals("10", slowed.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(200, upload(opened.token()).statusCode());
        assertEquals("429 slow_down", TestOffice.error(upload(opened.token())), "used by now, as wrong as the others");
        office.advance(WrongCodes.WINDOW);
        assertEquals("400 invalid_upload_token", TestOffice.error(upload(opened.token())));
    }

    /** Two bodies of one length, as a venue's page sends them: JSON and spaces. */
    private static byte[] filled(UploadToken token, List<VenueHour> hours) {
        byte[] body = Arrays.copyOf(new Upload(token, hours).print(), LENGTH);
        for (int i = LENGTH - 1; body[i] == 0; i--) {
            body[i] = ' ';
        }
        return body;
    }

    private Wire.Answer answer(byte[] body) throws Exception {
        try (Wire wire = new Wire(office.server.port())) {
            long start = System.nanoTime();
            wire.write(Wire.post("/authority/upload", "Content-Type: application/json", body));
            Wire.Answer answer = wire.read();
            assertTrue(System.nanoTime() - start >= WarningRoutes.ANSWERED_AFTER.toNanos(), "answered when its work was done");
            return answer;
        }
    }

    @Test
    void dummyLooksOnTheLineLikeARealUploadAndLeavesNothing() throws Exception {
        Cases cases = Cases.of(office.desk);
        String counted = office.metrics().body();
        Wire.Answer dummy = answer(filled(opened.token(), List.of()));
        assertEquals(counted, office.metrics().body());
        assertEquals(StoredCase.State.OPEN, cases.show(opened.number()).stored().state(), "not even a good token counts");
        Wire.Answer real = answer(filled(opened.token(), List.of(part)));
        assertEquals(1, cases.show(opened.number()).hours().size());
        assertEquals(counted, office.metrics().body());
        assertEquals(200, dummy.status());
        assertEquals(real.body(), dummy.body());
        assertEquals(withoutTime(real), withoutTime(dummy));
    }

    private static String withoutTime(Wire.Answer answer) {
        return answer.head().replaceFirst("Date: [^\r]{29}\r", "");
    }

    @Test
    void floodOfDummiesIsRefusedAndHurtsNobody() throws Exception {
        HttpRequest dummy = office.request("/authority/upload").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(filled(opened.token(), List.of()))).build();
        List<Integer> answers = Stream.generate(() -> office.client.sendAsync(dummy, HttpResponse.BodyHandlers.ofString())).limit(WrongCodes.MOST + 50)
                .toList().stream().map(sent -> sent.join().statusCode()).toList();
        assertEquals(WrongCodes.MOST, Collections.frequency(answers, 200));
        assertEquals(50, Collections.frequency(answers, 429));
        assertEquals("400 invalid_upload_token", TestOffice.error(upload(UploadToken.random(TestOffice.RANDOM))), "dummies are no wrong tokens");
        assertEquals(200, upload(opened.token()).statusCode());
        office.advance(WrongCodes.WINDOW);
        assertEquals(200, office.client.send(dummy, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void venueIsToldWhatBecameOfItsToken() throws Exception {
        HttpResponse<String> malformed = office.post("/authority/upload", "application/json", "{}");
        assertTrue(TestOffice.member(malformed, "detail").contains("Nothing was taken; load the venue's page again"), malformed.body());
        office.store.close();
        assertEquals("503 store_unavailable", TestOffice.error(office.post("/authority/upload", "application/json",
                new String(filled(opened.token(), List.of()), StandardCharsets.UTF_8))), "a dummy finds the same");
        HttpResponse<String> down = upload(opened.token());
        assertEquals("503 store_unavailable", TestOffice.error(down));
        assertTrue(TestOffice.member(down, "detail").contains("the token is as good as before"), down.body());
    }
}
