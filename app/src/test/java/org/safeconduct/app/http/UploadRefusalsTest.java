package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.wire.Hash;

/** What a venue sends that is not what its case permits, and what becomes of the token. */
class UploadRefusalsTest extends WarnedTown {
    @Test
    void tokenCountsOnceAndUsedUnknownAndWithdrawnOnesGetOneAnswer() throws Exception {
        Cases.Opened used = cases.open("town", noon, noon);
        Cases.Opened withdrawn = cases.open("town", noon, noon);
        cases.withdraw(withdrawn.number());
        assertEquals(200, upload(parts(used.token(), noon)).statusCode());
        String again = upload(parts(used.token(), noon)).body();
        assertEquals(again, upload(parts(withdrawn.token(), noon)).body());
        assertEquals(again, upload(parts(UploadToken.random(TestOffice.RANDOM), noon)).body());
        assertTrue(again.contains("invalid_upload_token"), again);
        cases.confirm(used.number(), notice());
        assertEquals(again, upload(parts(used.token(), noon)).body());
    }

    @Test
    void refusedUploadLeavesTheTokenGood() throws Exception {
        office.advance(Duration.ofHours(3));
        Cases.Opened opened = cases.open("town", noon, noon);
        for (Hour wrong : List.of(noon.plus(1), noon.plus(-1), noon.plus(100))) {
            HttpResponse<String> answer = upload(parts(opened.token(), wrong));
            assertEquals("400 upload_not_accepted", TestOffice.error(answer));
            assertTrue(TestOffice.member(answer, "detail").startsWith("An hour is outside the case or the retention time."), answer.body());
        }
        assertEquals("400 upload_not_accepted", TestOffice.error(upload(parts(opened.token(), noon, noon.plus(1)))), "all or nothing");
        assertEquals(StoredCase.State.OPEN, state(opened.number()));
        assertEquals(200, upload(parts(opened.token(), noon)).statusCode());
    }

    @Test
    void hourThatHasNotBegunIsRefused() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon.plus(5));
        assertEquals("400 upload_not_accepted", TestOffice.error(upload(parts(opened.token(), noon.plus(1)))));
    }

    @Test
    void partOfAnotherHourOrAnAlteredPosterIsRefused() throws Exception {
        Cases.Opened opened = cases.open("town", noon.plus(-1), noon);
        VenueHour part = sheet.part(cafe(), noon);
        byte[] otherHour = new Upload(opened.token(), List.of(new VenueHour(cafe(), noon.plus(-1), part.part(), part.slip()))).print();
        assertEquals("400 upload_not_accepted", TestOffice.error(upload(otherHour)));
        byte[] altered = cafe().bytes();
        int letter = new String(altered, StandardCharsets.ISO_8859_1).indexOf("Hall");
        altered[letter] = 'B';
        byte[] otherPoster = new Upload(opened.token(), List.of(new VenueHour(VenueCode.parse(altered), noon, part.part(), part.slip()))).print();
        HttpResponse<String> answer = upload(otherPoster);
        assertTrue(TestOffice.member(answer, "detail").startsWith("A part is not of its poster and hour."), answer.body());
    }

    @Test
    void posterOfAnotherAuthorityOrRegionIsRefused() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon);
        Poster south = new Poster("Bar", "South", Optional.empty(), VenueKind.FOOD_AND_DRINK, 1, 1, Optional.empty());
        for (TracingSheet other : List.of(TracingSheet.create(TestOffice.RANDOM).with(CAFE, Hash.sha256(new byte[1]), TestOffice.RANDOM),
                TracingSheet.create(TestOffice.RANDOM).with(south, authority.leaf(), TestOffice.RANDOM))) {
            try (other) {
                byte[] body = new Upload(opened.token(), List.of(other.part(other.posters().getFirst(), noon))).print();
                HttpResponse<String> answer = upload(body);
                assertTrue(TestOffice.member(answer, "detail").startsWith("A poster is of another authority or region."), answer.body());
            }
        }
    }

    @Test
    void malformedOrOversizedBodyIsRefused() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon);
        String good = new String(parts(opened.token(), noon), StandardCharsets.UTF_8);
        for (String bad : List.of("", "{}", "[]", good + "x", good.replaceFirst("\\{", "{\"more\":1,"), good.replace("posters", "visitors"),
                good.replaceFirst("\"part\":\"..", "\"part\":\"00"), good.replace("\"hour\":", "\"hour\":-"),
                "{\"posters\":[{}],\"token\":\"" + opened.token().text() + "\"}", "{\"posters\":[],\"token\":\"ABC\"}")) {
            assertEquals("400 invalid_request", TestOffice.error(upload(bad.getBytes(StandardCharsets.UTF_8))), bad);
        }
        try (Wire wire = new Wire(office.server.port())) {
            // One byte more than is read: nothing is left on the line that could swallow the answer.
            wire.write(Wire.post("/authority/upload", "Content-Type: " + JSON, Arrays.copyOf(good.getBytes(StandardCharsets.UTF_8), Upload.LONGEST + 1)));
            Wire.Answer answer = wire.read();
            assertEquals(413, answer.status());
            assertTrue(answer.body().contains("too_large"), answer.body());
        }
        assertEquals("415 unsupported_media_type", TestOffice.error(office.post("/authority/upload", "text/plain", good)));
        assertEquals("405 method_not_allowed", TestOffice.error(office.get("/authority/upload")));
        assertEquals(StoredCase.State.OPEN, state(opened.number()));
    }

    @Test
    void hoursBeyondTheRetentionTimeAreRefusedOnEveryWay() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon);
        Cases.Opened late = cases.open("town", noon, noon);
        upload(parts(opened.token(), noon));
        office.advance(Duration.ofDays(14));
        assertEquals("400 upload_not_accepted", TestOffice.error(upload(parts(late.token(), noon))));
        assertTrue(refusal(() -> cases.confirm(opened.number(), notice())).startsWith("All hours of this case are over the retention time"));
        assertTrue(refusal(() -> cases.open("town", noon, noon)).startsWith("These hours are over the retention time"));
    }
}
