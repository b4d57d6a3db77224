package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * nodes of one office cannot block each other in a circle. If a group fails, each of its requests is tried once more
 * alone, so that one bad request cannot fail the others.
 *
 * <p>It speaks JDBC, not Jdbi: at thousands of requests a second the statements are prepared once.
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
    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Thread thread;
    private volatile boolean open = true;
    /** Touched by the thread alone. */
    private Statements prepared;

    GroupCommit(HikariDataSource writer) {
        this.writer = writer;
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
                group.forEach(waiting -> commit(List.of(waiting)));
            }
        }
    }

    private void transact(List<Waiting<?>> group) throws SQLException {
        List<Redeeming> redeemings = new ArrayList<>();
        List<Issuing> issuings = new ArrayList<>();
        for (Waiting<?> waiting : group) {
            switch (waiting) {
                case Redeeming redeeming -> redeemings.add(redeeming);
                case Issuing issuing -> issuings.add(issuing);
            }
        }
        try (Connection connection = writer.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Statements sql = statements(connection.unwrap(Connection.class));
                redeemAll(sql, redeemings);
                issueAll(sql, issuings);
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
        prepared = null;
        writer.evictConnection(connection);
    }

    /** The pool hands out the same connection until it breaks; its statements are prepared once. */
    private Statements statements(Connection connection) {
        if (prepared == null || prepared.connection != connection) {
            prepared = new Statements(connection);
        }
        return prepared;
    }

    private static void redeemAll(Statements sql, List<Redeeming> redeemings) throws SQLException {
        redeemings.sort(Comparator.comparing(redeeming -> redeeming.offer));
        boolean refused = false;
        for (Redeeming redeeming : redeemings) {
            redeeming.result = sql.redeem(redeeming);
            refused |= redeeming.result.isEmpty();
        }
        if (refused) {
            sql.bind(new Redeeming(DECOY, DECOY, DECOY));
        }
    }

    private static void issueAll(Statements sql, List<Issuing> issuings) throws SQLException {
        Map<Hash, Day> days = new HashMap<>();
        List<Hash> epochs = issuings.stream().flatMap(issuing -> issuing.issue.items().stream()).map(Issue.Item::epoch)
                .distinct().sorted().toList();
        for (Hash epoch : epochs) {
            // A group lasts milliseconds; at midnight its requests may count for the day of the first of them.
            long day = issuings.getFirst().issue.day();
            days.put(epoch, new Day(day, sql.openDay(epoch, day)));
        }
        issuings.sort(Comparator.comparing(issuing -> issuing.issue.person()));
        for (Issuing issuing : issuings) {
            issuing.result = sql.issue(issuing.issue, days);
        }
        for (Map.Entry<Hash, Day> entry : days.entrySet()) {
            sql.addToDay(entry.getKey(), entry.getValue());
        }
    }

    /** Passes of one epoch on one day: before this group, and added by it. */
    private static final class Day {
        final long day;
        final long before;
        long added;

        Day(long day, long before) {
            this.day = day;
            this.before = before;
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

    /** The prepared statements of a connection; they end with it. */
    private static final class Statements {
        private final Connection connection;
        private final Map<String, PreparedStatement> prepared = new HashMap<>();

        Statements(Connection connection) {
            this.connection = connection;
        }

        Optional<Hash> redeem(Redeeming redeeming) throws SQLException {
            Optional<Hash> bound = bind(redeeming);
            // Asked for every refusal and every later redemption alike.
            return bound.isPresent() ? bound : query("offer-bound", statement -> statement.setBytes(1, redeeming.offer.bytes()),
                    row -> Arrays.equals(redeeming.wallet.bytes(), row.getBytes(1)) ? Tables.hash(row.getBytes(2)) : null);
        }

        /** Returns the scheme if the offer was open, the second code fits, and it is now bound to the wallet. */
        Optional<Hash> bind(Redeeming redeeming) throws SQLException {
            Optional<Bound> bound = query("offer-bind", statement -> {
                setHash(statement, 1, redeeming.tx);
                statement.setBytes(2, redeeming.wallet.bytes());
                setHash(statement, 3, redeeming.tx);
                setHash(statement, 4, redeeming.tx);
                statement.setBytes(5, redeeming.offer.bytes());
            }, row -> row.getBytes(1) == null ? null
                    : new Bound(Tables.hash(row.getBytes(2)), Tables.hash(row.getBytes(3)), row.getInt(4)));
            if (bound.isPresent() && bound.get().generation > 0) {
                release(bound.get());
            }
            return bound.map(Bound::scheme);
        }

        private void release(Bound bound) throws SQLException {
            PreparedStatement statement = prepare("offer-release");
            statement.setBytes(1, bound.scheme.bytes());
            statement.setBytes(2, bound.person.bytes());
            statement.setInt(3, bound.generation);
            statement.executeUpdate();
        }

        private record Bound(Hash scheme, Hash person, int generation) {}

        long openDay(Hash epoch, long day) throws SQLException {
            return query("day-open", statement -> {
                statement.setBytes(1, epoch.bytes());
                statement.setLong(2, day);
            }, row -> row.getLong(1)).orElseThrow();
        }

        void addToDay(Hash epoch, Day day) throws SQLException {
            PreparedStatement statement = prepare("day-add");
            statement.setLong(1, day.added);
            statement.setBytes(2, epoch.bytes());
            statement.setLong(3, day.day);
            statement.executeUpdate();
        }

        /** All or nothing (spec/http.md section 5.2): looks at every item before it writes the first. */
        Issue.Outcome issue(Issue issue, Map<Hash, Day> days) throws SQLException {
            List<Issue.Item> added = new ArrayList<>();
            List<Issue.Item> replaced = new ArrayList<>();
            for (Issue.Item item : issue.items()) {
                Optional<Spent> spent = spent(item.epoch(), issue.person());
                if (spent.isEmpty()) {
                    added.add(item);
                } else if (!spent.get().commitment.equals(item.commitment())) {
                    if (spent.get().generation >= issue.generation()) {
                        return Issue.Outcome.ALREADY_ISSUED;
                    }
                    replaced.add(item);
                } else {
                    continue;
                }
                Day day = days.get(item.epoch());
                if (day.before + day.added >= issue.dailyCap()) {
                    return Issue.Outcome.DAILY_CAP;
                }
            }
            for (Issue.Item item : added) {
                write("issued-add", item, issue, 3);
                days.get(item.epoch()).added++;
            }
            for (Issue.Item item : replaced) {
                write("issued-replace", item, issue, 1);
                days.get(item.epoch()).added++;
            }
            return added.isEmpty() && replaced.isEmpty() ? Issue.Outcome.AGAIN : Issue.Outcome.ISSUED;
        }

        private record Spent(Hash commitment, int generation) {}

        private Optional<Spent> spent(Hash epoch, Hash person) throws SQLException {
            return query("issued-find", statement -> {
                statement.setBytes(1, epoch.bytes());
                statement.setBytes(2, person.bytes());
            }, row -> new Spent(Tables.hash(row.getBytes(1)), row.getInt(2)));
        }

        /** Both statements take commitment and generation together and epoch and person together, in either order. */
        private void write(String name, Issue.Item item, Issue issue, int first) throws SQLException {
            PreparedStatement statement = prepare(name);
            statement.setBytes(first, item.commitment().bytes());
            statement.setInt(first + 1, issue.generation());
            statement.setBytes(4 - first, item.epoch().bytes());
            statement.setBytes(5 - first, issue.person().bytes());
            statement.executeUpdate();
        }

        private <T> Optional<T> query(String name, Setter setter, Reader<T> reader) throws SQLException {
            PreparedStatement statement = prepare(name);
            setter.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(reader.read(rows)) : Optional.empty();
            }
        }

        private PreparedStatement prepare(String name) throws SQLException {
            PreparedStatement statement = prepared.get(name);
            if (statement == null) {
                statement = connection.prepareStatement(Sql.text(name));
                prepared.put(name, statement);
            }
            return statement;
        }

        private static void setHash(PreparedStatement statement, int index, Hash hash) throws SQLException {
            if (hash == null) {
                statement.setNull(index, Types.BINARY);
            } else {
                statement.setBytes(index, hash.bytes());
            }
        }
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
