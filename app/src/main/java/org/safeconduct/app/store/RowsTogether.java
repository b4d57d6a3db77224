package org.safeconduct.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.safeconduct.core.wire.Hash;

/**
 * All rows travel as arrays, and statements that need not wait for each other's answers travel together: for PostgreSQL,
 * where each is a trip to the server. A group is five trips, however large it is.
 */
final class RowsTogether extends GroupRows {
    RowsTogether(Connection connection) {
        super(connection);
    }

    @Override
    List<Bound> bind(List<Try> tries) throws SQLException {
        if (tries.isEmpty()) {
            return List.of();
        }
        PreparedStatement statement = prepare("offer-bind-all");
        setHashes(statement, 1, tries, Try::offer);
        setHashes(statement, 2, tries, Try::tx);
        setHashes(statement, 3, tries, Try::wallet);
        List<Bound> bound = new ArrayList<>(tries.size());
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getBytes(1) != null) {
                    bound.add(new Bound(hash(row, 2), hash(row, 3), hash(row, 4), row.getInt(5)));
                }
            }
        }
        return bound;
    }

    @Override
    Map<Hash, Right> rights(List<Hash> offers) throws SQLException {
        PreparedStatement statement = prepare("offer-find-all");
        setHashes(statement, 1, offers, offer -> offer);
        Map<Hash, Right> found = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Right right = Right.read(row);
                found.put(right.offer(), right);
            }
        }
        return found;
    }

    @Override
    Found open(long day, List<Hash> epochs, Collection<Spot> spots) throws SQLException {
        PreparedStatement statement = prepare("issued-open-all");
        statement.setLong(1, day);
        setHashes(statement, 2, epochs, epoch -> epoch);
        setHashes(statement, 3, spots, Spot::epoch);
        setHashes(statement, 4, spots, Spot::person);
        statement.execute();
        Map<Hash, Long> passes = new HashMap<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                passes.put(hash(row, 1), row.getLong(2));
            }
        }
        statement.getMoreResults();
        Map<Spot, Spent> spent = new HashMap<>();
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                spent.put(new Spot(hash(row, 1), hash(row, 2)), new Spent(hash(row, 3), row.getInt(4)));
            }
        }
        return new Found(passes, spent);
    }

    @Override
    void add(long day, List<Row> rows, Map<Hash, Long> passes) throws SQLException {
        PreparedStatement statement = prepare("issued-add-all");
        setHashes(statement, 1, rows, row -> row.spot().epoch());
        setHashes(statement, 2, rows, row -> row.spot().person());
        setHashes(statement, 3, rows, row -> row.spent().commitment());
        statement.setArray(4, connection().createArrayOf("int4", rows.stream().map(row -> row.spent().generation()).toArray()));
        setHashes(statement, 5, passes.keySet(), epoch -> epoch);
        statement.setArray(6, connection().createArrayOf("int8", passes.values().toArray()));
        statement.setLong(7, day);
        statement.execute();
    }

    private <T> void setHashes(PreparedStatement statement, int index, Collection<T> rows, Function<T, Hash> column) throws SQLException {
        byte[][] bytes = new byte[rows.size()][];
        int at = 0;
        for (T row : rows) {
            Hash hash = column.apply(row);
            bytes[at++] = hash == null ? null : hash.bytes();
        }
        statement.setArray(index, connection().createArrayOf("bytea", bytes));
    }
}
