package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.office.OfficeException;
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

/** An office with an authority, a café with its tracing sheet, and what its visitors do, over real HTTP. */
abstract class WarnedTown {
    static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.of("Hall"), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());
    static final String JSON = "application/json";

    @TempDir
    Path folder;
    TestOffice office;
    Placed<Authority> authority;
    Cases cases;
    TracingSheet sheet;
    Hour noon;

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

    VenueCode cafe() {
        return sheet.posters().getFirst();
    }

    Notice notice() {
        return new Notice(Notice.Advice.TEST, LocalDate.of(2026, 11, 21));
    }

    Diary visitor(boolean cameIn) {
        Diary diary = Diary.create(14, office.instant(), TestOffice.RANDOM);
        if (cameIn) {
            Scanned scanned = Scanned.read(cafe().text(), List.of(office.register()), office.instant());
            diary.checkIn((Venue) scanned, office.instant(), TestOffice.RANDOM);
        }
        return diary;
    }

    byte[] parts(UploadToken token, Hour... hours) {
        List<VenueHour> parts = new ArrayList<>();
        for (Hour hour : hours) {
            parts.add(sheet.part(cafe(), hour));
        }
        return new Upload(token, parts).print();
    }

    HttpResponse<String> upload(byte[] body) throws Exception {
        return office.post("/authority/upload", JSON, new String(body, StandardCharsets.UTF_8));
    }

    byte[] file(String path) throws Exception {
        HttpResponse<byte[]> answer = office.client.send(office.request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    /** What a phone does: reads the index and every batch, and tries the warnings. */
    List<Match> read(Diary diary) throws Exception {
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

    StoredCase.State state(long number) {
        return cases.show(number).stored().state();
    }

    static String refusal(Runnable act) {
        return assertThrows(OfficeException.class, act::run).getMessage();
    }

    Hash warn(Hour... hours) throws Exception {
        Cases.Opened opened = cases.open("town", noon, noon.plus(2));
        assertEquals(200, upload(parts(opened.token(), hours)).statusCode());
        Hash file = cases.confirm(opened.number(), notice()).file();
        office.server.refresh();
        return file;
    }
}
