package org.safeconduct.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small city publishes and is served; the large one is `safeconduct bench presence`. Nothing is timed here. */
class WarningDayTest {
    @TempDir
    Path folder;

    @Test
    void everyVenueIsPublishedAndEveryFileServed() throws Exception {
        List<Row> rows = new WarningDay(folder, 10 * WarningDay.REGIONS, new SecureRandom(), line -> { }).run(Duration.ofMillis(200));
        // A batch for each region: ten warnings, filled up to 32 of 144 bytes, and what stands around them.
        assertEquals(14 * WarningDay.REGIONS * 4763 / 1e6, value(rows, "index and batches"), 0.03);
        for (String file : List.of("a region's batch served", "the index served", "the checkpoint served")) {
            assertTrue(value(rows, file) > 0, file);
        }
    }

    private static double value(List<Row> rows, String name) {
        return rows.stream().filter(row -> row.name().startsWith(name)).findFirst().orElseThrow().value();
    }
}
