package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.safeconduct.app.cli.OfficeStoryTest.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Cli.Said;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** Wallet and door at the command line, against a real server. */
class DoorStoryTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("safeconduct.home", ".."), "examples", "schemes");

    @TempDir
    private Path home;
    private Cli cli;
    private Store store;
    private OfficeServer server;

    @BeforeEach
    void open() throws IOException {
        cli = new Cli(home);
        ok("office", "init", "--origin", "example.org/passes", "--name", "en=Town", "--name", "de=Stadt", "--contact", "Room 1");
        ok("scheme", "publish", EXAMPLES.resolve("errand-pass.json").toString());
        ok("scheme", "publish", EXAMPLES.resolve("canteen.json").toString());
        Files.writeString(home.resolve("errands.csv"), "person,first-name-letter,birthday\nA,A,05-14\nB,B,06-01\n");
        Files.writeString(home.resolve("meals.csv"), "person,tariff\nA,staff\n");
        ok("enrol", "--scheme", "errand-pass", home.resolve("errands.csv").toString());
        ok("enrol", "--scheme", "canteen", home.resolve("meals.csv").toString());
        ok("asker", "add", "--scheme", "canteen", "--name", "en=Kitchen", "--name", "de=Küche", "--scopes", "breakfast,lunch", "--doors", "Counter",
            "--out", home.resolve("kitchen.asker").toString());
        serve("data", 0);
        ok("wallet", "office", "add", address(), "--yes");
    }

    private void serve(String office, int port) throws IOException {
        store = Store.open(home.resolve(office).resolve("office.db").toString(), false);
        Desk desk = Desk.open(store, OperatorKey.read(home.resolve(office).resolve("operator.key")), cli, new SecureRandom());
        server = OfficeServer.start(store, desk, "127.0.0.1", port, Optional.empty());
    }

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.port();
    }

    private Said ok(String... arguments) {
        Said said = cli.run(arguments);
        assertEquals(Exit.OK, said.exit(), said.all());
        return said;
    }

    private String offer(String table, int row) throws IOException {
        return Files.readAllLines(home.resolve(table), StandardCharsets.UTF_8).get(row).split(",")[1].replace("\"", "");
    }

    private Map<String, Json> show(String... more) throws MalformedException {
        Said said = ok(Stream.concat(Stream.of("wallet", "show", "--json", "--yes"), Stream.of(more)).toArray(String[]::new));
        return Json.parseLoosely(said.out().strip().getBytes(StandardCharsets.UTF_8), 100_000).members("bytes", "disclosed", "stamp", "text");
    }

    @Test
    void aPassIsAcceptedOnceAndItsSecondUseIsRefused() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        Map<String, Json> shown = show();
        assertTrue(shown.get("bytes").whole(1, 560) > 400);
        String[] check = {"check", "--scheme", "errand-pass", "--stamps", home.resolve("stamps").toString()};
        Said accepted = cli.run(with(check, shown.get("text").string()));
        assertEquals(Exit.OK, accepted.exit(), accepted.all());
        refused1(cli.run(with(check, show().get("text").string())), "already used");
        cli.at("2026-11-22T09:05:00Z");
        refused1(cli.run("check", "--scheme", "errand-pass", shown.get("text").string()), "too old");
    }

    @Test
    void theShellLearnsAcceptedRefusedCannotTellAndUsageFromTheNumber() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        String code = show().get("text").string();
        assertEquals(Exit.OK, cli.run("check", "--scheme", "errand-pass", code).exit());
        assertEquals(Exit.REFUSED, cli.run("check", "--scheme", "errand-pass", "garbage").exit());
        assertEquals(Exit.CANNOT, cli.run("check", "--scheme", "errand-pass", "--wallet", home.resolve("empty").toString(), code).exit());
        assertEquals(Exit.USAGE, cli.run("check", code).exit());
        assertEquals(Exit.USAGE, cli.run("check", "--scheme", "no-such", code).exit());
        cli.at("2026-11-21T09:00:00Z");
        assertEquals(Exit.CANNOT, cli.run("check", "--scheme", "errand-pass", code).exit(), "a clock behind");
    }

    @Test
    void aHandScannerTypesOneCodeALine() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        ok("wallet", "get", offer("errands-offers.csv", 2));
        String one = show("--pass", "1").get("text").string();
        String other = show("--pass", "2").get("text").string();
        Said said = cli.type(one + "\r\n" + one + "\n\n" + other + "\n", "check", "--scheme", "errand-pass", "--json");
        assertEquals(Exit.REFUSED, said.exit(), said.all());
        assertEquals(3, said.out().strip().lines().count(), said.all());
        assertTrue(said.out().lines().skip(1).findFirst().orElseThrow().contains("\"reason\":\"CODE_SEEN\""), said.all());
        assertTrue(said.out().strip().lines().toList().getLast().contains("\"verdict\":\"accepted\""), said.all());
    }

    @Test
    void paperWaitsForTheComparisonBeforeItsStampIsRecorded() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        String paper = show("--paper").get("text").string();
        assertEquals(Exit.REFUSED, cli.run("check", "--scheme", "errand-pass", paper).exit());
        String[] check = {"check", "--scheme", "errand-pass", "--paper", "--stamps", home.resolve("stamps").toString()};
        Said first = cli.run(with(check, paper));
        assertTrue(first.out().contains("accepted on paper") && first.out().contains("05-14"), first.all());
        assertEquals(Exit.OK, cli.run(with(check, "--compared", paper)).exit());
        refused1(cli.run(with(check, paper)), "already used");
    }

    @Test
    void aDoorAsksItsOwnQuestionAndTakesNoOtherAnswer() throws Exception {
        ok("wallet", "get", offer("meals-offers.csv", 1));
        for (String meal : new String[] {"breakfast", "lunch"}) {
            ok("door", "setup", "--scheme", "canteen", "--mode", "fresh", "--asker", home.resolve("kitchen.asker").toString(), "--at", "Counter",
                "--stamp", meal, "--out", home.resolve(meal).toString());
            ok("door", "question", "--door", home.resolve(meal).toString(), "--out", home.resolve(meal + ".txt").toString());
        }
        String breakfast = Files.readString(home.resolve("breakfast.txt")).replace("\n", "");
        String lunch = Files.readString(home.resolve("lunch.txt")).replace("\n", "");
        Said asked = cli.type("n\n", "wallet", "show", "--question", lunch);
        assertEquals(Exit.REFUSED, asked.exit());
        assertTrue(asked.err().contains("asked by Kitchen, Counter") && asked.err().contains("Lunch"), asked.err());
        String answer = show("--question", lunch).get("text").string();
        assertEquals(Exit.OK, cli.run("check", "--door", home.resolve("lunch").toString(), "--question", lunch, answer).exit());
        refused1(cli.run("check", "--door", home.resolve("breakfast").toString(), "--question", breakfast, answer), "another question");
        assertEquals(Exit.USAGE, cli.run("check", "--door", home.resolve("breakfast").toString(), "--question", lunch, answer).exit());
        assertNotEquals(show("--question", breakfast).get("stamp"), show("--question", lunch).get("stamp"));
        refused(cli.run("door", "setup", "--scheme", "canteen", "--mode", "fresh", "--asker", home.resolve("kitchen.asker").toString(), "--stamp", "dinner",
            "--out", home.resolve("dinner").toString()), Exit.USAGE, "does not allow");
    }

    @Test
    void pairedDoorsTellEachOtherWhatIsUsed() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        String north = home.resolve("north").toString();
        String south = home.resolve("south").toString();
        String stranger = home.resolve("stranger").toString();
        ok("door", "setup", "--scheme", "errand-pass", "--pair", "--out", north);
        ok("door", "setup", "--scheme", "errand-pass", "--pair-with", north, "--out", south);
        ok("door", "setup", "--scheme", "errand-pass", "--pair", "--out", stranger);
        ok("check", "--door", north, "--stamps", north + ".d", show().get("text").string());
        String code = ok("door", "stamps", "--door", north, "--stamps", north + ".d").out().strip().lines().toList().getLast();
        refused(cli.run("door", "stamps", "--door", stranger, "--stamps", stranger + ".d", "--read", code), Exit.REFUSED, "paired");
        ok("door", "stamps", "--door", south, "--stamps", south + ".d", "--read", code);
        refused1(cli.run("check", "--door", south, "--stamps", south + ".d", show().get("text").string()), "already used");
    }

    @Test
    void anOfferIsOneWalletsAndBadOnesGetASentence() throws Exception {
        String offer = offer("errands-offers.csv", 1);
        ok("wallet", "get", offer.toLowerCase(Locale.ROOT).substring(5).replace("-", " "));
        ok("wallet", "get", offer);
        ok("wallet", "get");
        Path letter = Files.writeString(home.resolve("letter.txt"), offer + "\n");
        ok("wallet", "get", "--file", letter.toString());
        assertEquals(0, cli.type(offer + "\n", "wallet", "get", "-").exit());
        refused(cli.type("", "wallet", "get", "-"), Exit.USAGE, "no offer");
        refused(cli.run("wallet", "get", "--file", home.resolve("nowhere").toString()), Exit.USAGE, "no file");
        refused(cli.run("wallet", "get", "--file", letter.toString(), offer), Exit.USAGE, "not both");
        String other = home.resolve("other").toString();
        ok("wallet", "office", "add", address(), "--yes", "--wallet", other);
        refused(cli.run("wallet", "get", offer, "--wallet", other), Exit.REFUSED, "not accepted");
        refused(cli.run("wallet", "get", "SCO1:hello"), Exit.USAGE, "28 letters");
        refused(cli.run("wallet", "get", "--tx", "12", offer), Exit.USAGE, "six digits");
        refused(cli.run("wallet", "show", "--question", "https://example.org"), Exit.USAGE, "another kind");
        refused(cli.run("wallet", "office", "add", "ftp://example.org"), Exit.USAGE, "address");
        refused(cli.run("wallet", "office", "add", "http://127.0.0.1:1"), Exit.CANNOT, "does not answer");
    }

    @Test
    void anOfficeThatSignsTwoRegistersIsCaughtAndBothSignaturesAreKept() throws Exception {
        int port = server.port();
        close();
        Files.createDirectory(home.resolve("twin"));
        for (String file : new String[] {"office.db", "operator.key"}) {
            Files.copy(home.resolve("data").resolve(file), home.resolve("twin").resolve(file));
        }
        for (String office : new String[] {"data", "twin"}) {
            ok("asker", "add", "--data", home.resolve(office).toString(), "--scheme", "canteen", "--name", "en=" + office, "--name", "de=" + office,
                "--scopes", "lunch", "--out", home.resolve(office + ".asker").toString());
        }
        serve("data", port);
        assertTrue(ok("wallet", "office", "update").out().contains("1 new line"));
        close();
        serve("twin", port);
        Said caught = cli.run("wallet", "office", "update");
        refused(caught, Exit.REFUSED, "shows different registers");
        Path evidence = Path.of(caught.err().replaceFirst("(?s).*are kept in (\\S+)\\. .*", "$1"));
        assertEquals(2, Files.readString(evidence).lines().filter("example.org/passes"::equals).count(), "both notes");
        refused(cli.run("wallet", "get", offer("errands-offers.csv", 1)), Exit.REFUSED, "shows different registers");
        close();
        serve("data", port);
        assertTrue(ok("wallet", "office", "update").out().contains("nothing new"), "the one held stays in use");
        assertTrue(Files.exists(evidence));
    }

    @Test
    void aPortThatIsTakenIsSaidPlainly() {
        refused(cli.run("serve", "--port", Integer.toString(server.port())), Exit.CANNOT, "port");
    }

    @Test
    void aRegisterVerifiesAndAChangedOneDoesNot() throws Exception {
        assertTrue(ok("register", "verify", address()).out().contains("witnesses      none"));
        Path held;
        try (Stream<Path> all = Files.walk(home.resolve("wallet"))) {
            held = all.filter(file -> file.getFileName().toString().equals("register")).findFirst().orElseThrow();
        }
        assertTrue(ok("register", "verify", held.toString()).out().contains("verified"));
        Path changed = home.resolve("changed");
        Files.writeString(changed, Files.readString(held).replace("Room 1", "Room 2"));
        refused(cli.run("register", "verify", changed.toString()), Exit.REFUSED, "does not verify");
    }

    @Test
    void aWalletIsItsOwnersAloneAndErasesWhatIsOver() throws Exception {
        ok("wallet", "get", offer("errands-offers.csv", 1));
        try (Stream<Path> all = Files.walk(home.resolve("wallet"))) {
            for (Path path : all.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode, path.toString());
            }
        }
        assertEquals(4, cli.run("wallet", "list").out().lines().count());
        cli.at("2026-11-24T09:00:00Z");
        assertEquals(2, cli.run("wallet", "list").out().lines().count());
        try (Stream<Path> all = Files.walk(home.resolve("wallet"))) {
            assertEquals(2, all.filter(path -> path.toString().endsWith(".pass")).count());
        }
    }

    private static void refused1(Said said, String sentence) {
        assertEquals(Exit.REFUSED, said.exit(), said.all());
        assertTrue(said.out().contains(sentence), said.all());
        assertFalse(said.all().contains("Exception"), said.all());
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }
}
