package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.office.WrongCodes;
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

    @Test
    void venueIsToldWhatBecameOfItsToken() throws Exception {
        HttpResponse<String> malformed = office.post("/authority/upload", "application/json", "{}");
        assertTrue(TestOffice.member(malformed, "detail").contains("Nothing was taken; load the venue's page again"), malformed.body());
        office.store.close();
        HttpResponse<String> down = upload(opened.token());
        assertEquals("503 store_unavailable", TestOffice.error(down));
        assertTrue(TestOffice.member(down, "detail").contains("the token is as good as before"), down.body());
    }
}
