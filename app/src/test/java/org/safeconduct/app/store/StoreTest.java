package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;

/** What both databases must do; the two subclasses say where the store is. */
abstract class StoreTest {
    private static final int TRIES = 5;
    private static final int NO_CAP = 1_000_000;
    private static final long TODAY = 20_000;

    /** Opens an empty store. */
    abstract Store empty();

    /** Opens the store of {@link #empty} once more, as another node or process would. */
    abstract Store again();

    /** Does something behind the store's back. */
    abstract void execute(String... statements) throws SQLException;

    static Hash hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Right offer(String code, String person, int generation) {
        return new Right(hash(code), hash("scheme"), hash(person), generation, List.of("child", "-"), Optional.empty());
    }

    private static Issue issue(String person, int generation, String commitment, String... epochs) {
        return new Issue(hash(person), generation, List.of(epochs).stream()
                .map(epoch -> new Issue.Item(hash(epoch), hash(commitment + epoch))).toList(), TODAY, NO_CAP);
    }

    private static Issue capped(String person, long day) {
        return new Issue(hash(person), 0, List.of(new Issue.Item(hash("monday"), hash(person))), day, 2);
    }

    private static void add(Store store, Right offer, Hash tx) {
        assertEquals(true, store.write(tables -> tables.addRight(offer, tx, TRIES)));
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        try (Store store = empty()) {
            store.write(tables -> {
                tables.takeTurn();
                tables.append(0, hash("a"), new byte[] {1, 2});
                tables.append(1, hash("b"), new byte[] {3});
                tables.putCheckpoint(2, hash("root"), "note");
                tables.putMeta("key", new byte[] {9});
                tables.putEpochKey(hash("epoch"), new byte[] {7});
                return null;
            });
        }
        try (Store store = again()) {
            assertEquals(2, store.<Long>read(Tables::size));
            assertArrayEquals(new byte[] {3}, store.read(tables -> tables.lines(1)).getFirst());
            assertEquals("note", store.read(Tables::checkpoint).orElseThrow());
            assertArrayEquals(new byte[] {9}, store.read(tables -> tables.meta("key")).orElseThrow());
            assertArrayEquals(new byte[] {7}, store.read(tables -> tables.epochKey(hash("epoch"))).orElseThrow());
            assertTrue(store.read(tables -> tables.epochKey(hash("other"))).isEmpty());
        }
    }

