package org.safeconduct.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.Publication;
import org.safeconduct.app.authority.UploadRefusedException;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.presence.AuthorityKeys;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** A city with twenty regions: its venues upload, its authority publishes, its phones fetch. */
final class WarningDay {
    static final int REGIONS = 20;
    private static final int DAYS = 14;
    private static final int MANY_HOURS = 10;
    /** What an upload of ten hours is taken and confirmed with before anything is measured, so that it is compiled. */
    private static final int WARM_UP = 400;
    private static final double PUBLISHING_SECONDS = 10;
    private static final double DOWNLOAD_KB = 150;
    private static final double ALL_MB = 40;
    private static final double REQUESTS = 5_000;

    private final Path folder;
    private final int warnings;
    private final SecureRandom random;
    private final Consumer<String> tell;
    private final List<Row> rows = new ArrayList<>();
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private Hash authority;

    WarningDay(Path folder, int warnings, SecureRandom random, Consumer<String> tell) {
        this.folder = folder;
        this.warnings = warnings;
        this.random = random;
        this.tell = tell;
    }

    /** @param each how long each file is asked for */
    List<Row> run(Duration each) throws IOException, MalformedException, UploadRefusedException {
        String address = folder.resolve("office.db").toString();
        Crowd.found(folder, address, random);
        List<Publication.Published> day;
        try (Store store = Store.open(address, false)) {
            Desk desk = Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), random);
            authority = Authorities.init(desk, "city", Map.of("en", "City"), regions(), DAYS).leaf();
            publish(desk, WARM_UP / MANY_HOURS, MANY_HOURS, Optional.empty());
            day = publish(desk, warnings / MANY_HOURS, MANY_HOURS, Optional.of("ten hours a venue"));
            publish(desk, warnings, 1, Optional.of("one hour a venue"));
        }
        sizes(day);
        serve(address, day, each);
        return rows;
    }

    private static Map<String, Map<String, String>> regions() {
        Map<String, Map<String, String>> regions = new LinkedHashMap<>();
        IntStream.range(0, REGIONS).forEach(i -> regions.put("r" + i, Map.of("en", "Region " + i)));
        return regions;
    }

    /** Venues, each with a key and a case of its own, upload; then everything is confirmed together. */
    private List<Publication.Published> publish(Desk desk, int venues, int hours, Optional<String> shape) throws MalformedException, UploadRefusedException {
        shape.ifPresent(name -> tell.accept("making the uploads of " + venues + " venues, " + name + " ..."));
        Cases cases = Cases.of(desk);
        TreeSet<Long> numbers = new TreeSet<>();
        List<byte[]> uploads = new ArrayList<>();
        Hour last = Hour.of(Instant.now()).plus(-1);
        for (int i = 0; i < venues; i++) {
            Hour first = last.plus(1 - hours - i % MANY_HOURS);
            Cases.Opened opened = cases.open("r" + i % REGIONS, first, first.plus(hours - 1));
            numbers.add(opened.number());
            uploads.add(upload(i, opened, first, hours));
        }
        long begun = machine.getProcessCpuTime();
        for (byte[] upload : uploads) {
            cases.take(upload);
        }
        double taken = secondsSince(begun);
        begun = machine.getProcessCpuTime();
        List<Publication.Published> published = cases.confirm(numbers, new Notice(Notice.Advice.WATCH, LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC)));
        double confirmed = secondsSince(begun);
        shape.ifPresent(name -> {
            int all = venues * hours;
            rows.add(Row.atMost("publish " + Row.number(all) + " warnings, " + name, confirmed, "s of processor", PUBLISHING_SECONDS * all / 10_000));
            rows.add(Row.plain("  each", confirmed * 1e6 / all, "µs"));
            rows.add(Row.plain("  taking the uploads before, each", taken * 1e6 / venues, "µs"));
        });
        return published;
    }

    private byte[] upload(int i, Cases.Opened opened, Hour first, int hours) {
        Poster poster = new Poster("Venue " + i, "Street " + i, Optional.empty(), VenueKind.FOOD_AND_DRINK, 2, i % REGIONS, Optional.empty());
        try (TracingSheet sheet = TracingSheet.create(random).with(poster, authority, random)) {
            VenueCode code = sheet.posters().getFirst();
            List<VenueHour> parts = IntStream.range(0, hours).mapToObj(hour -> sheet.part(code, first.plus(hour))).toList();
            return new Upload(opened.token(), parts).print();
        }
    }

    private double secondsSince(long begun) {
        return (machine.getProcessCpuTime() - begun) / 1e9;
    }

    /** A batch's length depends on how many warnings it holds alone, so fourteen days are fourteen times one. */
    private void sizes(List<Publication.Published> day) {
        int index = index(DAYS).length;
        long batches = day.stream().mapToLong(Publication.Published::bytes).sum();
        double largest = day.stream().mapToInt(Publication.Published::bytes).max().orElseThrow();
        rows.add(Row.atMost("a phone's download a day, index and one region", (index + largest) / 1e3, "kB", DOWNLOAD_KB));
        rows.add(Row.plain("  of it the index of " + DAYS + " days", index / 1e3, "kB"));
        rows.add(Row.atMost("index and batches, " + DAYS + " days of " + REGIONS + " regions", (index + DAYS * batches) / 1e6, "MB", ALL_MB));
    }

    /** An index of so many days with a batch each for every region. */
    private byte[] index(int days) {
        List<BatchIndex.Entry> entries = new ArrayList<>();
        for (int region = 0; region < REGIONS; region++) {
            for (int sequence = 0; sequence < days; sequence++) {
                entries.add(new BatchIndex.Entry(region, sequence, authority));
            }
        }
        try (AuthorityKeys keys = AuthorityKeys.random(random)) {
            return new BatchIndex(authority, Instant.ofEpochSecond(Instant.now().getEpochSecond()), entries).sign(keys);
        }
    }

    private void serve(String address, List<Publication.Published> day, Duration each) throws IOException {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("a region's batch", "/warnings/batch/" + day.getFirst().file().hex());
        paths.put("the index", "/warnings/index");
        paths.put("the checkpoint", "/register/checkpoint");
        try (Node node = Node.start(folder, address, folder.resolve("node.log"), Node.JAVA)) {
            for (Map.Entry<String, String> path : paths.entrySet()) {
                tell.accept("asking a node for " + path.getKey() + " ...");
                Downloads.run(node, path.getValue(), each.multipliedBy(3).dividedBy(4));
                Downloads.Seen seen = Downloads.run(node, path.getValue(), each);
                rows.add(Row.atLeast(path.getKey() + " served, " + Row.number(seen.bytes()) + " bytes", seen.requests() / seen.processorSeconds(), "a core's second", REQUESTS));
                rows.add(Row.plain("  by the clock, client on the same machine", seen.requests() / seen.seconds(), "a second"));
            }
        }
    }
}
