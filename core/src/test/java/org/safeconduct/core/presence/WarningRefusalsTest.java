package org.safeconduct.core.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;

/** Nobody warns alone, and nobody reads what is not one chain for everybody. */
class WarningRefusalsTest {
    private final Town town = new Town();
    private final Diary diary = town.diary();
    private final UploadToken token = UploadToken.random(town.random);
    private final Case open = Case.open(token, 0, Town.HOUR.plus(-20 * 24), Town.HOUR.plus(48));

    private void refused(Case by, List<VenueHour> hours) {
        assertThrows(VerificationException.class, () -> by.accept(new Upload(token, hours), town.authority, Town.NOON, town.random));
    }

    private int opened(IdentityKey key, VenueCode poster, Hour hour) {
        return diary.match(List.of(Warning.of(poster, hour, key, Town.NOTICE, town.random))).size();
    }

    @Test
    void venueAloneOpensNothing() {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        // everything it could ever make: its parts of a month, for both posters
        for (int i = -360; i < 360; i++) {
            assertEquals(0, opened(town.sheet.part(town.cafe, Town.HOUR.plus(i)).part(), town.cafe, Town.HOUR));
        }
        assertEquals(0, opened(town.sheet.part(town.choir, Town.HOUR).part(), town.cafe, Town.HOUR));
    }

    /** Its parts of all hours, and the authority's of one: that of an hour that was warned, which everybody can subtract. */
    @Test
    void venueThatKeptEverythingOpensNoHourThatWasNotWarned() throws Exception {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        Hour warned = Town.HOUR.plus(1);
        IdentityKey minus = negated(town.sheet.part(town.cafe, warned).part());
        IdentityKey authoritys = town.warnings(town.cafe, warned).getFirst().key().plus(minus);
        assertEquals(1, opened(town.sheet.part(town.cafe, warned).part().plus(authoritys), town.cafe, warned), "the hour that was warned opens");
        assertEquals(0, opened(town.sheet.part(town.cafe, Town.HOUR).part().plus(authoritys), town.cafe, Town.HOUR));
        assertEquals(0, opened(authoritys, town.cafe, Town.HOUR));
    }

    private static IdentityKey negated(IdentityKey key) throws MalformedException {
        byte[] bytes = key.toBytes();
        bytes[0] ^= 0x20;
        return IdentityKey.parse(bytes);
    }

    @Test
    void authorityAloneOpensAndWarnsNothing() throws Exception {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        IdentityKey alone = Example.TRACING_KEY.extract(town.cafe.identity(Town.HOUR).bytes());
        assertEquals(0, opened(alone, town.cafe, Town.HOUR));
        VenueHour invented = new VenueHour(town.cafe, Town.HOUR, alone, "00000000");
        refused(open, List.of(invented));
        assertThrows(VerificationException.class, () -> town.keys.confirm(List.of(invented), Town.NOTICE, town.random));
    }

    @Test
    void confirmationTestsEveryHourOfEveryVenue() throws Exception {
        VenueHour good = town.sheet.part(town.cafe, Town.HOUR);
        VenueHour moved = new VenueHour(town.cafe, Town.HOUR.plus(-1), good.part(), good.slip());
        assertThrows(VerificationException.class, () -> town.keys.confirm(List.of(good, moved), Town.NOTICE, town.random));
        assertThrows(VerificationException.class, () -> town.keys.confirm(List.of(moved), Town.NOTICE, town.random));
        try (TracingSheet other = TracingSheet.create(town.random).with(Town.CHOIR, town.authority.leaf(), town.random)) {
            VenueHour ours = other.part(other.posters().getFirst(), Town.HOUR);
            VenueHour stolen = new VenueHour(other.posters().getFirst(), Town.HOUR, good.part(), good.slip());
            assertThrows(VerificationException.class, () -> town.keys.confirm(List.of(good, stolen), Town.NOTICE, town.random));
            assertEquals(2, town.keys.confirm(List.of(good, ours), Town.NOTICE, town.random).size());
        }
    }

    @Test
    void keysOfOtherHoursAreRefusedAllOrNothing() throws Exception {
        VenueHour good = town.sheet.part(town.cafe, Town.HOUR);
        VenueHour before = town.sheet.part(town.cafe, Town.HOUR.plus(-1));
        assertEquals(List.of(before, good), open.accept(new Upload(token, List.of(before, good)), town.authority, Town.NOON, town.random));
        refused(open, List.of(before, new VenueHour(town.cafe, Town.HOUR, before.part(), good.slip())));
        refused(open, List.of(before, new VenueHour(town.choir, Town.HOUR, good.part(), good.slip())));
    }