    @Test
    void storeFromBeforeThereWereAuthoritiesKeepsWhatItHoldsAndTakesThem() throws SQLException {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), null);
            store.write(tables -> {
                tables.append(0, hash("a"), new byte[] {1, 2});
                return null;
            });
        }
        execute("drop table authority_key", "drop table warning_case", "drop table warning_batch", "drop table warning_index", "drop table warning_slip",
                "delete from flyway_schema_history where version = '2'");
        try (Store store = again()) {
            assertArrayEquals(new byte[] {1, 2}, store.read(tables -> tables.lines(0)).getFirst());
            assertEquals(hash("ada"), store.right(hash("code")).orElseThrow().person());
            store.write(tables -> {
                tables.authority().putKeys(hash("authority"), new byte[] {5});
                return null;
            });
        }
        try (Store store = again()) {
            assertArrayEquals(new byte[] {5}, store.read(tables -> tables.authority().keys(hash("authority"))).orElseThrow());
        }
    }

    @Test
    void storeOfANewerProgramIsLeftAlone() throws SQLException {
        empty().close();
        execute("insert into flyway_schema_history select 99, '99', 'later', 'SQL', 'V99__later.sql', 1, installed_by, installed_on, 1, true "
                + "from flyway_schema_history where version = '1'");
        assertEquals(StoreException.Kind.NEWER_SCHEMA, assertThrows(StoreException.class, () -> again().close()).kind());
    }

    @Test
    void actThatThrowsLeavesEverythingAsItWas() {
        try (Store store = empty()) {
            assertThrows(IllegalStateException.class, () -> store.write(tables -> {
                tables.append(0, hash("a"), new byte[] {1});
                throw new IllegalStateException("no");
            }));
            assertEquals(0, store.<Long>read(Tables::size));
        }
    }

    @Test
    void sizeIsNeverSignedWithTwoRoots() {
        try (Store store = empty()) {
            store.write(tables -> {
                tables.putCheckpoint(5, hash("root"), "first");
                tables.putCheckpoint(5, hash("root"), "cosigned again");
                return null;
            });
            StoreException refused = assertThrows(StoreException.class, () -> store.write(tables -> {
                tables.putCheckpoint(5, hash("other root"), "second");
                return null;
            }));
            assertEquals(StoreException.Kind.CONTRADICTION, refused.kind());
            assertEquals("cosigned again", store.read(Tables::checkpoint).orElseThrow());
        }
    }

    @Test
    void offerIsBoundToTheFirstWallet() {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), null);
            assertTrue(store.right(hash("code")).orElseThrow().wallet().isEmpty());
            assertEquals(Optional.of(hash("scheme")), store.redeem(hash("code"), null, hash("wallet")));
            assertEquals(Optional.of(hash("scheme")), store.redeem(hash("code"), null, hash("wallet")));
            assertEquals(Optional.empty(), store.redeem(hash("code"), null, hash("other wallet")));
            assertEquals(Optional.empty(), store.redeem(hash("unknown"), null, hash("wallet")));
            Right bound = store.right(hash("code")).orElseThrow();
            assertEquals(Optional.of(hash("wallet")), bound.wallet());
            assertEquals(List.of("child", "-"), bound.values());
        }
    }

    @Test
    void wrongSecondCodesLockTheOfferForGood() {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), hash("123456"));
            assertEquals(Optional.empty(), store.redeem(hash("code"), null, hash("wallet")));
            for (int i = 0; i < TRIES; i++) {
                assertEquals(Optional.empty(), store.redeem(hash("code"), hash("wrong" + i), hash("wallet")));
            }
        }
        try (Store store = again()) {
            assertEquals(Optional.empty(), store.redeem(hash("code"), hash("123456"), hash("wallet")));
        }
    }

    @Test
    void missingSecondCodeCostsNoTryAndTheLastTryStillCounts() {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), hash("123456"));
            for (int i = 1; i < TRIES; i++) {
                store.redeem(hash("code"), null, hash("wallet"));
                store.redeem(hash("code"), hash("wrong"), hash("wallet"));
            }
            assertTrue(store.redeem(hash("code"), hash("123456"), hash("wallet")).isPresent());
            assertTrue(store.redeem(hash("code"), null, hash("wallet")).isPresent(), "once bound, no second code is needed");
        }
    }

    @Test
    void secondCodeIsRefusedWhereNoneIsNeeded() {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), null);
            assertTrue(store.redeem(hash("code"), hash("123456"), hash("wallet")).isEmpty());
            assertTrue(store.redeem(hash("code"), null, hash("wallet")).isPresent());
        }
    }

    @Test
    void personHasOneOfferOfEachGeneration() {
        try (Store store = empty()) {
            add(store, offer("code", "ada", 0), null);
            assertEquals(false, store.write(tables -> tables.addRight(offer("code 2", "ada", 0), null, TRIES)));
            assertEquals(false, store.write(tables -> tables.addRight(offer("code", "bob", 0), null, TRIES)));
            assertEquals(1, store.<Long>read(tables -> tables.holders(hash("scheme"))));
        }
    }

    @Test
    void redeemedReplacementReleasesTheOldBinding() {
        try (Store store = empty()) {
            add(store, offer("old", "ada", 0), null);
            store.redeem(hash("old"), null, hash("wallet"));
            store.issue(issue("ada", 0, "first", "monday"));
            add(store, offer("new", "ada", 1), null);
            assertTrue(store.redeem(hash("old"), null, hash("wallet")).isPresent(), "until the new one is redeemed");
            assertTrue(store.redeem(hash("new"), null, hash("new wallet")).isPresent());
            assertTrue(store.redeem(hash("old"), null, hash("wallet")).isEmpty());
            assertEquals(Issue.Outcome.ISSUED, store.issue(issue("ada", 1, "second", "monday")));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, store.issue(issue("ada", 1, "third", "monday")));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, store.issue(issue("ada", 0, "first", "monday")), "the lost wallet comes late");
            assertEquals(new Tables.Issued(2, 1), store.read(tables -> tables.issued(hash("monday"))));
        }
    }

    @Test
    void epochIsSpentByOneCommitment() {
        try (Store store = empty()) {
            assertEquals(Issue.Outcome.ISSUED, store.issue(issue("ada", 0, "c", "monday", "tuesday")));
            assertEquals(Issue.Outcome.AGAIN, store.issue(issue("ada", 0, "c", "monday", "tuesday")));
            assertEquals(Issue.Outcome.ISSUED, store.issue(issue("bob", 0, "c", "monday")));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, store.issue(issue("ada", 0, "other", "monday")));
            assertEquals(new Tables.Issued(2, 0), store.read(tables -> tables.issued(hash("monday"))));
        }
    }

    @Test
    void requestWithOneSpentEpochWritesNothing() {
        try (Store store = empty()) {
            store.issue(issue("ada", 0, "c", "monday"));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, store.issue(issue("ada", 0, "other", "tuesday", "monday")));
            assertEquals(new Tables.Issued(0, 0), store.read(tables -> tables.issued(hash("tuesday"))));
            assertEquals(Issue.Outcome.ISSUED, store.issue(issue("ada", 0, "third", "tuesday")));
        }
    }

    @Test
    void dailyCapHoldsAndRetriesDoNotCount() {
        try (Store store = empty()) {
            for (String person : List.of("ada", "bob", "ada", "bob")) {
                store.issue(capped(person, TODAY));
            }
            assertEquals(Issue.Outcome.DAILY_CAP, store.issue(capped("eve", TODAY)));
            assertEquals(Issue.Outcome.AGAIN, store.issue(capped("ada", TODAY)));
            assertEquals(Issue.Outcome.ISSUED, store.issue(capped("eve", TODAY + 1)));
        }
    }

    @Test
    void closedEpochIsForgotten() {
        try (Store store = empty()) {
            store.issue(issue("ada", 0, "c", "monday", "tuesday"));
            store.write(tables -> {
                tables.putEpochKey(hash("monday"), new byte[] {1});
                tables.forgetEpoch(hash("monday"));
                return null;
            });
            assertEquals(new Tables.Issued(0, 0), store.read(tables -> tables.issued(hash("monday"))));
            assertEquals(new Tables.Issued(1, 0), store.read(tables -> tables.issued(hash("tuesday"))));
            assertTrue(store.read(tables -> tables.epochKey(hash("monday"))).isEmpty());
        }
    }

    @Test
    void hundredsAtOnceGetOneRightEachOnTwoNodes() throws Exception {
        int persons = 300;
        int cap = 250;
        try (Store one = empty(); Store two = again(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Issue.Outcome>> requests = new ArrayList<>();
            for (int i = 0; i < 2 * persons; i++) {
                String person = "person" + i % persons;
                if (i < persons) {
                    add(one, offer(person, person, 0), null);
                }
                Store node = i % 3 == 0 ? one : two;
                Hash wallet = hash("wallet" + i / persons);
                Issue issue = new Issue(hash(person), 0, List.of(new Issue.Item(hash("monday"), wallet)), TODAY, cap);
                requests.add(() -> node.redeem(hash(person), null, wallet).isEmpty() ? null : node.issue(issue));
            }
            List<Issue.Outcome> outcomes = new ArrayList<>();
            for (Future<Issue.Outcome> answer : threads.invokeAll(requests)) {
                outcomes.add(answer.get());
            }
            assertEquals(persons, outcomes.stream().filter(outcome -> outcome == null).count(), "of two wallets one is refused");
            assertEquals(cap, outcomes.stream().filter(outcome -> outcome == Issue.Outcome.ISSUED).count());
            assertEquals(persons - cap, outcomes.stream().filter(outcome -> outcome == Issue.Outcome.DAILY_CAP).count());
            assertEquals(new Tables.Issued(cap, 0), one.read(tables -> tables.issued(hash("monday"))));
        }
    }

    @Test
    void requestsBeyondTheQueueAreRefusedAndTheOthersAreServed() throws Exception {
        int requests = GroupCommit.LONGEST_QUEUE + 2 * GroupCommit.LARGEST_GROUP;
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger overloaded = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        try (Store store = empty(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> store.write(tables -> {
                held.countDown();
                return waitFor(release);
            }));
            held.await();
            for (int i = 0; i < requests; i++) {
                threads.submit(() -> {
                    try {
                        store.redeem(hash("unknown"), null, hash("wallet"));
                        served.incrementAndGet();
                    } catch (StoreException e) {
                        // The first refusal shows that the queue is full: then the writer may go on.
                        assertEquals(StoreException.Kind.OVERLOADED, e.kind());
                        overloaded.incrementAndGet();
                        release.countDown();
                    }
                });
            }
        }
        assertTrue(overloaded.get() > 0 && overloaded.get() <= 2 * GroupCommit.LARGEST_GROUP, "refused " + overloaded);
        assertEquals(requests, served.get() + overloaded.get());
    }

    @Test
    void readersDoNotWaitForAWriter() {
        try (Store store = empty()) {
            long seen = store.write(tables -> {
                tables.append(0, hash("a"), new byte[] {1});
                return store.read(Tables::size);
            });
            assertEquals(0, seen, "what is not committed is not seen");
            assertEquals(1, (long) store.read(Tables::size));
        }
    }

    @Test
    void tokenOfACaseCountsOnceOnAllNodesAndAClosedCaseKeepsNoUpload() throws Exception {
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
    void oldBatchesAndSlipsAreForgottenButTheNewestOfEachRegion() {
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
    void casesOfHoursThatNoPhoneHoldsAreForgottenWithWhatVenuesSent() {
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

    private static Object waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
