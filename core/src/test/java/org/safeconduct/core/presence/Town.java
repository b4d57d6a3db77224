package org.safeconduct.core.presence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.pass.Seeded;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** A town that does not exist: the authority of the example register and two venues, the same in every run. */
public final class Town {
    /** A day in January, half past twelve. */
    public static final Instant NOON = Example.NOW.plus(Duration.ofMinutes(30));
    public static final Hour HOUR = Hour.of(NOON);
    public static final Notice NOTICE = new Notice(Notice.Advice.TEST, LocalDate.of(2027, 1, 22));
    public static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.of("Hall"), VenueKind.FOOD_AND_DRINK, 2, 0,
            Optional.empty());
    public static final Poster CHOIR = new Poster("Choir", "Town hall", Optional.empty(), VenueKind.MEETING, 3, 0, Optional.empty());

    public final Seeded random = new Seeded("town");
    public final Register register = Example.register();
    public final Placed<Authority> authority = register.find(Line.leaf(Example.AUTHORITY), Authority.class).orElseThrow();
    public final AuthorityKeys keys = keys();
    public final TracingSheet sheet = TracingSheet.create(random).with(CAFE, authority.leaf(), random).with(CHOIR, authority.leaf(), random);
    public final VenueCode cafe = sheet.posters().get(0);
    public final VenueCode choir = sheet.posters().get(1);

    /** The town as it is in every run. */
    public Town() {}

    private static AuthorityKeys keys() {
        try {
            return AuthorityKeys.parse(Bytes.join(Example.TRACING_KEY.toBytes(), Example.key(5).seed()));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** The venue's proof of possession, which stands after the version and the key. */
    public byte[] sheetProof() {
        return java.util.Arrays.copyOfRange(cafe.bytes(), 2 + 2 + 96 + 2, 2 + 2 + 96 + 2 + 48);
    }

    public Venue scan(VenueCode code) {
        return (Venue) Scanned.read(code.text(), List.of(register), NOON);
    }

    public Diary diary() {
        return Diary.create(authority.line().retention(), NOON, random);
    }

    /** The venue's parts of some hours, as the authority accepts them. */
    public List<VenueHour> parts(VenueCode poster, Hour... hours) {
        return List.of(hours).stream().map(hour -> sheet.part(poster, hour)).toList();
    }

    public List<Warning> warnings(VenueCode poster, Hour... hours) {
        try {
            return keys.confirm(parts(poster, hours), NOTICE, random);
        } catch (VerificationException e) {
            throw new AssertionError(e);
        }
    }

    public WarningBatch batch(WarningBatch before, List<Warning> warnings) {
        return WarningBatch.create(authority.leaf(), 0, before, HOUR.plus(-48), HOUR.plus(48), warnings, random);
    }

    /** An index of region 0 with these files from sequence 0 on. */
    public byte[] index(Instant time, byte[]... files) {
        List<BatchIndex.Entry> entries = new java.util.ArrayList<>();
        for (byte[] file : files) {
            entries.add(new BatchIndex.Entry(0, entries.size(), Hash.sha256(file)));
        }
        return new BatchIndex(authority.leaf(), time, entries).sign(keys);
    }
}
