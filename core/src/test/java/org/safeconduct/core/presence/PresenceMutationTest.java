package org.safeconduct.core.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Mutation;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A hundred thousand changed posters, sheets, uploads, diaries, indexes, batches and warnings: none crashes, nothing is
 * thrown but the two exceptions for it, and none opens, warns or is accepted as what it was.
 */
class PresenceMutationTest {
    private static final int MUTATIONS = 100_000;

    private final Town town = new Town();
    private final UploadToken token = UploadToken.random(town.random);
    private final Case open = Case.open(token, 0, Town.HOUR.plus(-48), Town.HOUR);
    private final Diary diary = town.diary();
    private final List<Warning> warnings = town.warnings(town.cafe, Town.HOUR);
    private int past;

    /** What is done with changed bytes; returns whether they did something that only the unchanged ones may do. */
    private interface Attempt {
        boolean succeeds(byte[] changed) throws MalformedException, VerificationException;
    }

    private record Target(byte[] valid, Attempt attempt) {}

    private Map<String, Target> targets() {
        diary.checkIn(town.scan(town.cafe), Town.NOON, town.random);
        WarningChain chain = WarningChain.begin(town.authority.leaf(), 0);
        byte[] file = town.batch(null, warnings).sign(town.keys);
        byte[] index = town.index(Town.NOON, file);
        byte[] stored = diary.bytes();
        int from = (14 * 24 - 1) * 2 * Slot.BYTES; // the running hour and the next
        byte[] piece = Arrays.copyOfRange(stored, from, from + 4 * Slot.BYTES);
        Map<String, Target> all = new LinkedHashMap<>();
        all.put("venue code", new Target(town.cafe.bytes(), b -> past(VenueCode.parse(b)).identity(Town.HOUR).equals(town.cafe.identity(Town.HOUR))));
        all.put("poster text", new Target(Utf8.print(town.cafe.text()),
                b -> Scanned.read(Utf8.parse(b), List.of(town.register), Town.NOON) instanceof Venue v && past(v).toString().isEmpty()));
        all.put("tracing sheet", new Target(Utf8.print(town.sheet.text()), b -> past(TracingSheet.parse(Utf8.parse(b))).posters().isEmpty()));
        all.put("upload", new Target(new Upload(token, List.of(town.sheet.part(town.cafe, Town.HOUR))).print(),
                b -> !accepts(past(Upload.parse(b, town.random)))));
        all.put("diary", new Target(piece, b -> sampled(Diary.parse(b, 14)) instanceof Diary d && d.match(warnings).size() > 1));
        all.put("index", new Target(index, b -> !past(chain.index(b, town.authority)).entries().isEmpty()));
        all.put("batch", new Target(file, b -> !past(WarningBatch.open(b, town.keys.signingKey())).warnings().isEmpty()));
        all.put("warning", new Target(warnings.getFirst().bytes(), b -> sampled(Warning.parse(b)) instanceof Warning w && !diary.match(List.of(w)).isEmpty()));
        all.put("chain", new Target(chain.bytes(), b -> !Arrays.equals(past(WarningChain.parse(b)).bytes(), b)));
        return all;
    }

    private <T> T past(T parsed) {
        past++;
        return parsed;
    }

    /** Null but for every eighth: matching is what takes time. */
    private <T> T sampled(T parsed) {
        return past++ % 8 == 0 ? parsed : null;
    }

    /** Only a slip code and white space of the JSON may differ where an upload still counts. */
    private boolean accepts(Upload upload) throws VerificationException {
        List<VenueHour> hours = open.accept(upload, town.authority, Town.NOON, town.random);
        return hours.size() == 1 && hours.getFirst().venue().equals(town.cafe) && hours.getFirst().hour().equals(Town.HOUR);
    }

    @Test
    void nothingChangedDoesWhatTheUnchangedDid() throws Exception {
        Random random = new Random(77);
        Map<String, Target> targets = targets();
        int tried = 0;
        int each = MUTATIONS / targets.size() + 1;
        for (Map.Entry<String, Target> entry : targets.entrySet()) {
            past = 0;
            int refused = 0;
            for (int i = 0; i < each; i++) {
                byte[] changed = Mutation.of(entry.getValue().valid, random);
                if (Arrays.equals(changed, entry.getValue().valid)) {
                    continue;
                }
                try {
                    assertEquals(false, entry.getValue().attempt.succeeds(changed), entry.getKey());
                } catch (MalformedException | VerificationException e) {
                    refused++;
                }
            }
            System.out.printf("mutations of a %s: %d, refused by an exception %d, past the parser %d%n", entry.getKey(), each, refused, past);
            tried += each;
        }
        assertTrue(tried >= MUTATIONS);
    }
}
