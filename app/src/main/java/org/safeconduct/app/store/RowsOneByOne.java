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
import org.safeconduct.core.wire.Hash;

/** A statement for each row: for a database in this process, where a statement is a call. */
final class RowsOneByOne extends GroupRows {
    RowsOneByOne(Connection connection) {
        super(connection);
    }

    @Override
    List<Bound> bind(List<Try> tries) throws SQLException {
        List<Bound> bound = new ArrayList<>(tries.size());
        PreparedStatement statement = prepare("offer-bind");
        for (Try one : tries) {
            setHash(statement, 1, one.tx());
            statement.setBytes(2, one.wallet().bytes());
            setHash(statement, 3, one.tx());
            setHash(statement, 4, one.tx());
            statement.setBytes(5, one.offer().bytes());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getBytes(1) != null) {
                    bound.add(new Bound(one.offer(), hash(row, 2), hash(row, 3), row.getInt(4)));
                }
            }
        }
        return bound;
    }

    @Override
    Map<Hash, Right> rights(List<Hash> offers) throws SQLException {
        Map<Hash, Right> found = new HashMap<>();
        PreparedStatement statement = prepare("offer-find");
        for (Hash offer : offers) {
            statement.setBytes(1, offer.bytes());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    found.put(offer, Right.read(row));
                }
            }
        }
        return found;
    }

    @Override
    Found open(long day, List<Hash> epochs, Collection<Spot> spots) throws SQLException {
        Map<Hash, Long> passes = new HashMap<>();
        PreparedStatement open = prepare("day-open");
        for (Hash epoch : epochs) {
            open.setBytes(1, epoch.bytes());
            open.setLong(2, day);
            try (ResultSet row = open.executeQuery()) {
                row.next();
                passes.put(epoch, row.getLong(1));
            }
        }
        Map<Spot, Spent> spent = new HashMap<>();
        PreparedStatement find = prepare("issued-find");
        for (Spot spot : spots) {
            find.setBytes(1, spot.epoch().bytes());
            find.setBytes(2, spot.person().bytes());
            try (ResultSet row = find.executeQuery()) {
                if (row.next()) {
                    spent.put(spot, new Spent(hash(row, 1), row.getInt(2)));
                }
            }
        }
        return new Found(passes, spent);
    }

    @Override
    void add(long day, List<Row> rows, Map<Hash, Long> passes) throws SQLException {
        PreparedStatement add = prepare("issued-add");
        for (Row row : rows) {
            add.setBytes(1, row.spot().epoch().bytes());
            add.setBytes(2, row.spot().person().bytes());
            add.setBytes(3, row.spent().commitment().bytes());
            add.setInt(4, row.spent().generation());
            add.executeUpdate();
        }
        PreparedStatement count = prepare("day-add");
        for (Map.Entry<Hash, Long> one : passes.entrySet()) {
            count.setLong(1, one.getValue());
            count.setBytes(2, one.getKey().bytes());
            count.setLong(3, day);
            count.executeUpdate();
        }
    }
}
