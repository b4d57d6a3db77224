package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.Publication;
import org.safeconduct.app.authority.PublishedWarnings;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Diary;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Match;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.WarningChain;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.wire.Hash;

/** A venue, its visitors and the authority: who is warned, by whom, and what is forgotten when. */
class WarningStoryTest extends WarnedTown {
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
