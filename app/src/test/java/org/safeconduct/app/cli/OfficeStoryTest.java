package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.safeconduct.app.cli.Cli.Said;

/** An office at the command line: what goes right, and a sentence for everything that does not. */
class OfficeStoryTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("safeconduct.home", ".."), "examples", "schemes");

    @TempDir
    private Path home;
    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(home);
    }

    private void init() {
        assertEquals(Exit.OK, cli.run("office", "init", "--origin", "example.org/passes", "--name", "en=Town", "--name", "de=Stadt", "--contact", "Room 1").exit());
    }

    static Stream<Path> examples() throws IOException {
        return Files.list(EXAMPLES).sorted();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExamplePublishes(Path scheme) {
        init();
        Said said = cli.run("scheme", "publish", scheme.toString());
        assertEquals(Exit.OK, said.exit(), said.all());
        assertTrue(said.out().startsWith("published "), said.all());
        refused(cli.run("scheme", "publish", scheme.toString()), Exit.USAGE, "Nothing was published.");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void withoutPurposeLegalBasisOrSunsetNothingIsPublished(Path scheme) throws IOException {
        init();
        for (String member : List.of("purpose", "legal_basis", "sunset")) {
            Path without = home.resolve(member + ".json");
            Files.writeString(without, Files.readString(scheme).replaceFirst("\"" + member + "\"", "\"was_" + member + "\""));
            refused(cli.run("scheme", "publish", without.toString()), Exit.USAGE, "The scheme is not published.");
        }
        assertFalse(cli.run("office", "show").out().contains("purpose"));
    }

    @Test
    void aSunsetOverAYearAwayOrPastIsRefused() {
        init();
        String scheme = EXAMPLES.resolve("canteen.json").toString();
        refused(cli.run("scheme", "publish", scheme, "--sunset", "2027-11-24T00:00:00Z"), Exit.USAGE, "366 days");
        refused(cli.run("scheme", "publish", scheme, "--sunset", "2026-11-01T00:00:00Z"), Exit.USAGE, "sunset has passed");
        refused(cli.run("scheme", "publish", scheme, "--sunset", "next summer"), Exit.USAGE, "not a scheme");
        assertEquals(Exit.OK, cli.run("scheme", "publish", scheme, "--sunset", "2027-11-20T00:00:00Z").exit());
    }

    @Test
    void aSpecialCategoryGetsAPlainWarning() throws IOException {
        init();
        assertTrue(cli.run("scheme", "publish", "--check", EXAMPLES.resolve("measles-protection.json").toString()).err().contains("special category"));
        Path unmarked = home.resolve("nationality.json");
        Files.writeString(unmarked, Files.readString(EXAMPLES.resolve("canteen.json")).replace("\"id\": \"tariff\"", "\"id\": \"nationality\""));
        assertTrue(cli.run("scheme", "publish", "--check", unmarked.toString()).err().contains("sounds like a special category"));
    }

    @Test
    void aMissingLanguageIsNamed() throws IOException {
        init();
        Path file = home.resolve("english.json");
        Files.writeString(file, Files.readString(EXAMPLES.resolve("over-18.json")).replaceAll(", \"de\": \"[^\"]*\"", "").replaceAll("(?m),\\s*\"de\": \"[^\"]*\"", ""));
        refused(cli.run("scheme", "publish", file.toString()), Exit.USAGE, "no text in de");
    }

    @Test
    void anOfficeIsSetUpOnceAndNothingIsHalfDone() throws IOException {
        refused(cli.run("office", "init", "--origin", "Not An Origin!", "--name", "en=Town", "--contact", "Room 1"), Exit.USAGE, "origin");
        assertFalse(Files.exists(home.resolve("data")));
        try (Stream<Path> left = Files.list(home)) {
            assertEquals(List.of(), left.toList());
        }
        init();
        refused(cli.run("office", "init", "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1"), Exit.USAGE, "is not empty");
        refused(new Cli(home.resolve("elsewhere")).run("office", "show"), Exit.USAGE, "There is no office");
    }

    @Test
    void aWrongOperatorKeyIsSaidPlainly() throws IOException {
        init();
        Path key = home.resolve("data").resolve("operator.key");
        Files.writeString(key, "00".repeat(32) + "\n");
        refused(cli.run("office", "show"), Exit.USAGE, "key");
        Files.writeString(key, "not a key");
        refused(cli.run("office", "show"), Exit.USAGE, "is not an operator key");
    }

    @Test
    void aDamagedStoreIsSaidPlainly() throws IOException {
        init();
        Files.writeString(home.resolve("data").resolve("office.db"), "this is no database at all, but long enough to look like something");
        refused(cli.run("office", "show"), Exit.CANNOT, "not a store");
    }

    @Test
    void aClockThatIsYearsOffSignsNothing() {
        cli.at("1999-01-01T00:00:00Z");
        refused(cli.run("office", "init", "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1"), Exit.CANNOT, "clock");
        cli.at("2026-11-22T09:00:00Z");
        init();
        cli.at("2090-01-01T00:00:00Z");
        refused(cli.run("scheme", "publish", EXAMPLES.resolve("canteen.json").toString()), Exit.CANNOT, "clock");
    }

    @Test
    void badRowsAreNamedByLineAndNobodyIsEnrolled() throws IOException {
        init();
        cli.run("scheme", "publish", EXAMPLES.resolve("canteen.json").toString());
        Path table = home.resolve("people.csv");
        Files.writeString(table, "person,tariff\nA,staff\nB,Staff\nC,guest\nA,guest\n");
        Said said = cli.run("enrol", "--scheme", "canteen", table.toString());
        refused(said, Exit.USAGE, "Nobody was enrolled.");
        assertTrue(said.err().contains("Line 3") && said.err().contains("Line 5") && !said.err().contains("Line 2"), said.err());
        assertFalse(Files.exists(home.resolve("people-offers.csv")));
        Files.writeString(table, "person,tariff\nA,staff\nB,staff\n");
        said = cli.run("enrol", "--scheme", "canteen", table.toString());
        assertEquals(Exit.OK, said.exit(), said.all());
        List<String> offers = Files.readAllLines(home.resolve("people-offers.csv"), StandardCharsets.UTF_8);
        assertEquals(3, offers.size());
        assertTrue(offers.get(1).startsWith("\"A\",\"SCO1:"), offers.get(1));
        refused(cli.run("enrol", "--scheme", "lunch", table.toString()), Exit.USAGE, "There is: canteen");
        refused(cli.run("enrol", "--scheme", "canteen", home.resolve("none.csv").toString()), Exit.USAGE, "There is no ");
    }

    @Test
    void epochsAreClosedAWeekAfterTheirEndAndTheStopOfASchemeIsRead() throws IOException {
        init();
        cli.run("scheme", "publish", EXAMPLES.resolve("canteen.json").toString());
        assertEquals(Exit.OK, cli.run("epoch", "open", "canteen").exit());
        assertTrue(cli.run("epoch", "close").out().contains("nothing to close"));
        cli.at("2026-12-01T09:00:00Z");
        Said closed = cli.run("epoch", "close");
        assertEquals(Exit.OK, closed.exit(), closed.all());
        assertTrue(closed.out().contains("closed  canteen"), closed.all());
        assertTrue(cli.run("epoch", "close").out().contains("nothing to close"));
        refused(cli.run("scheme", "stop", "canteen", "--why", "en=Over"), Exit.USAGE, "Nothing was published.");
        Said stopped = cli.run("scheme", "stop", "canteen", "--why", "en=Over", "--why", "de=Vorbei");
        assertEquals(Exit.OK, stopped.exit(), stopped.all());
        assertTrue(cli.run("office", "show").out().contains("stopped: Over"));
    }

    @Test
    void aPersonsOfferIsReplacedAndTheRightWithdrawn() throws IOException {
        init();
        cli.run("scheme", "publish", EXAMPLES.resolve("canteen.json").toString());
        Path table = home.resolve("people.csv");
        Files.writeString(table, "person,tariff\nA,staff\n");
        cli.run("enrol", "--scheme", "canteen", table.toString());
        Said printed = cli.run("offer", "replace", "--scheme", "canteen", "--person", "A");
        assertEquals(Exit.OK, printed.exit(), printed.all());
        assertTrue(printed.out().matches("SCO1:([0-9A-Z]{4}-){6}[0-9A-Z]{4}\\R"), printed.out());
        assertTrue(printed.err().contains("Whoever redeems this offer first has it"), printed.err());
        Path file = home.resolve("a.txt");
        Said written = cli.run("offer", "replace", "--scheme", "canteen", "--person", "A", "--out", file.toString());
        assertEquals(Exit.OK, written.exit(), written.all());
        assertFalse(written.all().contains("SCO1:"), written.all());
        assertTrue(Files.readString(file).startsWith("SCO1:"));
        refused(cli.run("offer", "replace", "--scheme", "canteen", "--person", "A", "--out", file.toString()), Exit.USAGE, "already");
        refused(cli.run("offer", "replace", "--scheme", "canteen", "--person", "B"), Exit.USAGE, "Nobody of this reference");
        refused(cli.run("offer", "replace", "--scheme", "canteen", "--person", "A", "--tx", "12"), Exit.USAGE, "six digits");
        refused(cli.run("offer", "replace", "--scheme", "lunch", "--person", "A"), Exit.USAGE, "There is: canteen");
        assertTrue(cli.run("withdraw", "--scheme", "canteen", "--person", "A").out().startsWith("withdrawn"));
        refused(cli.run("withdraw", "--scheme", "canteen", "--person", "A"), Exit.USAGE, "Nobody of this reference");
        refused(cli.run("offer", "replace", "--scheme", "canteen", "--person", "A"), Exit.USAGE, "Nobody of this reference");
    }

    @Test
    void anAskerAndAnEpochAreStoppedByName() {
        init();
        cli.run("scheme", "publish", EXAMPLES.resolve("canteen.json").toString());
        cli.run("epoch", "open", "canteen");
        for (String key : List.of("one", "two")) {
            assertEquals(Exit.OK, cli.run("asker", "add", "--scheme", "canteen", "--name", "en=Kitchen", "--name", "de=Küche", "--scopes", "lunch",
                "--out", home.resolve(key).toString()).exit());
        }
        String[] why = {"--why", "en=Lost", "--why", "de=Verloren"};
        Said several = cli.run("asker", "stop", "--scheme", "canteen", "Kitchen", why[0], why[1], why[2], why[3]);
        refused(several, Exit.USAGE, "Several askers have this name");
        String number = several.err().replaceFirst("(?s).*: ([0-9]+) \\(.*", "$1");
        Said stopped = cli.run("asker", "stop", "--scheme", "canteen", number, why[0], why[1], why[2], why[3]);
        assertEquals(Exit.OK, stopped.exit(), stopped.all());
        assertTrue(stopped.out().startsWith("Kitchen is stopped from 22 Nov 2026, 10:00:00 on"), stopped.out());
        assertEquals(Exit.OK, cli.run("asker", "stop", "--scheme", "canteen", "Küche", why[0], why[1], why[2], why[3]).exit());
        refused(cli.run("asker", "stop", "--scheme", "canteen", "Kitchen", why[0], why[1], why[2], why[3]), Exit.USAGE, "has no asker");
        refused(cli.run("epoch", "stop", "canteen", "--number", "99", why[0], why[1], why[2], why[3]), Exit.USAGE, "Those that are not over");
        assertTrue(cli.run("epoch", "stop", "canteen", why[0], why[1], why[2], why[3]).out().startsWith("Epoch "));
        assertTrue(cli.run("epoch", "stop", "canteen", "--spare", why[0], why[1], why[2], why[3]).out().startsWith("The spare of epoch "));
        refused(cli.run("epoch", "stop", "canteen", why[0], why[1], why[2], why[3]), Exit.USAGE, "Nothing was published.");
        refused(cli.run("epoch", "stop", "canteen", "--spare", "--from", "2026-11-01T00:00:00Z", why[0], why[1], why[2], why[3]), Exit.USAGE, "past");
    }

    /** A sentence, the right number, and nothing of the program's insides. */
    static void refused(Said said, int exit, String sentence) {
        assertEquals(exit, said.exit(), said.all());
        assertTrue(said.err().contains(sentence), said.all());
        assertFalse(said.all().contains("Exception") || said.all().contains("\tat "), said.all());
    }
}
