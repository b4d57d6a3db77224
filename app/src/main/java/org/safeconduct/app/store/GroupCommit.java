package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.safeconduct.core.wire.Hash;

/**
 * The writer of issuing: takes the requests that wait, carries them out in one transaction and answers them after its
 * commit. While one group is being made durable, the next one gathers; nothing waits for a timer.
 *
 * <p>Within a group all rows are locked in one order (offers, the decoy, days, passes; each ascending), so that the
 * nodes of one office cannot block each other in a circle. If a group fails, its halves are tried, down to single
 * requests, so that one bad request cannot fail the others.
 */
final class GroupCommit implements AutoCloseable {
    /** Most requests in one transaction: beyond it the gain is small and the wait of the first grows. */
    static final int LARGEST_GROUP = 256;
    /** Most requests that wait; more are refused at once, because a late answer is asked for twice. */
    static final int LONGEST_QUEUE = 4096;
    private static final int SECONDS_TO_ANSWER = 1;
    /** The offer that refusals write to, so that a refusal costs the same work whatever its reason. */
    static final Hash DECOY = Tables.hash(new byte[Hash.LENGTH]);

    private final HikariDataSource writer;
    private final boolean postgres;
    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread thread;
    private volatile boolean open = true;
    /** Touched by the thread alone. */
    private GroupRows rows;

    /** @param postgres whether a group's rows are sent together, because each statement is a trip to the server */
    GroupCommit(HikariDataSource writer, boolean postgres) {
        this.writer = writer;
        this.postgres = postgres;
        this.thread = Thread.ofPlatform().name("group commit").daemon().start(this::run);
    }

    /** Redeems an offer; see {@link Store#redeem}. */
    Optional<Hash> redeem(Hash offer, Hash tx, Hash wallet) {
        return await(new Redeeming(offer, tx, wallet));
    }

    /** Spends rights; see {@link Store#issue}. */
    Issue.Outcome issue(Issue issue) {
        return await(new Issuing(issue));
    }

