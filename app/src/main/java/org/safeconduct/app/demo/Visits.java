package org.safeconduct.app.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.demo.Telling.Outcome;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Diary;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Match;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.Scanned;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.Venue;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.presence.WarningBatch;
import org.safeconduct.core.presence.WarningChain;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;

/** Check in, and be warned: a café, a choir, three visitors, one warning. */
final class Visits {
    private static final int RETENTION = 14;
    private static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.empty(), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());
    private static final Poster CHOIR = new Poster("Choir", "Town hall", Optional.of("Hall"), VenueKind.MEETING, 2, 0, Optional.empty());

    private final Scene scene;
    private final Telling telling;
    private final SecureRandom random;
    private final Map<String, Diary> diaries = new LinkedHashMap<>();
    private Placed<Authority> authority;
    private Hour hour;
    private int batchBytes;
    private int indexBytes;
    private int readBytes;

    Visits(Scene scene, Telling telling) {
        this.scene = scene;
        this.telling = telling;
        this.random = scene.town.random();
    }

    void tell() throws Exception {
        telling.part("Check in, and be warned", "A café and a choir hang up posters. Anna and Ben go to the café, Cleo to the choir.");
        authority = Authorities.init(scene.town.desk(), "health-office", Map.of("en", "Health office", "de", "Gesundheitsamt"),
            Map.of("town", Map.of("en", "Town", "de", "Stadt")), RETENTION);
        scene.town.tell();
        scene.fetchRegister();
        hour = Hour.of(scene.now());
        try (TracingSheet cafe = sheet(CAFE); TracingSheet choir = sheet(CHOIR); HttpClient client = HttpClient.newHttpClient()) {
            checkIn(cafe, choir);
            scene.clock.advance(Duration.ofHours(6));
            warn(cafe, client);
        }
    }

    private TracingSheet sheet(Poster poster) {
        return TracingSheet.create(random).with(poster, authority.leaf(), random);
    }

    private void checkIn(TracingSheet cafe, TracingSheet choir) {
        for (String visitor : List.of("Anna", "Ben", "Cleo")) {
            diaries.put(visitor, Diary.create(RETENTION, scene.now(), random));
        }
        telling.step("Three visitors scan a poster", "to note the visit on the phone, with the network off", "noted, and nobody can see where", () -> {
            int before = diaries.get("Anna").bytes().length;
            visit("Anna", cafe);
            visit("Ben", cafe);
            visit("Cleo", choir);
            boolean same = diaries.values().stream().allMatch(diary -> diary.bytes().length == before);
            return Outcome.of(same ? "noted, and nobody can see where" : "a visit shows");
        }, "A visit is sealed to venue and authority together. The phone forgets the poster; it cannot open the visit itself.");
        telling.detail("%,d bytes on each phone, before and after, whether its owner went out or stayed at home".formatted(diaries.get("Anna").bytes().length));
        telling.detail("0 bytes at the venue, 0 bytes at the office");
    }

    private void visit(String visitor, TracingSheet sheet) {
        if (Scanned.read(sheet.posters().getFirst().text(), List.of(scene.known.register()), scene.now()) instanceof Venue venue) {
            diaries.get(visitor).checkIn(venue, scene.now(), random);
        } else {
            throw new IllegalStateException("The poster was not read.");
        }
    }

    private void warn(TracingSheet cafe, HttpClient client) {
        Cases cases = Cases.of(scene.town.desk());
        Cases.Opened opened = cases.open("town", hour, hour.plus(1));
        VenueCode poster = cafe.posters().getFirst();
        byte[] upload = new Upload(opened.token(), List.of(cafe.part(poster, hour))).print();
        telling.step("The authority alone", "to warn the café's visitors without the café", "refused", () -> {
            try {
                cases.confirm(opened.number(), notice());
                return Outcome.of("published");
            } catch (OfficeException e) {
                return new Outcome("refused", e.getMessage());
            }
        }, "Half of every key is the venue's. There is no half that the authority could ask somebody else for.");
        telling.step("The café uploads its half for one hour", "with the authority's one-time token, then once more", "taken once", () -> {
            int first = post(client, upload);
            int again = post(client, upload);
            return Outcome.of(first == 200 && again == 400 ? "taken once" : "answers " + first + " and " + again);
        }, "It tells nothing of visitors, of whom the café knows nothing. Nothing is published yet.");
        telling.detail("%,d bytes: one poster, one hour, half a key".formatted(upload.length));
        telling.step("A person at the authority confirms", "a test visit is opened, then one batch is published; three phones read it", "Anna and Ben are warned, Cleo is not", () -> {
            var published = cases.confirm(opened.number(), notice());
            scene.town.tell();
            return Outcome.of(warned(client, published.file()));
        }, "The same file for everybody. Each phone tries it alone and tells nobody, so nobody knows who was warned.");
        telling.detail("for everybody: %,d bytes of index, %,d of batch: %d warnings, one of them real".formatted(indexBytes, batchBytes, WarningBatch.STEP));
        telling.detail("on each phone: %,d bytes as before, and %d of how far it has read".formatted(diaries.get("Anna").bytes().length, readBytes));
        telling.detail("at the café: its tracing sheet, %,d bytes, half a key and no visitor".formatted(cafe.text().length()));
        telling.detail("at the authority: a number, a region, two hours, the hash of the used token; 0 bytes of what the café sent");
    }

    private Notice notice() {
        return new Notice(Notice.Advice.TEST, LocalDate.ofInstant(scene.now(), ZoneOffset.UTC));
    }

    /** Every phone reads index and batch over HTTP and tries the warnings. */
    private String warned(HttpClient client, Hash published) throws Exception {
        List<String> warned = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, Diary> phone : diaries.entrySet()) {
            WarningChain chain = WarningChain.begin(authority.leaf(), 0);
            byte[] listed = get(client, "/warnings/index");
            BatchIndex index = chain.index(listed, authority);
            Hash name = chain.next(index).filter(published::equals).orElseThrow();
            byte[] file = get(client, "/warnings/batch/" + name.hex());
            WarningChain.Step step = chain.accept(index, file, authority);
            List<Match> matches = phone.getValue().match(step.warnings());
            indexBytes = listed.length;
            batchBytes = file.length;
            readBytes = step.chain().bytes().length;
            (matches.equals(List.of(new Match(hour, notice()))) ? warned : others).add(phone.getKey());
        }
        return String.join(" and ", warned) + " are warned, " + String.join(" and ", others) + " is not";
    }

    private byte[] get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(scene.town.address() + path)).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    private int post(HttpClient client, byte[] body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(scene.town.address() + "/authority/upload")).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