    @Test
    void hoursOutsideTheCaseOrTheRetentionTimeAreRefused() throws Exception {
        Hour oldest = Town.HOUR.plus(1 - 14 * 24);
        assertEquals(1, open.accept(new Upload(token, town.parts(town.cafe, oldest)), town.authority, Town.NOON, town.random).size());
        refused(open, town.parts(town.cafe, oldest.plus(-1)));
        refused(open, town.parts(town.cafe, Town.HOUR.plus(1)));
        Case narrow = Case.open(token, 0, Town.HOUR.plus(-2), Town.HOUR.plus(-1));
        refused(narrow, town.parts(town.cafe, Town.HOUR));
        refused(narrow, town.parts(town.cafe, Town.HOUR.plus(-3)));
        assertThrows(IllegalArgumentException.class, () -> Case.open(token, 0, Town.HOUR, Town.HOUR.plus(-1)));
    }

    @Test
    void uploadForAnotherCaseRegionOrAuthorityIsRefused() {
        List<VenueHour> hours = town.parts(town.cafe, Town.HOUR);
        refused(Case.open(UploadToken.random(town.random), 0, Town.HOUR, Town.HOUR), hours);
        refused(Case.open(token, 1, Town.HOUR, Town.HOUR), hours);
        TracingSheet elsewhere = TracingSheet.create(town.random).with(Town.CAFE, Line.leaf(Example.BUILD), town.random);
        refused(open, List.of(elsewhere.part(elsewhere.posters().getFirst(), Town.HOUR)));
    }

    /** A venue key computed from the authority's would open alone; a poster with it has no proof and is not scanned. */
    @Test
    void posterWithARogueKeyIsForged() throws Exception {
        IbeSecretKey x = IbeSecretKey.random(town.random);
        byte[] minus = town.keys.tracingKey().toBytes();
        minus[0] ^= 0x20;
        IbePublicKey rogue = x.publicKey().plus(IbePublicKey.parse(minus));
        VenueCode poster = VenueCode.create(rogue, x.prove(), new byte[16], Town.CAFE, town.authority.leaf());
        byte[] identity = poster.identity(Town.HOUR).bytes();
        byte[] visit = rogue.plus(town.keys.tracingKey()).encrypt(identity, poster.message(Town.HOUR), town.random)
                .decrypt(x.extract(identity), identity).orElseThrow();
        assertEquals(Hash.parse(poster.message(Town.HOUR)), Hash.parse(visit), "without the proof it opens alone");
        assertEquals(new Scanned.Refused(Scanned.Reason.FORGED), Scanned.read(poster.text(), List.of(town.register), Town.NOON));
        byte[] upload = new Upload(token, List.of(new VenueHour(poster, Town.HOUR, x.extract(identity), "00000000"))).print();
        assertThrows(VerificationException.class, () -> Upload.parse(upload, town.random));
    }

