package org.safeconduct.core.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;

/** From a poster to a notice on two phones of three. */
class PresenceStoryTest {
    private final Town town = new Town();

    @Test
    void aVenueIsWarnedAndTwoOfThreeVisitorsReadIt() throws Exception {
        // The venue prints a poster and locks a sheet away; three people check in, two of them at the café.
        String sheet = town.sheet.text();
        List<byte[]> phones = new ArrayList<>();
        for (VenueCode poster : List.of(town.cafe, town.cafe, town.choir)) {
            Diary diary = town.diary();
            diary.checkIn(town.scan(poster), Town.NOON, town.random);
            phones.add(diary.bytes());
        }

        // Two days later the authority opens a case; the venue uploads its halves for three hours.
        Instant later = Town.NOON.plus(Duration.ofDays(2));
        UploadToken token = UploadToken.random(town.random);
        Case open = Case.open(token, 0, Town.HOUR.plus(-2), Town.HOUR.plus(2));
        TracingSheet venue = TracingSheet.parse(sheet);
        VenueCode cafe = venue.posters().getFirst();
        List<VenueHour> parts = List.of(venue.part(cafe, Town.HOUR), venue.part(cafe, Town.HOUR.plus(1)), venue.part(cafe, Town.HOUR.plus(2)));
        byte[] sent = new Upload(UploadToken.parse(token.text()), parts).print();

        // The authority checks, a person confirms, the files are published.
        List<VenueHour> accepted = open.accept(Upload.parse(sent, town.random), town.authority, later, town.random);
        byte[] file = town.batch(null, town.keys.confirm(accepted, Town.NOTICE, town.random)).sign(town.keys);
        byte[] indexFile = town.index(later, file);

        // Every phone reads the same files and tries them alone.
        WarningChain chain = WarningChain.begin(town.authority.leaf(), 0);
        BatchIndex index = chain.index(indexFile, town.authority);
        assertEquals(Optional.of(Hash.sha256(file)), chain.next(index));
        WarningChain.Step step = chain.accept(index, file, town.authority);
        assertEquals(Optional.empty(), step.chain().next(index));
        List<Match> both = List.of(new Match(Town.HOUR, Town.NOTICE), new Match(Town.HOUR.plus(1), Town.NOTICE));
        List<List<Match>> expected = List.of(both, both, List.of());
        for (int i = 0; i < 3; i++) {
            Diary diary = Diary.parse(phones.get(i), 14);
            diary.tend(later, town.random);
            assertEquals(expected.get(i), diary.match(step.warnings()).stream().sorted((a, b) -> a.hour().compareTo(b.hour())).toList());
        }
    }
}
