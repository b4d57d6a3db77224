package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.cli.Cli.Said;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.VenueKind;

/** An authority at the command line, and a sentence for everything that does not go right. */
class AuthorityStoryTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path home;
    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(home);
        done(cli.run("office", "init", "--origin", "example.org/passes", "--name", "en=Town", "--name", "de=Stadt", "--contact", "Room 1"));
    }

    private static Said done(Said said) {
        assertEquals(Exit.OK, said.exit(), said.all());
        return said;
    }

    private static void refused(Said said, String sentence) {
        assertEquals(Exit.USAGE, said.exit(), said.all());
        assertTrue(said.err().contains(sentence), said.all());
        assertFalse(said.all().contains("Exception"), said.all());
    }

    private Said init() {
        return cli.run("authority", "init", "--id", "health", "--name", "en=Health office", "--name", "de=Gesundheitsamt",
            "--region", "north:en=North", "--region", "north:de=Nord", "--region", "south:en=South", "--region", "south:de=Süd");
    }

    private Said openCase() {
        return done(cli.run("authority", "case", "open", "--region", "south", "--from", "2026-11-21T18", "--until", "2026-11-21T20"));
    }

    /** What the venue's app does; the HTTP part has tests of its own. */
    private void upload(String token, int... hours) throws Exception {
        Path data = home.resolve("data");
        try (Store store = Store.open(data.resolve("office.db").toString(), false)) {
            Desk desk = Desk.open(store, OperatorKey.read(data.resolve("operator.key")), cli, RANDOM);
            Poster poster = new Poster("Café Süd", "Hauptstraße 1", Optional.of("Hall"), VenueKind.FOOD_AND_DRINK, 2, 1, Optional.empty());
            try (TracingSheet sheet = TracingSheet.create(RANDOM).with(poster, Authorities.find(desk.register()).orElseThrow().leaf(), RANDOM)) {
                Hour first = Hour.of(Instant.parse("2026-11-21T00:00:00Z"));
                List<VenueHour> parts = Arrays.stream(hours).mapToObj(hour -> sheet.part(sheet.posters().getFirst(), first.plus(hour))).toList();
                Cases.of(desk).take(new Upload(UploadToken.parse(token), parts).print());
            }
        }
    }

    private static String token(Said said) {
        Matcher token = Pattern.compile("token +([0-9A-Z]{26})").matcher(said.out());
        assertTrue(token.find(), said.all());
        return token.group(1);
    }

    @Test
    void venueUploadsAPersonLooksAndVisitorsAreWarned() throws Exception {
        Said set = done(init());
        assertTrue(set.out().contains("Health office") && set.out().contains("north, south") && set.out().contains("14 days"), set.all());
        String token = token(openCase());
        assertTrue(done(cli.run("authority", "case", "list")).out().contains("open       21 Nov 2026, 18:00 to 21:00 UTC"));
        refused(cli.type("publish\n", "authority", "case", "confirm", "1", "--advice", "test"), "The venue has not uploaded yet.");
        upload(token, 18, 19);
        Said shown = done(cli.run("authority", "case", "show", "1"));
        assertTrue(shown.out().contains("Café Süd, Hauptstraße 1, Hall") && shown.out().contains("18:00 to 20:00 UTC"), shown.all());
        assertFalse(shown.out().contains(token));
        refused(cli.type("yes\n", "authority", "case", "confirm", "1", "--advice", "test"), "Nothing was published.");
        refused(cli.type("", "authority", "case", "confirm", "1", "--advice", "test"), "Nothing was published.");
        Said published = done(cli.type("publish\n", "authority", "case", "confirm", "1", "--advice", "keep_away"));
        assertTrue(published.out().contains("published 2 warnings"), published.all());
        assertEquals(2, published.out().lines().filter(line -> line.matches(" +2026-11-21T1[89]:00:00Z [0-9A-Z]{8}")).count(), published.all());
        assertFalse(done(cli.run("authority", "case", "show", "1")).out().contains("Café"), "what the venue sent is destroyed");
        refused(cli.run("authority", "case", "withdraw", "1"), "cannot be taken back");
    }

    @Test
    void withdrawnCaseIsOver() throws Exception {
        done(init());
        String token = token(openCase());
        upload(token, 18);
        done(cli.run("authority", "case", "withdraw", "1"));
        assertTrue(cli.run("authority", "case", "list").out().contains("withdrawn"));
        refused(cli.type("publish\n", "authority", "case", "confirm", "1", "--advice", "test"), "withdrawn");
    }

    @Test
    void whatDoesNotFitGetsASentence() {
        refused(cli.run("authority", "case", "open", "--region", "south", "--from", "2026-11-21T18", "--until", "2026-11-21T20"), "no authority yet");
        refused(cli.run("authority", "init", "--id", "health", "--name", "en=Health", "--name", "de=Amt", "--region", "north"), "no region");
        refused(cli.run("authority", "init", "--id", "health", "--name", "en=Health", "--name", "de=Amt", "--region", "north:en=North"), "Nothing was published.");
        refused(cli.run("authority", "init", "--id", "health", "--name", "en=Health", "--name", "de=Amt", "--region", "n:en=N", "--region", "n:de=N", "--retention", "31"),
            "Nothing was published.");
        done(init());
        refused(init(), "an authority already");
        refused(cli.run("authority", "case", "open", "--region", "west", "--from", "2026-11-21T18", "--until", "2026-11-21T20"), "north, south");
        refused(cli.run("authority", "case", "open", "--region", "south", "--from", "2026-11-21T20", "--until", "2026-11-21T18"), "before the first");
        refused(cli.run("authority", "case", "open", "--region", "south", "--from", "2026-11-01T20", "--until", "2026-11-02T18"), "over the retention time");
        refused(cli.run("authority", "case", "open", "--region", "south", "--from", "yesterday", "--until", "2026-11-02T18"), "is no hour");
        refused(cli.run("authority", "case", "show", "7"), "no case of that number");
        refused(cli.run("authority", "case", "withdraw", "7"), "no case of that number");
        assertTrue(done(cli.run("authority", "case", "list")).err().contains("There is no case."));
    }
}
