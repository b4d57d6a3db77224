package org.safeconduct.crypto.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bench runs; how fast is for the bench itself to say, on a quiet machine. */
class CryptoBenchTest {
    @Test
    void everyOperationHasABound() throws Exception {
        List<CryptoBench.Row> rows = CryptoBench.run(5, Duration.ofMillis(1));
        assertEquals(14, rows.size());
        for (CryptoBench.Row row : rows) {
            assertTrue(row.bound() > 0 && row.value() > 0, row.name());
            assertEquals(row.value() / row.bound(), row.ratio(), 1e-9);
        }
    }
}
