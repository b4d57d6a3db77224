package org.safeconduct.app.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Main;
import org.safeconduct.app.cli.SchemeFile;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Offer;

/** An enrolment that is killed has enrolled nobody, or everybody with all offers. */
class KilledEnrolmentTest {
    private static final Path CANTEEN = Path.of(System.getProperty("safeconduct.home", ".."), "examples", "schemes", "canteen.json");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String TABLE = "person,tariff\nada,staff\nbob,guest\n";

    @TempDir
    private Path folder;
    private Path offers;
    private Path part;
    private Store store;
    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        offers = folder.resolve("offers.csv");
        part = folder.resolve("offers.csv.part");
        store = Store.open(folder.resolve("office.db").toString(), true);
        desk = Desk.init(store, OperatorKey.create(folder.resolve("operator.key"), RANDOM), InstantSource.system(), RANDOM, Map.of("en", "Works"), List.of("en"), "Room 1", "example.org");
        desk.publish(SchemeFile.fit(Files.readAllBytes(CANTEEN), List.of("en"), null));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long enrol() throws IOException {
        return desk.enrolment().enrol("canteen", new StringReader(TABLE), offers, rows -> { });
    }

    private long holders() {
        return store.read(tables -> tables.holders(desk.register().scheme("canteen").orElseThrow().leaf()));
    }

    @Test
    void offersOfARunThatWasKilledBeforeItsCommitAreThrownAway() throws IOException {
        Files.writeString(part, "\"person\",\"offer\"\n\"ada\",\"" + Offer.create(desk.register().officeLeaf(), RANDOM).text() + "\"\n\"bo");
        assertEquals(OptionalLong.empty(), desk.enrolment().finish(offers));
        assertFalse(Files.exists(part));
        Files.writeString(part, "\"per");
        assertEquals(2, enrol());
        assertEquals(3, Files.readAllLines(offers).size());
        assertFalse(Files.exists(part));
    }

    @Test
    void offersOfARunThatWasKilledAfterItsCommitGetTheirName() throws IOException {
        enrol();
        List<String> rows = Files.readAllLines(offers);
        Files.move(offers, part);
        assertTrue(assertThrows(OfficeException.class, this::enrol).getMessage().startsWith("An earlier run had enrolled 2 people"));
        assertEquals(rows, Files.readAllLines(offers));
        assertEquals(2, holders());
    }

    @Test
    void runThatIsWritingTheFileIsLeftAlone() throws IOException {
        try (FileChannel other = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            assertTrue(assertThrows(OfficeException.class, this::enrol).getMessage().startsWith("Another run is writing"));
        }
        assertEquals(2, enrol());
    }

    @Test
    void commandThatIsKilledAtRandomMomentsAndGivenAgainEnrolsEverybodyOnce() throws Exception {
        int people = 30_000;
        Path table = folder.resolve("people.csv");
        Files.writeString(table, IntStream.range(0, people).mapToObj(i -> "case-" + i + ",staff\n").collect(Collectors.joining("", "person,tariff\n", "")));
        Random moments = new Random(5);
        for (int kill = 0; kill < 5 && Files.notExists(offers); kill++) {
            Process process = command(table);
            if (!process.waitFor(800 + moments.nextInt(1_500), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        if (Files.notExists(offers)) {
            assertEquals(0, command(table).waitFor());
        }
        List<String> codes = Files.readAllLines(offers).stream().skip(1).map(row -> row.substring(row.lastIndexOf(',') + 2, row.length() - 1)).toList();
        assertEquals(people, new HashSet<>(codes).size());
        assertEquals(people, codes.size());
        assertEquals(people, holders());
        assertTrue(store.right(Offer.parse(codes.getLast()).hash()).isPresent());
        assertFalse(Files.exists(part));
    }

    private Process command(Path table) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Main.class.getName(), "enrol", "--data", folder.toString(),
                "--scheme", "canteen", "--offers", offers.toString(), table.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