    private <T> T await(Waiting<T> waiting) {
        if (!open || !queue.offer(waiting)) {
            throw new StoreException(open ? StoreException.Kind.OVERLOADED : StoreException.Kind.DOWN);
        }
        try {
            return waiting.answer.join();
        } catch (CompletionException e) {
            throw StoreException.of(e.getCause());
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>(LARGEST_GROUP);
        try {
            while (open) {
                group.add(queue.take());
                queue.drainTo(group, LARGEST_GROUP - 1);
                commit(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            open = false;
        }
        queue.drainTo(group);
        group.forEach(waiting -> waiting.fail(new StoreException(StoreException.Kind.DOWN)));
    }

    private void commit(List<Waiting<?>> group) {
        try {
            transact(group);
            group.forEach(Waiting::succeed);
        } catch (SQLException | RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().fail(e);
            } else {
                int half = group.size() / 2;
                commit(group.subList(0, half));
                commit(group.subList(half, group.size()));
            }
        }
    }

    private void transact(List<Waiting<?>> group) throws SQLException {
        List<Redeeming> redeemings = new ArrayList<>();
        List<Issuing> issuings = new ArrayList<>();
        for (Waiting<?> waiting : group) {
            // Of a try that failed.
            waiting.result = null;
            switch (waiting) {
                case Redeeming redeeming -> redeemings.add(redeeming);
                case Issuing issuing -> issuings.add(issuing);
            }
        }
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                GroupRows there = rows(connection.unwrap(Connection.class));
                redeemAll(there, redeemings);
                if (!issuings.isEmpty()) {
                    issueAll(there, issuings);
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        }
    }

    /** The pool does not see what happens to statements that it did not make: a broken connection is taken from it here. */
    private void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
            if (connection.isValid(SECONDS_TO_ANSWER)) {
                return;
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        rows = null;
        writer.evictConnection(connection);
    }

    /** The pool hands out the same connection until it breaks; its statements are prepared once. */
    private GroupRows rows(Connection connection) {
        if (rows == null || rows.connection() != connection) {
            rows = postgres ? new RowsTogether(connection) : new RowsOneByOne(connection);
        }
        return rows;
    }

    private static void redeemAll(GroupRows rows, List<Redeeming> redeemings) throws SQLException {
        redeemings.sort(Comparator.comparing(redeeming -> redeeming.offer));
        List<Redeeming> left = redeemings;
        while (!left.isEmpty()) {
            // Whoever redeems an offer a second time in one group sees what the first one did.
            Map<Hash, Redeeming> first = new LinkedHashMap<>();
            List<Redeeming> again = new ArrayList<>();
            for (Redeeming redeeming : left) {
                if (first.putIfAbsent(redeeming.offer, redeeming) != null) {
                    again.add(redeeming);
                }
            }
            redeemEach(rows, first);
            left = again;
        }
        if (redeemings.stream().anyMatch(redeeming -> redeeming.result.isEmpty())) {
            rows.bind(List.of(new GroupRows.Try(DECOY, DECOY, DECOY)));
        }
    }

    private static void redeemEach(GroupRows rows, Map<Hash, Redeeming> redeemings) throws SQLException {
        List<GroupRows.Bound> bound = rows.bind(redeemings.values().stream().map(one -> new GroupRows.Try(one.offer, one.tx, one.wallet)).toList());
        for (GroupRows.Bound one : bound) {
            redeemings.get(one.offer()).result = Optional.of(one.scheme());
            if (one.generation() > 0) {
                rows.release(one);
            }
        }
        // Asked for every refusal and every later redemption alike.
        List<Hash> others = redeemings.values().stream().filter(one -> one.result == null).map(one -> one.offer).toList();
        Map<Hash, GroupRows.Binding> before = others.isEmpty() ? Map.of() : rows.bindings(others);
        for (Hash offer : others) {
            Redeeming redeeming = redeemings.get(offer);
            redeeming.result = Optional.ofNullable(before.get(offer)).filter(binding -> redeeming.wallet.equals(binding.wallet()))
                    .map(GroupRows.Binding::scheme);
        }
    }

    private static void issueAll(GroupRows rows, List<Issuing> issuings) throws SQLException {
        issuings.sort(Comparator.comparing(issuing -> issuing.issue.person()));
        Map<Hash, Day> days = new TreeMap<>();
        Set<GroupRows.Spot> spots = new LinkedHashSet<>();
        for (Issuing issuing : issuings) {
            for (Issue.Item item : issuing.issue.items()) {
                // A group lasts milliseconds; at midnight its requests may count for the day of the first of them.
                days.computeIfAbsent(item.epoch(), epoch -> new Day(issuings.getFirst().issue.day()));
                spots.add(new GroupRows.Spot(item.epoch(), issuing.issue.person()));
            }
        }
        for (Map.Entry<Hash, Day> entry : days.entrySet()) {
            entry.getValue().before = rows.openDay(entry.getKey(), entry.getValue().day);
        }
        Ledger ledger = new Ledger(days, new HashMap<>(rows.spent(spots)));
        issuings.forEach(issuing -> issuing.result = ledger.decide(issuing.issue));
        rows.add(ledger.added);
        for (GroupRows.Row row : ledger.replaced) {
            rows.replace(row);
        }
        for (Map.Entry<Hash, Day> entry : days.entrySet()) {
            rows.addToDay(entry.getKey(), entry.getValue().day, entry.getValue().added);
        }
    }

    /** What a group has decided so far; what it will write. */
    private static final class Ledger {
        final Map<Hash, Day> days;
        final Map<GroupRows.Spot, GroupRows.Spent> spent;
        final List<GroupRows.Row> added = new ArrayList<>();
        final List<GroupRows.Row> replaced = new ArrayList<>();

        Ledger(Map<Hash, Day> days, Map<GroupRows.Spot, GroupRows.Spent> spent) {
            this.days = days;
            this.spent = spent;
        }

        /** All or nothing (spec/http.md section 5.2): looks at every item before it notes the first. */
        Issue.Outcome decide(Issue issue) {
            List<GroupRows.Row> add = new ArrayList<>();
            List<GroupRows.Row> replace = new ArrayList<>();
            for (Issue.Item item : issue.items()) {
                GroupRows.Spot spot = new GroupRows.Spot(item.epoch(), issue.person());
                GroupRows.Spent now = new GroupRows.Spent(item.commitment(), issue.generation());
                GroupRows.Spent before = spent.get(spot);
                if (before == null) {
                    add.add(new GroupRows.Row(spot, now));
                } else if (!before.commitment().equals(item.commitment())) {
                    if (before.generation() >= issue.generation()) {
                        return Issue.Outcome.ALREADY_ISSUED;
                    }
                    replace.add(new GroupRows.Row(spot, now));
                } else {
                    continue;
                }
                Day day = days.get(item.epoch());
                if (day.before + day.added >= issue.dailyCap()) {
                    return Issue.Outcome.DAILY_CAP;
                }
            }
            note(add, added);
            note(replace, replaced);
            return add.isEmpty() && replace.isEmpty() ? Issue.Outcome.AGAIN : Issue.Outcome.ISSUED;
        }

        private void note(List<GroupRows.Row> rows, List<GroupRows.Row> where) {
            for (GroupRows.Row row : rows) {
                where.add(row);
                spent.put(row.spot(), row.spent());
                days.get(row.spot().epoch()).added++;
            }
        }
    }

    /** Passes of one epoch on one day: before this group, and added by it. */
    private static final class Day {
        final long day;
        long before;
        long added;

        Day(long day) {
            this.day = day;
        }
    }

    /** A request and the future its caller waits for. */
    private abstract static sealed class Waiting<T> permits Redeeming, Issuing {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        T result;

        void succeed() {
            answer.complete(result);
        }

        void fail(Exception e) {
            answer.completeExceptionally(e);
        }
    }

    private static final class Redeeming extends Waiting<Optional<Hash>> {
        final Hash offer;
        final Hash tx;
        final Hash wallet;

        Redeeming(Hash offer, Hash tx, Hash wallet) {
            this.offer = offer;
            this.tx = tx;
            this.wallet = wallet;
        }
    }

    private static final class Issuing extends Waiting<Issue.Outcome> {
        final Issue issue;

        Issuing(Issue issue) {
            this.issue = issue;
        }
    }
}
