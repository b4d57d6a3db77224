package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.Publication;
import org.safeconduct.app.authority.PublishedWarnings;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Diary;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Match;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.Scanned;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.Venue;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.presence.WarningChain;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/** A venue, its visitors and the authority, over real HTTP. */
class WarningStoryTest {
    private static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.of("Hall"), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());
    private static final String JSON = "application/json";

    @TempDir
    Path folder;
    private TestOffice office;
    private Placed<Authority> authority;
    private Cases cases;
    private TracingSheet sheet;
    private Hour noon;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
        authority = Authorities.init(office.desk, "health", Map.of("en", "Health office"),
                Map.of("town", Map.of("en", "Town")), 14);
        office.server.refresh();
        cases = Cases.of(office.desk);
        sheet = TracingSheet.create(TestOffice.RANDOM).with(CAFE, authority.leaf(), TestOffice.RANDOM);
        noon = Hour.of(office.instant());
    }

    @AfterEach
    void close() {
        sheet.close();
        office.close();
    }

    private VenueCode cafe() {
        return sheet.posters().getFirst();
    }

    private Notice notice() {
        return new Notice(Notice.Advice.TEST, LocalDate.of(2026, 11, 21));
    }

    private Diary visitor(boolean cameIn) {
        Diary diary = Diary.create(14, office.instant(), TestOffice.RANDOM);
        if (cameIn) {
            Scanned scanned = Scanned.read(cafe().text(), List.of(office.register()), office.instant());
            diary.checkIn((Venue) scanned, office.instant(), TestOffice.RANDOM);
        }
        return diary;
    }

    private byte[] parts(UploadToken token, Hour... hours) {
        List<VenueHour> parts = new ArrayList<>();
        for (Hour hour : hours) {
            parts.add(sheet.part(cafe(), hour));
        }
        return new Upload(token, parts).print();
    }

    private HttpResponse<String> upload(byte[] body) throws Exception {
        return office.post("/authority/upload", JSON, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] file(String path) throws Exception {
        HttpResponse<byte[]> answer = office.client.send(office.request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    /** What a phone does: reads the index and every batch, and tries the warnings. */
    private List<Match> read(Diary diary) throws Exception {
        WarningChain chain = WarningChain.begin(authority.leaf(), 0);
        BatchIndex index = chain.index(file("/warnings/index"), authority);
        List<Match> matches = new ArrayList<>();
        for (Optional<Hash> next = chain.next(index); next.isPresent(); next = chain.next(index)) {
            WarningChain.Step step = chain.accept(index, file("/warnings/batch/" + next.get().hex()), authority);
            matches.addAll(diary.match(step.warnings()));
            chain = step.chain();
        }
        return matches;
    }

    private StoredCase.State state(long number) {
        return cases.show(number).stored().state();
    }

    private static String refusal(Runnable act) {
        return assertThrows(OfficeException.class, act::run).getMessage();
    }

    @Test
    void visitorIsWarnedAndWhoWasElsewhereIsNot() throws Exception {
        Diary guest = visitor(true);
        Diary elsewhere = visitor(false);
        office.advance(Duration.ofHours(20));
        Cases.Opened opened = cases.open("town", noon, noon.plus(1));
        HttpResponse<String> answer = upload(parts(opened.token(), noon, noon.plus(1)));
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("{}", answer.body());
        assertEquals(List.of(), read(guest), "nothing is published before somebody at the authority confirms");

        Cases.Shown shown = cases.show(opened.number());
        assertEquals(List.of("Café Süd", "Café Süd"), shown.hours().stream().map(hour -> hour.venue().poster().name()).toList());
        Publication.Published published = cases.confirm(opened.number(), notice());
        office.server.refresh();

        assertEquals(List.of(new Match(noon, notice()), new Match(noon.plus(1), notice())), read(guest).stream().sorted(
                Comparator.comparing(Match::hour)).toList());
        assertEquals(List.of(), read(elsewhere));
        assertEquals(List.of(sheet.slip(cafe(), noon), sheet.slip(cafe(), noon.plus(1))), published.slips().stream().map(slip -> slip.code()).toList());
        List<String> listed = office.get("/warnings/slips").body().lines().toList();
        assertEquals(32, listed.size(), "as many codes as the batch has warnings, dummies included");
        assertTrue(listed.contains("2026-11-20T10:00:00Z " + sheet.slip(cafe(), noon)));
        assertEquals(StoredCase.State.PUBLISHED, state(opened.number()));
        assertEquals(List.of(), cases.show(opened.number()).hours(), "what the venue sent is destroyed");
    }

    @Test
    void batchesFollowEachOtherAndTheirFilesNeverChange() throws Exception {
        Diary guest = visitor(true);
        office.advance(Duration.ofHours(2));
        Hash first = warn(noon);
        byte[] bytes = file("/warnings/batch/" + first.hex());
        warn(noon.plus(1));
        assertEquals(2, read(guest).size());
        assertArrayEquals(bytes, file("/warnings/batch/" + first.hex()));
        HttpResponse<String> index = office.get("/warnings/index");
        HttpResponse<String> batch = office.get("/warnings/batch/" + first.hex());
        assertEquals("no-cache", index.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals("public, max-age=31536000, immutable", batch.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(404, office.get("/warnings/batch/" + Hash.sha256(new byte[1]).hex()).statusCode());
        assertEquals(404, office.get("/warnings/batch/x").statusCode());
    }

    private Hash warn(Hour... hours) throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon.plus(2));
        assertEquals(200, upload(parts(opened.token(), hours)).statusCode());
        Hash file = cases.confirm(opened.number(), notice()).file();
        office.server.refresh();
        return file;
    }

    @Test
    void authorityAloneCannotWarn() {
        long number = cases.open("town", noon, noon).number();
        assertTrue(refusal(() -> cases.confirm(number, notice())).startsWith("The venue has not uploaded yet."));
        assertEquals(StoredCase.State.OPEN, state(number));
    }

    @Test
    void venueAloneCannotWarn() throws Exception {
        Diary guest = visitor(true);
        HttpResponse<String> answer = upload(parts(UploadToken.random(TestOffice.RANDOM), noon));
        assertEquals("400 invalid_upload_token", TestOffice.error(answer));
        assertEquals(200, upload(parts(cases.open("town", noon, noon).token(), noon)).statusCode());
        assertEquals(List.of(), read(guest));
    }

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
    void withdrawnCaseForgetsTheUploadAndAPublishedOneStays() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon);
        upload(parts(opened.token(), noon));
        cases.withdraw(opened.number());
        assertEquals(List.of(), cases.show(opened.number()).hours());
        assertTrue(refusal(() -> cases.confirm(opened.number(), notice())).startsWith("This case was withdrawn"));
        assertTrue(refusal(() -> cases.withdraw(opened.number())).startsWith("This case was withdrawn before."));
        Cases.Opened published = cases.open("town", noon, noon);
        upload(parts(published.token(), noon));
        cases.confirm(published.number(), notice());
        assertTrue(refusal(() -> cases.withdraw(published.number())).contains("cannot be taken back"));
        assertTrue(refusal(() -> cases.confirm(published.number(), notice())).contains("published before"));
    }

    @Test
    void casesConfirmedTogetherGoIntoOneBatchOrNoneIsPublished() throws Exception {
        Diary guest = visitor(true);
        office.advance(Duration.ofHours(2));
        Cases.Opened first = cases.open("town", noon, noon);
        Cases.Opened second = cases.open("town", noon.plus(1), noon.plus(2));
        TreeSet<Long> both = new TreeSet<>(List.of(first.number(), second.number()));
        upload(parts(first.token(), noon));
        assertTrue(refusal(() -> cases.confirm(both, notice())).startsWith("The venue has not uploaded yet."));
        assertEquals(StoredCase.State.UPLOADED, state(first.number()));
        upload(parts(second.token(), noon.plus(1)));
        List<Publication.Published> published = cases.confirm(both, notice());
        office.server.refresh();
        assertEquals(List.of(2), published.stream().map(Publication.Published::warnings).toList());
        assertEquals(2, read(guest).size());
        assertEquals(1, BatchIndex.open(file("/warnings/index"), authority.line().signingKey()).entries().size());
        assertEquals(StoredCase.State.PUBLISHED, state(second.number()));
        assertTrue(refusal(() -> cases.confirm(both, notice())).contains("published before"));
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

    @Test
    void uploadOutlivesARestart() throws Exception {
        Diary guest = visitor(true);
        Cases.Opened opened = cases.open("town", noon, noon);
        assertEquals(200, upload(parts(opened.token(), noon)).statusCode());
        office.server.close();
        office.store.close();
        try (Store store = Store.open(folder.resolve("office.db").toString(), false)) {
            Desk desk = Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), office, TestOffice.RANDOM);
            Cases.of(desk).confirm(opened.number(), notice());
            try (OfficeServer server = OfficeServer.start(store, desk, "127.0.0.1", 0, Optional.empty())) {
                assertTrue(server.port() > 0);
                WarningChain chain = WarningChain.begin(authority.leaf(), 0);
                BatchIndex index = chain.index(store.read(tables -> tables.authority().index()).orElseThrow(), authority);
                byte[] batch = store.read(tables -> tables.authority().batch(chain.next(index).orElseThrow())).orElseThrow();
                assertEquals(List.of(new Match(noon, notice())), guest.match(chain.accept(index, batch, authority).warnings()));
            }
        }
    }

    @Test
    void whatIsThirtyDaysOldLeavesTheIndexAndTheChainGoesOn() throws Exception {
        Hash old = warn(noon);
        office.advance(Duration.ofDays(31));
        PublishedWarnings warnings = PublishedWarnings.of(office.desk);
        warnings.forget();
        office.server.refresh();
        assertEquals(List.of(), BatchIndex.open(file("/warnings/index"), authority.line().signingKey()).entries());
        assertEquals("", office.get("/warnings/slips").body());
        assertEquals(200, office.get("/warnings/batch/" + old.hex()).statusCode(), "the newest is kept, the next one names it");
        noon = Hour.of(office.instant());
        warn(noon);
        List<BatchIndex.Entry> entries = BatchIndex.open(file("/warnings/index"), authority.line().signingKey()).entries();
        assertEquals(1, entries.getFirst().sequence());
        assertEquals(404, office.get("/warnings/batch/" + old.hex()).statusCode());
    }

    @Test
    void indexIsSignedOnceADaySoThatPhonesSeeWhenItIsHeldBack() throws Exception {
        PublishedWarnings warnings = PublishedWarnings.of(office.desk);
        byte[] first = file("/warnings/index");
        warnings.forget();
        office.server.refresh();
        assertArrayEquals(first, file("/warnings/index"));
        office.advance(Duration.ofDays(1));
        warnings.forget();
        office.server.refresh();
        assertEquals(office.instant(), BatchIndex.open(file("/warnings/index"), authority.line().signingKey()).time());
    }

    @Test
    void caseThatNobodyConfirmedIsForgottenWhenNoPhoneHoldsItsHours() throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon);
        assertEquals(200, upload(parts(opened.token(), noon)).statusCode());
        warn(noon);
        PublishedWarnings warnings = PublishedWarnings.of(office.desk);
        warnings.forget();
        assertTrue(cases.list().stream().anyMatch(one -> one.number() == opened.number()));
        office.advance(Duration.ofDays(31));
        warnings.forget();
        assertFalse(cases.list().stream().anyMatch(one -> one.number() == opened.number()));
    }

    @Test
    void officeHasOneAuthorityAndItsLineIsOfTheRegister() {
        assertTrue(refusal(() -> Authorities.init(office.desk, "other", Map.of("en", "Other"), Map.of("town", Map.of("en", "Town")), 14))
                .startsWith("This office has an authority already."));
        assertEquals(1, office.register().all(Authority.class).count());
    }

    @Test
    void withoutAnAuthorityThereIsNothingUnderItsPaths(@TempDir Path other) throws Exception {
        try (TestOffice none = new TestOffice(other)) {
            assertEquals(404, none.get("/warnings/index").statusCode());
            assertEquals(404, none.get("/warnings/slips").statusCode());
            assertEquals("404 not_found", TestOffice.error(none.post("/authority/upload", JSON, "{}")));
            assertFalse(none.register().all(Authority.class).findAny().isPresent());
            assertTrue(refusal(() -> Cases.of(none.desk).open("town", noon, noon)).startsWith("This office has no authority yet."));
            assertTrue(refusal(() -> Authorities.init(none.desk, "health", Map.of("en", "Health"), Map.of("town", Map.of("de", "Stadt")), 14))
                    .startsWith("Nothing was published."));
            assertEquals(404, none.get("/warnings/index").statusCode());
        }
    }
}
