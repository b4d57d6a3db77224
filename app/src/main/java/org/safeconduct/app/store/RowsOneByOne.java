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
    Map<Hash, Binding> bindings(List<Hash> offers) throws SQLException {
        Map<Hash, Binding> found = new HashMap<>();
        PreparedStatement statement = prepare("offer-bound");
        for (Hash offer : offers) {
            statement.setBytes(1, offer.bytes());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    found.put(offer, new Binding(hash(row, 1), hash(row, 2)));
                }
            }
        }
        return found;
    }

    @Override
    Map<Spot, Spent> spent(Collection<Spot> spots) throws SQLException {
        Map<Spot, Spent> found = new HashMap<>();
        PreparedStatement statement = prepare("issued-find");
        for (Spot spot : spots) {
            statement.setBytes(1, spot.epoch().bytes());
            statement.setBytes(2, spot.person().bytes());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    found.put(spot, new Spent(hash(row, 1), row.getInt(2)));
                }
            }
        }
        return found;
    }

    @Override
    void add(List<Row> rows) throws SQLException {
        PreparedStatement statement = prepare("issued-add");
        for (Row row : rows) {
            statement.setBytes(1, row.spot().epoch().bytes());
            statement.setBytes(2, row.spot().person().bytes());
            statement.setBytes(3, row.spent().commitment().bytes());
            statement.setInt(4, row.spent().generation());
            statement.executeUpdate();
        }
    }
}
