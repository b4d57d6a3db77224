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
 * One statement for all rows, which travel as arrays: for PostgreSQL, where each statement is a trip to the server. A
 * group is half a dozen trips, however large it is.
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
    Map<Hash, Binding> bindings(List<Hash> offers) throws SQLException {
        PreparedStatement statement = prepare("offer-bound-all");
        setHashes(statement, 1, offers, offer -> offer);
        Map<Hash, Binding> found = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.put(hash(row, 1), new Binding(hash(row, 2), hash(row, 3)));
            }
        }
        return found;
    }

    @Override
    Map<Spot, Spent> spent(Collection<Spot> spots) throws SQLException {
        PreparedStatement statement = prepare("issued-find-all");
        setHashes(statement, 1, spots, Spot::epoch);
        setHashes(statement, 2, spots, Spot::person);
        Map<Spot, Spent> found = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.put(new Spot(hash(row, 1), hash(row, 2)), new Spent(hash(row, 3), row.getInt(4)));
            }
        }
        return found;
    }

    @Override
    void add(List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepare("issued-add-all");
        setHashes(statement, 1, rows, row -> row.spot().epoch());
        setHashes(statement, 2, rows, row -> row.spot().person());
        setHashes(statement, 3, rows, row -> row.spent().commitment());
        statement.setArray(4, connection().createArrayOf("int4", rows.stream().map(row -> row.spent().generation()).toArray()));
        statement.executeUpdate();
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