    @Test
    void alteredPosterIsRefusedOrIsAnotherVenue() throws Exception {
        byte[] bytes = town.cafe.bytes();
        int read = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] altered = bytes.clone();
            altered[i] ^= 1;
            if (Scanned.read(Code.VENUE.print(altered), List.of(town.register), Town.NOON) instanceof Venue venue) {
                read++;
                diary.checkIn(venue, Town.NOON, town.random);
                assertNotEquals(town.cafe.identity(Town.HOUR), VenueCode.parse(altered).identity(Town.HOUR));
            }
        }
        assertTrue(read > 10, "seed, names and the like can be altered");
        assertEquals(List.of(), diary.match(town.warnings(town.cafe, Town.HOUR)));
    }

    @Test
    void scanningSaysWhyNot() {
        Instant end = Town.NOON.plus(Duration.ofHours(1));
        TracingSheet sheet = TracingSheet.create(town.random)
                .with(new Poster("A", "B", Optional.empty(), VenueKind.EVENT, 12, 1, Optional.of(end)), town.authority.leaf(), town.random)
                .with(new Poster("A", "B", Optional.empty(), VenueKind.EVENT, 1, 2, Optional.empty()), town.authority.leaf(), town.random)
                .with(Town.CAFE, Line.leaf(Example.BUILD), town.random);
        List<String> texts = sheet.posters().stream().map(VenueCode::text).toList();
        assertTrue(Scanned.read(texts.get(0), List.of(town.register), end.minusSeconds(1)) instanceof Venue);
        scanned(Scanned.Reason.ENDED, texts.get(0), end);
        scanned(Scanned.Reason.UNKNOWN_REGION, texts.get(1), end);
        scanned(Scanned.Reason.UNKNOWN_AUTHORITY, texts.get(2), end);
        assertEquals(new Scanned.Refused(Scanned.Reason.UNKNOWN_AUTHORITY), Scanned.read(texts.get(0), List.of(), Town.NOON));
        for (String text : List.of("", "SCV1:", "https://example.org/", texts.get(0) + "0", sheet.text())) {
            scanned(Scanned.Reason.NOT_A_POSTER, text, Town.NOON);
        }
    }

    private void scanned(Scanned.Reason reason, String text, Instant now) {
        assertEquals(new Scanned.Refused(reason), Scanned.read(text, List.of(town.register), now));
    }

    @Test
    void warningForADayBeyondTheRetentionTimeMatchesNothing() {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        diary.tend(Town.NOON.plus(Duration.ofDays(14)), town.random);
        assertEquals(List.of(), diary.match(town.warnings(town.cafe, Town.HOUR)));
    }

    @Test
    void sheetsKeepTheirPostersAndRefuseOthers() throws Exception {
        TracingSheet read = TracingSheet.parse(town.sheet.text());
        assertEquals(town.sheet.posters(), read.posters());
        assertEquals(town.sheet.slip(town.cafe, Town.HOUR), read.slip(town.cafe, Town.HOUR));
        assertNotEquals(read.slip(town.choir, Town.HOUR), read.slip(town.cafe, Town.HOUR));
        assertNotEquals(read.slip(town.cafe, Town.HOUR.plus(1)), read.slip(town.cafe, Town.HOUR));
        TracingSheet other = TracingSheet.create(town.random);
        assertThrows(IllegalArgumentException.class, () -> other.part(town.cafe, Town.HOUR));
        String mixed = Code.TRACING_SHEET.print(Cbor.array(1, Example.TRACING_KEY.toBytes(), List.of(town.cafe.bytes())).print());
        assertThrows(VerificationException.class, () -> TracingSheet.parse(mixed));
        TracingSheet full = town.sheet;
        for (int i = 2; i < TracingSheet.MOST_POSTERS && full.text().length() < 5000; i++) {
            full = full.with(Town.CAFE, town.authority.leaf(), town.random);
        }
        TracingSheet last = full;
        Poster long80 = new Poster("ä".repeat(80), "ä".repeat(80), Optional.of("ä".repeat(80)), VenueKind.OTHER, 1, 0, Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> last.with(long80, town.authority.leaf(), town.random)
                .with(long80, town.authority.leaf(), town.random).with(long80, town.authority.leaf(), town.random));
    }

    @Test
    void uploadsHaveOneFormWithHoursThatAscend() throws Exception {
        String json = Utf8.parse(new Upload(token, town.parts(town.cafe, Town.HOUR, Town.HOUR.plus(1))).print());
        assertEquals(2, Upload.parse(Utf8.print(json), town.random).hours().size());
        String hour = "{\"hour\":" + Town.HOUR.number();
        String poster = json.substring(json.indexOf("[{") + 1, json.indexOf("],\"token\""));
        List<String> bad = new ArrayList<>(List.of("", "{}", "[]", json + " x", json.replaceFirst("slip", "slop"), json.replace(hour, "{\"hour\":-1"),
                json.replace(hour, "{\"hour\":" + (Town.HOUR.number() + 1)), json.replace(hour, "{\"hour\":2147483648"), json.replace("\"part\":\"", "\"part\":\"00"),
                json.replaceFirst("\"slip\":\".", "\"slip\":\"U"), json.replaceFirst("\"slip\":\"", "\"slip\":\"0"), json.replaceFirst("\\{", "{\"x\":1,"),
                json.replace(poster, poster + "," + poster), json.replace(poster, ""), json.replaceFirst("\"token\":\"", "\"token\":\"0"),
                json.replaceFirst("\"hours\":\\[.*?\\]", "\"hours\":[]"), json.replaceFirst("\"venue\":\"", "\"venue\":\"0"), "{\"a\":\"" + "a".repeat(Upload.LONGEST)));
        for (String text : bad) {
            assertThrows(MalformedException.class, () -> Upload.parse(Utf8.print(text), town.random), text.length() < 2000 ? text : "long");
        }
        assertEquals(token, UploadToken.parse(token.text()));
        for (String text : List.of("", token.text().toLowerCase(), token.text() + "0", token.text().substring(1), token.text().substring(0, 25) + "Z")) {
            assertThrows(MalformedException.class, () -> UploadToken.parse(text));
        }
    }
}
