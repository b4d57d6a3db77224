package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.safeconduct.core.wire.Hash;

/**
 * The writer of issuing: takes the requests that wait, carries them out in one transaction and answers them after its
 * commit. While one group is being made durable, the next one gathers.
 *
 * <p>Within a group all rows are locked in one order (offers, the decoy, days, passes; each ascending), so that the
 * nodes of one office cannot block each other in a circle. If a group fails, its halves are tried, down to single
 * requests, so that one bad request cannot fail the others.
 */
final class GroupCommit implements AutoCloseable {
    private static final int SECONDS_TO_ANSWER = 1;
    /** The offer that refusals write to, so that a refusal costs the same work whatever its reason. */
    static final Hash DECOY = Tables.hash(new byte[Hash.LENGTH]);

    private final HikariDataSource writer;
    private final boolean postgres;
    private final Gathering<Waiting> gathering;
    /** Touched by its thread alone. */
    private GroupRows rows;

    /** @param postgres whether a group's rows are sent together, because each statement is a trip to the server */
    GroupCommit(HikariDataSource writer, boolean postgres) {
        this.writer = writer;
        this.postgres = postgres;
        this.gathering = new Gathering<>("group commit", this::commit);
    }

    /** Redeems an offer; see {@link Store#redeem}. */
    Optional<Hash> redeem(Hash offer, Hash tx, Hash wallet) {
        Redeeming redeeming = new Redeeming(offer, tx, wallet);
        gathering.await(redeeming);
        return redeeming.result;
    }

    /** Spends rights; see {@link Store#issue}. */
    Issue.Answer issue(Issue issue) {
        Issuing issuing = new Issuing(issue);
        gathering.await(issuing);
        return new Issue.Answer(issuing.result, issuing.right);
    }

    @Override
    public void close() {
        gathering.close();
    }

    private void commit(List<Waiting> group) {
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

    private void transact(List<Waiting> group) throws SQLException {
        List<Redeeming> redeemings = new ArrayList<>();
        List<Issuing> issuings = new ArrayList<>();
        for (Waiting waiting : group) {
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
        // Of a try that failed.
        redeemings.forEach(redeeming -> redeeming.result = null);
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
        Map<Hash, Right> before = others.isEmpty() ? Map.of() : rows.rights(others);
        for (Hash offer : others) {
            Redeeming redeeming = redeemings.get(offer);
            redeeming.result = bound(before.get(offer), redeeming.wallet).map(Right::scheme);
        }
    }

    private static Optional<Right> bound(Right right, Hash wallet) {
        return Optional.ofNullable(right).filter(found -> found.wallet().equals(Optional.of(wallet)));
    }

    private static void issueAll(GroupRows rows, List<Issuing> all) throws SQLException {
        Map<Hash, Right> rights = rows.rights(all.stream().map(issuing -> issuing.issue.offer()).distinct().toList());
        List<Issuing> issuings = new ArrayList<>(all.size());
        for (Issuing issuing : all) {
            issuing.right = bound(rights.get(issuing.issue.offer()), issuing.issue.wallet());
            issuing.result = Issue.Outcome.NO_RIGHT;
            if (issuing.right.isPresent()) {
                issuings.add(issuing);
            }
        }
        if (!issuings.isEmpty()) {
            spendAll(rows, issuings);
        }
    }

    private static void spendAll(GroupRows rows, List<Issuing> issuings) throws SQLException {
        issuings.sort(Comparator.comparing(Issuing::person));
        // A group lasts milliseconds; at midnight its requests may count for the day of the first of them.
        long day = issuings.getFirst().issue.day();
        Set<Hash> epochs = new TreeSet<>();
        Set<GroupRows.Spot> spots = new LinkedHashSet<>();
        for (Issuing issuing : issuings) {
            for (Issue.Item item : issuing.issue.items()) {
                epochs.add(item.epoch());
                spots.add(new GroupRows.Spot(item.epoch(), issuing.person()));
            }
        }
        Ledger ledger = new Ledger(rows.open(day, List.copyOf(epochs), spots));
        issuings.forEach(issuing -> issuing.result = ledger.decide(issuing.issue, issuing.right.orElseThrow()));
        if (!ledger.passes.isEmpty()) {
            rows.add(day, ledger.added, ledger.passes);
        }
        for (GroupRows.Row row : ledger.replaced) {
            rows.replace(row);
        }
    }

    /** What a group has decided so far; what it will write. */
    private static final class Ledger {
        final Map<Hash, Long> counted;
        final Map<GroupRows.Spot, GroupRows.Spent> spent;
        /** Passes by epoch, replacements included. */
        final Map<Hash, Long> passes = new TreeMap<>();
        final List<GroupRows.Row> added = new ArrayList<>();
        final List<GroupRows.Row> replaced = new ArrayList<>();

        Ledger(GroupRows.Found found) {
            this.counted = found.passes();
            this.spent = found.spent();
        }

        /** All or nothing (spec/http.md section 5.2): looks at every item before it notes the first. */
        Issue.Outcome decide(Issue issue, Right right) {
            List<GroupRows.Row> add = new ArrayList<>();
            List<GroupRows.Row> replace = new ArrayList<>();
            for (Issue.Item item : issue.items()) {
                GroupRows.Spot spot = new GroupRows.Spot(item.epoch(), right.person());
                GroupRows.Spent now = new GroupRows.Spent(item.commitment(), right.generation());
                GroupRows.Spent before = spent.get(spot);
                if (before == null) {
                    add.add(new GroupRows.Row(spot, now));
                } else if (!before.commitment().equals(item.commitment())) {
                    if (before.generation() >= right.generation()) {
                        return Issue.Outcome.ALREADY_ISSUED;
                    }
                    replace.add(new GroupRows.Row(spot, now));
                } else {
                    continue;
                }
                if (counted.get(item.epoch()) + passes.getOrDefault(item.epoch(), 0L) >= issue.dailyCap()) {
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
                passes.merge(row.spot().epoch(), 1L, Long::sum);
            }
        }
    }

    private abstract static sealed class Waiting extends Gathering.Asked permits Redeeming, Issuing {}

    private static final class Redeeming extends Waiting {
        final Hash offer;
        final Hash tx;
        final Hash wallet;
        /** Null until it is decided. */
        Optional<Hash> result;

        Redeeming(Hash offer, Hash tx, Hash wallet) {
            this.offer = offer;
            this.tx = tx;
            this.wallet = wallet;
        }
    }

    private static final class Issuing extends Waiting {
        final Issue issue;
        Optional<Right> right;
        Issue.Outcome result;

        Issuing(Issue issue) {
            this.issue = issue;
        }

        Hash person() {
            return right.orElseThrow().person();
        }
    }
}
