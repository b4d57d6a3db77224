package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
abstract class StoreTest implements AuthorityStoreTests {
    private static final int TRIES = 5;
    private static final int NO_CAP = 1_000_000;
    private static final long TODAY = 20_000;

    /** Does something behind the store's back. */
    abstract void execute(String... statements) throws SQLException;

    static Hash hash(String text) {
        return AuthorityStoreTests.hash(text);
    }

    private static Right offer(String code, String person, int generation) {
        return new Right(hash(code), hash("scheme"), hash(person), generation, List.of("child", "-"), Optional.empty());
    }

    /** Of a code that is bound to a wallet of the same name. */
    private static Issue issue(String code, String commitment, String... epochs) {
        return new Issue(hash(code), hash(code), List.of(epochs).stream()
                .map(epoch -> new Issue.Item(hash(epoch), hash(commitment + epoch))).toList(), TODAY, NO_CAP);
    }

    private static Issue capped(String code, long day) {
        return new Issue(hash(code), hash(code), List.of(new Issue.Item(hash("monday"), hash(code))), day, 2);
    }

    /** Enrols persons whose codes have their names, and redeems them with wallets that have them too. */
    private static void redeemed(Store store, String... persons) {
        for (String person : persons) {
            add(store, offer(person, person, 0), null);
            store.redeem(hash(person), null, hash(person));
        }
    }

    private static Issue.Outcome outcome(Store store, Issue issue) {
        return store.issue(issue).outcome();
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
            store.redeem(hash("old"), null, hash("old"));
            store.issue(issue("old", "first", "monday"));
            add(store, offer("new", "ada", 1), null);
            assertTrue(store.redeem(hash("old"), null, hash("old")).isPresent(), "until the new one is redeemed");
            assertEquals(Issue.Outcome.ISSUED, outcome(store, issue("old", "first", "tuesday")));
            assertTrue(store.redeem(hash("new"), null, hash("new")).isPresent());
            assertTrue(store.redeem(hash("old"), null, hash("old")).isEmpty());
            assertEquals(Issue.Outcome.ISSUED, outcome(store, issue("new", "second", "monday")));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, outcome(store, issue("new", "third", "monday")));
            assertEquals(Issue.Outcome.NO_RIGHT, outcome(store, issue("old", "first", "monday")), "the lost wallet comes late");
            assertEquals(Issue.Outcome.NO_RIGHT, outcome(store, issue("old", "first", "wednesday")), "and gets nothing new either");
            assertEquals(new Tables.Issued(2, 1), store.read(tables -> tables.issued(hash("monday"))));
        }
    }

    @Test
    void rightIsSpentByTheWalletThatItIsBoundToAlone() {
        try (Store store = empty()) {
            assertEquals(new Issue.Answer(Issue.Outcome.NO_RIGHT, Optional.empty()), store.issue(issue("ada", "c", "monday")), "never enrolled");
            add(store, offer("ada", "ada", 0), null);
            assertEquals(Issue.Outcome.NO_RIGHT, outcome(store, issue("ada", "c", "monday")), "not redeemed");
            store.redeem(hash("ada"), null, hash("ada"));
            Issue.Item item = new Issue.Item(hash("monday"), hash("c"));
            assertEquals(Issue.Outcome.NO_RIGHT, outcome(store, new Issue(hash("ada"), hash("other wallet"), List.of(item), TODAY, NO_CAP)));
            assertEquals(new Tables.Issued(0, 0), store.read(tables -> tables.issued(hash("monday"))));
            Issue.Answer answer = store.issue(issue("ada", "c", "monday"));
            assertEquals(Issue.Outcome.ISSUED, answer.outcome());
            assertEquals(store.right(hash("ada")), answer.right());
            store.write(tables -> tables.withdraw(hash("scheme"), hash("ada"), false));
            assertEquals(Issue.Outcome.NO_RIGHT, outcome(store, issue("ada", "c", "tuesday")), "withdrawn");
        }
    }

    @Test
    void epochIsSpentByOneCommitment() {
        try (Store store = empty()) {
            redeemed(store, "ada", "bob");
            assertEquals(Issue.Outcome.ISSUED, outcome(store, issue("ada", "c", "monday", "tuesday")));
            assertEquals(Issue.Outcome.AGAIN, outcome(store, issue("ada", "c", "monday", "tuesday")));
            assertEquals(Issue.Outcome.ISSUED, outcome(store, issue("bob", "c", "monday")));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, outcome(store, issue("ada", "other", "monday")));
            assertEquals(new Tables.Issued(2, 0), store.read(tables -> tables.issued(hash("monday"))));
        }
    }

    @Test
    void requestWithOneSpentEpochWritesNothing() {
        try (Store store = empty()) {
            redeemed(store, "ada");
            store.issue(issue("ada", "c", "monday"));
            assertEquals(Issue.Outcome.ALREADY_ISSUED, outcome(store, issue("ada", "other", "tuesday", "monday")));
            assertEquals(new Tables.Issued(0, 0), store.read(tables -> tables.issued(hash("tuesday"))));
            assertEquals(Issue.Outcome.ISSUED, outcome(store, issue("ada", "third", "tuesday")));
        }
    }

    @Test
    void dailyCapHoldsAndRetriesDoNotCount() {
        try (Store store = empty()) {
            redeemed(store, "ada", "bob", "eve");
            for (String person : List.of("ada", "bob", "ada", "bob")) {
                store.issue(capped(person, TODAY));
            }
            assertEquals(Issue.Outcome.DAILY_CAP, outcome(store, capped("eve", TODAY)));
            assertEquals(Issue.Outcome.AGAIN, outcome(store, capped("ada", TODAY)));
            assertEquals(Issue.Outcome.ISSUED, outcome(store, capped("eve", TODAY + 1)));
        }
    }

    @Test
    void closedEpochIsForgotten() {
        try (Store store = empty()) {
            redeemed(store, "ada");
            store.issue(issue("ada", "c", "monday", "tuesday"));
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
                Issue issue = new Issue(hash(person), wallet, List.of(new Issue.Item(hash("monday"), wallet)), TODAY, cap);
                requests.add(() -> node.redeem(hash(person), null, wallet).isEmpty() ? null : outcome(node, issue));
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
        int requests = Gathering.LONGEST_QUEUE + 2 * Gathering.LARGEST_GROUP;
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
        assertTrue(overloaded.get() > 0 && overloaded.get() <= 2 * Gathering.LARGEST_GROUP, "refused " + overloaded);
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

    private static Object waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
