package org.safeconduct.core.presence;

import static org.safeconduct.core.wire.Hex.print;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.vectors.Cases;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** Makes vectors/presence.json: the authority of the example register, one sheet with two posters, one day. */
class PresenceVectorsTest {
    private static final Map<String, Object> NONE = Map.of();
    private static final Map<String, Object> LINES = Map.of("take", 9, "then", List.of());

    /** Apart from the town's own: weights leave no trace in the cases. */
    private static final SecureRandom WEIGHTS = new SecureRandom();

    private final Cases cases = new Cases();
    private final Town town = new Town();
    private final UploadToken token = UploadToken.random(town.random);

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        register();
        venueCodes();
        scanning();
        sheets();
        uploads();
        matching();
        diaries();
        files();
        cases.compare("presence.json");
    }

    private void check(boolean valid, String kind, String name, Object input, Map<String, Object> more, Cases.Reader reader) {
        if (valid) {
            cases.valid(kind, name, input, more, reader);
        } else {
            cases.refused(kind, name, input, more, reader);
        }
    }

    private void register() throws MalformedException {
        cases.valid("register", "the example", Example.lines().stream().map(PresenceVectorsTest::text).toList(), NONE,
                () -> Json.object("root", Register.of(Example.lines()).root(), "authority", town.authority.leaf()));
        byte[] key = Example.ibeKey(3).publicKey().toBytes();
        authority("another key's proof", Example.with(Example.AUTHORITY, "proof", print(Example.ibeKey(3).prove().toBytes())));
        authority("another key", Example.with(Example.AUTHORITY, "tracing_key", print(key)));
        authority("a tracing key that is no point", Example.with(Example.AUTHORITY, "tracing_key", "cd".repeat(96)));
        authority("a tracing key that is the identity", Example.with(Example.AUTHORITY, "tracing_key", "c0" + "00".repeat(95)));
        authority("a proof that is the identity", Example.with(Example.AUTHORITY, "proof", "c0" + "00".repeat(47)));
    }

    private static String text(byte[] line) {
        try {
            return Utf8.parse(line);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private void authority(String what, byte[] line) {
        cases.refused("authority", "refuses " + what, text(line), NONE, () -> Line.parse(line));
    }

    private void venueCodes() {
        for (VenueCode poster : town.sheet.posters()) {
            cases.valid("venue-code", "reads " + poster.poster().name(), print(poster.bytes()), NONE, () -> venue(poster.bytes()));
        }
        Object[] good = {1, town.cafe.key().toBytes(), town.sheetProof(), new byte[16], "A", "B", null, 0, 1, 0, town.authority.leaf(), null};
        code(true, "the least", good);
        code(true, "the most", change(good, 7, 15, 8, 12, 9, 63, 11, Poster.LATEST - 1, 4, "ä".repeat(80), 6, "Ω".repeat(80)));
        code(false, "another version", change(good, 0, 2));
        code(false, "a key that is no point", change(good, 1, new byte[96]));
        code(false, "another key's proof", change(good, 2, Example.TRACING_KEY.prove().toBytes()));
        code(false, "a proof that is no point", change(good, 2, new byte[48]));
        code(false, "another key", change(good, 1, Example.TRACING_KEY.publicKey().toBytes()));
        code(false, "a short seed", change(good, 3, new byte[15]));
        code(false, "an empty name", change(good, 4, ""));
        code(false, "a name of 81 characters", change(good, 4, "a".repeat(81)));
        code(false, "a place with an invisible mark", change(good, 5, "B\u200b"));
        code(false, "a room that ends with a space", change(good, 6, "r "));
        code(false, "kind 16", change(good, 7, 16));
        code(false, "a stay of no hours", change(good, 8, 0));
        code(false, "a stay of 13 hours", change(good, 8, 13));
        code(false, "region 64", change(good, 9, 64));
        code(false, "a short leaf", change(good, 10, new byte[31]));
        code(false, "an end in the year 2200", change(good, 11, Poster.LATEST));
        code(false, "eleven fields", Arrays.copyOf(good, 11));
        code(false, "thirteen fields", Arrays.copyOf(good, 13));
    }

    private static Object[] change(Object[] fields, Object... placesAndValues) {
        Object[] changed = fields.clone();
        for (int i = 0; i < placesAndValues.length; i += 2) {
            changed[(int) placesAndValues[i]] = placesAndValues[i + 1];
        }
        return changed;
    }

    private void code(boolean valid, String name, Object[] fields) {
        byte[] bytes = Cbor.array(fields).print();
        check(valid, "venue-code", (valid ? "reads " : "refuses ") + name, print(bytes), NONE, () -> venue(bytes));
    }

    private static Json venue(byte[] bytes) throws MalformedException, VerificationException {
        VenueCode code = VenueCode.parse(bytes);
        Poster p = code.poster();
        return Json.object("text", code.text(), "name", p.name(), "place", p.place(), "room", p.room().orElse(null), "kind", p.kind().ordinal(),
                "stay", p.stay(), "region", p.region(), "end", p.end().map(end -> end.getEpochSecond()).orElse(null), "authority", code.authority(),
                "hour", Town.HOUR.number(), "identity", code.identity(Town.HOUR), "message", print(code.message(Town.HOUR)));
    }

    private void scanning() {
        TracingSheet other = TracingSheet.create(town.random)
                .with(new Poster("A", "B", Optional.empty(), VenueKind.EVENT, 1, 1, Optional.of(Town.NOON)), town.authority.leaf(), town.random)
                .with(new Poster("A", "B", Optional.empty(), VenueKind.EVENT, 1, 2, Optional.empty()), town.authority.leaf(), town.random)
                .with(Town.CAFE, Line.leaf(Example.BUILD), town.random);
        byte[] forged = town.cafe.bytes();
        System.arraycopy(Example.TRACING_KEY.prove().toBytes(), 0, forged, 2 + 2 + 96 + 2, 48);
        scan("VENUE", town.cafe.text(), Town.NOON);
        scan("VENUE", other.posters().get(0).text(), Town.NOON.minusSeconds(1));
        scan("ENDED", other.posters().get(0).text(), Town.NOON);
        scan("UNKNOWN_REGION", other.posters().get(1).text(), Town.NOON);
        scan("UNKNOWN_AUTHORITY", other.posters().get(2).text(), Town.NOON);
        scan("FORGED", Code.VENUE.print(forged), Town.NOON);
        scan("NOT_A_POSTER", town.sheet.text(), Town.NOON);
        scan("NOT_A_POSTER", "SCV1:", Town.NOON);
    }

    private void scan(String outcome, String text, java.time.Instant now) {
        cases.outcome("scan", outcome + " " + Hash.sha256(Utf8.print(text)).hex().substring(0, 8) + " at " + Time.print(now),
                Json.object("text", text, "now", Time.print(now), "lines", LINES), outcome, "VENUE",
                () -> Scanned.read(text, List.of(town.register), now) instanceof Scanned.Refused r ? r.reason().name() : "VENUE");
    }

    private void sheets() {
        sheet(true, "two posters", town.sheet.text());
        sheet(true, "no posters", sheetText(1, 1, List.of()));
        sheet(false, "another version", sheetText(2, 1, List.of()));
        sheet(false, "a poster of another key", sheetText(1, 1, List.of(town.cafe.bytes())));
        sheet(false, "no secret", Code.TRACING_SHEET.print(Cbor.array(1, new byte[32], List.of()).print()));
        sheet(false, "something that is no poster", sheetText(1, 1, List.of(new byte[3])));
        sheet(false, "a venue code", town.cafe.text());
    }

    private static String sheetText(int version, int key, List<byte[]> posters) {
        return Code.TRACING_SHEET.print(Cbor.array(version, Example.ibeKey(key).toBytes(), posters).print());
    }

    private void sheet(boolean valid, String name, String text) {
        check(valid, "tracing-sheet", name, text, Map.of("hour", Town.HOUR.number()), () -> {
            TracingSheet sheet = TracingSheet.parse(text);
            return Json.object("posters", sheet.posters().stream().map(poster -> Json.object("venue", print(poster.bytes()),
                    "part", print(sheet.part(poster, Town.HOUR).part().toBytes()), "slip", sheet.slip(poster, Town.HOUR))).toList());
        });
    }

    private void uploads() throws Exception {
        VenueHour now = town.sheet.part(town.cafe, Town.HOUR);
        VenueHour before = town.sheet.part(town.cafe, Town.HOUR.plus(-1));
        Case open = Case.open(token, 0, Town.HOUR.plus(-400), Town.HOUR.plus(10));
        accept(true, "two hours", open, before, now);
        accept(true, "the oldest hour", open, town.sheet.part(town.cafe, Town.HOUR.plus(-335)));
        accept(false, "an hour beyond the retention time", open, town.sheet.part(town.cafe, Town.HOUR.plus(-336)));
        accept(false, "an hour to come", open, town.sheet.part(town.cafe, Town.HOUR.plus(1)));
        accept(false, "the part of another hour", open, before, new VenueHour(town.cafe, Town.HOUR, before.part(), now.slip()));
        accept(false, "the part of another poster", open, new VenueHour(town.choir, Town.HOUR, now.part(), now.slip()));
        accept(false, "an hour outside the case", Case.open(token, 0, Town.HOUR.plus(-9), Town.HOUR.plus(-1)), now);
        accept(false, "another region", Case.open(token, 1, Town.HOUR, Town.HOUR), now);
        accept(false, "another token", Case.open(UploadToken.random(town.random), 0, Town.HOUR, Town.HOUR), now);
        String json = Utf8.parse(new Upload(token, List.of(now)).print());
        for (String[] bad : new String[][] {{"white space after it", json + " x"}, {"an unknown member", json.replaceFirst("\\{", "{\"x\":1,")},
            {"no slip", json.replaceFirst("slip", "slop")}, {"a slip with U", json.replaceFirst("\"slip\":\".", "\"slip\":\"U")},
            {"a token of 25 digits", json.replaceFirst("\"token\":\".", "\"token\":\"")}, {"no hours", json.replaceFirst("\"hours\":\\[.*?\\]", "\"hours\":[]")}}) {
            cases.refused("upload", bad[0], bad[1], NONE, () -> Upload.parse(Utf8.print(bad[1]), WEIGHTS));
        }
    }

    private void accept(boolean valid, String name, Case by, VenueHour... hours) {
        byte[] json = new Upload(token, List.of(hours)).print();
        Map<String, Object> more = Map.of("authority", town.authority.leaf(), "lines", LINES, "now", Time.print(Town.NOON), "case",
                Json.object("token", by.token(), "region", by.region(), "from", by.from().number(), "until", by.until().number()));
        check(valid, "accept", name, text(json), more, () -> Json.object("hours", by.accept(Upload.parse(json, WEIGHTS), town.authority, Town.NOON,
                town.random).stream().map(h -> h.hour().number()).toList()));
    }

    /** Two slots of an hour and a warning: what opens. */
    private void matching() throws Exception {
        Diary diary = town.diary();
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        byte[] pair = pair(diary);
        Warning good = town.warnings(town.cafe, Town.HOUR).getFirst();
        match("MATCH", "the café's hour", pair, good.bytes());
        match("NONE", "the next hour", pair, town.warnings(town.cafe, Town.HOUR.plus(1)).getFirst().bytes());
        match("NONE", "another poster of the venue", pair, town.warnings(town.choir, Town.HOUR).getFirst().bytes());
        match("NONE", "a dummy", pair, Warning.dummy(Town.HOUR, town.random).bytes());
        match("NONE", "dummies alone", pair(town.diary()), good.bytes());
        match("NONE", "the venue's part alone", pair,
                Warning.of(town.cafe, Town.HOUR, town.sheet.part(town.cafe, Town.HOUR).part(), Town.NOTICE, town.random).bytes());
        for (int at : new int[] {4, 84, 96, 143}) {
            byte[] changed = good.bytes();
            changed[at] ^= 1;
            match("NONE", "byte " + at + " changed", pair, changed);
        }
    }

    private static byte[] pair(Diary diary) {
        int from = (14 * 24 - 1) * 2 * Slot.BYTES;
        return Arrays.copyOfRange(diary.bytes(), from, from + 2 * Slot.BYTES);
    }

    private void match(String outcome, String name, byte[] pair, byte[] warning) {
        cases.outcome("match", name, Json.object("slots", print(pair), "warning", print(warning), "advice", Town.NOTICE.advice().ordinal(),
                "day", Town.NOTICE.day().toEpochDay()), outcome, "MATCH", () -> Diary.parse(pair, 14).match(List.of(Warning.parse(warning)))
                .equals(List.of(new Match(Town.HOUR, Town.NOTICE))) ? "MATCH" : "NONE");
    }

    private void diaries() {
        byte[] two = Arrays.copyOf(town.diary().bytes(), 4 * Slot.BYTES);
        byte[] noPoint = two.clone();
        Arrays.fill(noPoint, 4, 100, (byte) 0);
        byte[] half = Arrays.copyOf(two, 3 * Slot.BYTES);
        byte[] turned = Arrays.copyOfRange(two, 2 * Slot.BYTES, 4 * Slot.BYTES);
        diary(true, "two hours", two);
        diary(false, "nothing", new byte[0]);
        diary(false, "half an hour", half);
        diary(false, "a slot that is no ciphertext", noPoint);
        diary(false, "hours out of order", org.safeconduct.core.wire.Bytes.join(turned, Arrays.copyOf(two, 2 * Slot.BYTES)));
    }

    private void diary(boolean valid, String name, byte[] stored) {
        check(valid, "diary", name, print(stored), NONE, () -> Json.object("bytes", print(Diary.parse(stored, 14).bytes())));
    }

    private void files() throws Exception {
        List<Warning> warnings = town.warnings(town.cafe, Town.HOUR);
        WarningBatch first = town.batch(null, warnings);
        WarningBatch second = town.batch(first, List.of());
        WarningBatch strange = town.batch(town.batch(null, List.of()), List.of());
        byte[] one = first.sign(town.keys);
        byte[] two = second.sign(town.keys);
        byte[] wrong = strange.sign(town.keys);
        byte[] stranger = first.sign(AuthorityKeys.random(town.random));
        follow(true, "the first", null, List.of(one), one);
        follow(true, "the second", first, List.of(one, two), two);
        follow(false, "the second before the first", null, List.of(one, two), two);
        follow(false, "another second", first, List.of(one, wrong), wrong);
        follow(false, "a stranger's signature", null, List.of(stranger), stranger);
        follow(false, "one cut off", null, List.of(one), Arrays.copyOf(one, one.length - 1));
        follow(false, "nothing more to read", first, List.of(one), one);
        follow(false, "an index that names another first", first, List.of(wrong, two), two);
    }

    private void follow(boolean valid, String name, WarningBatch read, List<byte[]> listed, byte[] file) {
        byte[] index = town.index(Town.NOON, listed.toArray(byte[][]::new));
        WarningChain chain = new WarningChain(town.authority.leaf(), 0, Optional.ofNullable(read)
                .map(b -> new WarningChain.Read(b.sequence(), b.hash(), Hash.sha256(b.sign(town.keys)))), Town.NOON);
        Map<String, Object> more = new java.util.HashMap<>(Map.of("index", print(index), "lines", LINES, "authority", town.authority.leaf(), "region", 0));
        more.put("read", chain.read().map(r -> Json.object("sequence", r.sequence(), "batch", r.batch(), "file", r.file())).orElse(Json.of(null)));
        check(valid, "follow", name, print(file), more, () -> {
            WarningChain.Step step = chain.accept(chain.index(index, town.authority), Hex.parse(print(file), file.length), town.authority);
            WarningChain.Read now = step.chain().read().orElseThrow();
            return Json.object("batch", now.batch(), "sequence", now.sequence(), "warnings", step.warnings().size(),
                    "first", print(step.warnings().getFirst().bytes()));
        });
    }
}
