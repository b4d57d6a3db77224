package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.app.cli.Cli.Said;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;

/** A machine whose clock is years off says so, and does nothing by it that stays. */
class WrongClockTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("safeconduct.home", ".."), "examples", "schemes");
    private static final String NOW = "2026-11-22T09:00:00Z";

    @TempDir
    private Path home;
    private Cli cli;

    @BeforeEach
    void open() throws Exception {
        cli = new Cli(home);
        ok("office", "init", "--origin", "example.org/passes", "--name", "en=Town", "--contact", "Room 1");
        ok("scheme", "publish", EXAMPLES.resolve("errand-pass.json").toString());
        Files.writeString(home.resolve("people.csv"), "person,first-name-letter,birthday\nA,A,05-14\n");
        ok("enrol", "--scheme", "errand-pass", home.resolve("people.csv").toString());
    }

    private Said ok(String... arguments) {
        Said said = cli.run(arguments);
        assertEquals(Exit.OK, said.exit(), said.all());
        return said;
    }

    private String file(String name) {
        return home.resolve(name).toString();
    }

    private List<String[]> officeCommands() {
        return List.of(new String[] {"office", "init", "--origin", "example.org/two", "--name", "en=Two", "--contact", "Room 2", "--data", file("two")},
            new String[] {"scheme", "publish", EXAMPLES.resolve("canteen.json").toString()}, new String[] {"scheme", "stop", "errand-pass", "--why", "en=Over"},
            new String[] {"epoch", "open", "errand-pass"}, new String[] {"epoch", "close"},
            new String[] {"enrol", "--scheme", "errand-pass", file("people.csv"), "--offers", file("more.csv")},
            new String[] {"withdraw", "--scheme", "errand-pass", "--person", "A"}, new String[] {"offer", "replace", "--scheme", "errand-pass", "--person", "A", "--out", file("new.csv")},
            new String[] {"asker", "add", "--scheme", "errand-pass", "--name", "en=Gate", "--out", file("gate.asker")},
            new String[] {"authority", "init", "--id", "health", "--name", "en=Health", "--region", "n:en=North"},
            new String[] {"serve", "--port", "0"});
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:10Z", "2019-01-01T00:00:00Z", "2045-06-01T00:00:00Z", "2106-02-07T06:28:16Z"})
    void anOfficeSaysThatItsClockIsWrongAndChangesNothing(String clock) throws Exception {
        String before = ok("office", "show").out();
        byte[] offers = Files.readAllBytes(home.resolve("people-offers.csv"));
        for (String[] command : officeCommands()) {
            cli.at(clock);
            if (clock.startsWith("2045") && command[1].equals("init") && command[0].equals("office")) {
                // Nothing was ever signed that would say otherwise.
                continue;
            }
            Said said = cli.run(command);
            assertEquals(Exit.CANNOT, said.exit(), () -> String.join(" ", command) + ": " + said.all());
            assertTrue(said.err().contains("clock says " + clock), said.all());
        }
        cli.at(NOW);
        assertEquals(before, ok("office", "show").out());
        for (String name : List.of("two", "more.csv", "more.csv.part", "new.csv", "gate.asker")) {
            assertFalse(Files.exists(home.resolve(name)), name);
        }
        assertEquals(new String(offers), Files.readString(home.resolve("people-offers.csv")));
    }

    @Test
    void anOfficeThatWasSilentForYearsIsBelievedIfItSaysSo() {
        cli.at("2028-06-01T00:00:00Z");
        assertEquals(Exit.CANNOT, cli.run("epoch", "close").exit());
        ok("epoch", "close", "--clock-is-right");
        ok("epoch", "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:10Z", "2019-01-01T00:00:00Z", "2045-06-01T00:00:00Z", "2106-02-07T06:28:16Z"})
    void aWalletAndADoorSayThatTheirClockIsWrongAndAreWellAgainWithIt(String clock) throws Exception {
        String offer = Files.readAllLines(home.resolve("people-offers.csv")).get(1).split(",")[1].replace("\"", "");
        Cli office = new Cli(home);
        try (Store store = Store.open(home.resolve("data/office.db").toString(), false);
                OfficeServer server = OfficeServer.start(store, Desk.open(store, OperatorKey.read(home.resolve("data/operator.key")), office, new SecureRandom()),
                    "127.0.0.1", 0, Optional.empty())) {
            String address = "http://127.0.0.1:" + server.port();
            boolean behind = clock.compareTo(NOW) < 0;
            cli.at(clock);
            Said added = cli.run("wallet", "office", "add", address, "--yes", "--wallet", file("new"));
            assertEquals(behind ? Exit.REFUSED : Exit.OK, added.exit(), added.all());
            cli.at(NOW);
            ok("wallet", "office", "add", address, "--yes");
            ok("wallet", "get", offer);
            String code = code();
            for (String[] command : List.of(new String[] {"wallet", "get"}, new String[] {"wallet", "show", "--yes"}, new String[] {"wallet", "list"},
                    new String[] {"check", "--scheme", "errand-pass", "--stamps", file("stamps"), code},
                    new String[] {"register", "verify", address}, new String[] {"register", "verify"})) {
                cli.at(clock);
                Said said = cli.run(command);
                assertTrue(said.err().contains("This device's clock says " + clock), () -> String.join(" ", command) + ": " + said.all());
                assertFalse(command[0].equals("check") && said.exit() == Exit.OK, "no door accepts by such a clock");
            }
            cli.at(NOW);
            ok("wallet", "get");
            assertEquals(4, ok("wallet", "list").out().lines().count(), "nothing was erased");
            ok("check", "--scheme", "errand-pass", "--stamps", file("stamps"), code());
        }
    }

    private String code() {
        return ok("wallet", "show", "--yes", "--json").out().replaceAll("(?s).*\"text\":\"([^\"]*)\".*", "$1");
    }
}
