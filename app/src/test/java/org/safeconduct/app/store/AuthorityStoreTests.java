package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;

/** What both databases must do with cases, batches and slips. */
interface AuthorityStoreTests {
    /** Opens an empty store. */
    Store empty();

    /** Opens the store of {@link #empty} once more, as another node or process would. */
    Store again();

    static Hash hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    default void tokenOfACaseCountsOnceOnAllNodesAndAClosedCaseKeepsNoUpload() throws Exception {
        byte[] sent = {1, 2, 3};
        try (Store one = empty(); Store two = again(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals(1, (long) one.write(tables -> tables.authority().addCase(hash("token"), 0, 5, 7)));
            assertEquals(2, (long) two.write(tables -> tables.authority().addCase(hash("other"), 3, 5, 5)));
            List<Callable<Boolean>> nodes = List.of(() -> one.write(tables -> tables.authority().takeUpload(1, sent)),
                    () -> two.write(tables -> tables.authority().takeUpload(1, sent)));
            int taken = 0;
            for (Future<Boolean> answer : threads.invokeAll(nodes)) {
                taken += answer.get() ? 1 : 0;
            }
            assertEquals(1, taken);
            assertEquals(Optional.empty(), two.read(tables -> tables.authority().openCase(hash("token"))));
            assertArrayEquals(sent, two.read(tables -> tables.authority().upload(1)).orElseThrow());
            assertEquals(true, one.write(tables -> tables.authority().closeCase(1, StoredCase.State.PUBLISHED)));
            assertEquals(false, two.write(tables -> tables.authority().closeCase(1, StoredCase.State.WITHDRAWN)));
            assertEquals(Optional.empty(), two.read(tables -> tables.authority().upload(1)));
            assertEquals(List.of(new StoredCase(1, hash("token"), 0, 5, 7, StoredCase.State.PUBLISHED),
                    new StoredCase(2, hash("other"), 3, 5, 5, StoredCase.State.OPEN)), two.read(tables -> tables.authority().cases()));
        }
    }

    @Test
    default void oldBatchesAndSlipsAreForgottenButTheNewestOfEachRegion() {
        try (Store store = empty()) {
            store.write(tables -> {
                AuthorityTables authority = tables.authority();
                for (int i = 0; i < 4; i++) {
                    authority.addBatch(new AuthorityTables.Batch(i / 2, i % 2, hash("file" + i), 10 + i % 2), new byte[] {(byte) i});
                }
                authority.addSlips(List.of(new AuthorityTables.Slip(5, "AAAAAAAA")), 10);
                authority.addSlips(List.of(new AuthorityTables.Slip(4, "BBBBBBBB")), 11);
                authority.addSlips(List.of(new AuthorityTables.Slip(4, "BBBBBBBB")), 12);
                authority.putIndex(hash("authority"), new byte[] {1});
                authority.putIndex(hash("authority"), new byte[] {2});
                authority.putKeys(hash("authority"), new byte[] {3});
                return null;
            });
            store.write(tables -> {
                assertEquals(2, tables.authority().batchesAfter(10).size());
                tables.authority().forgetUntil(11);
                return null;
            });
            assertEquals(List.of(), store.read(tables -> tables.authority().slipsAfter(0)));
            assertEquals(List.of(hash("file1"), hash("file3")), store.read(tables ->
                    tables.authority().batchesAfter(0).stream().map(AuthorityTables.Batch::file).toList()));
            assertEquals(new AuthorityTables.Batch(1, 1, hash("file3"), 11), store.read(tables -> tables.authority().lastBatch(1)).orElseThrow());
            assertEquals(Optional.empty(), store.read(tables -> tables.authority().batch(hash("file0"))));
            assertArrayEquals(new byte[] {2}, store.read(tables -> tables.authority().index()).orElseThrow());
            assertArrayEquals(new byte[] {3}, store.read(tables -> tables.authority().keys(hash("authority"))).orElseThrow());
        }
    }

    @Test
    default void casesOfHoursThatNoPhoneHoldsAreForgottenWithWhatVenuesSent() {
        try (Store store = empty()) {
            store.write(tables -> {
                for (int i = 1; i <= 4; i++) {
                    tables.authority().addCase(hash("token" + i), 0, 5, i == 2 ? 90 : 7);
                    tables.authority().takeUpload(i, new byte[] {(byte) i});
                }
                return tables.authority().closeCase(3, StoredCase.State.WITHDRAWN);
            });
            assertEquals(3, (int) store.write(tables -> tables.authority().forgetCases(8)));
            assertEquals(List.of(2L, 4L), store.read(tables -> tables.authority().cases().stream().map(StoredCase::number).toList()));
            assertTrue(store.read(tables -> tables.authority().upload(2)).isPresent(), "its hours are not over");
            assertEquals(Optional.empty(), store.read(tables -> tables.authority().upload(4)));
            assertEquals(5, (long) store.write(tables -> tables.authority().addCase(hash("next"), 0, 5, 7)));
            assertEquals(1, (int) store.write(tables -> tables.authority().forgetCases(8)), "once");
        }
    }
}
