package org.safeconduct.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;

/**
 * What a group does to the rows, within one transaction. Lists come in the order in which rows are to be locked, and
 * hold no row twice.
 *
 * <p>It speaks JDBC, not Jdbi: at thousands of requests a second the statements of a connection are prepared once.
 */
abstract sealed class GroupRows permits RowsOneByOne, RowsTogether {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    GroupRows(Connection connection) {
        this.connection = connection;
    }

    /** A wallet's try to redeem an offer; {@code tx} is null if no second code was sent. */
    record Try(Hash offer, Hash tx, Hash wallet) {}

    /** An offer that is now bound. */
    record Bound(Hash offer, Hash scheme, Hash person, int generation) {}

    /** Where a right is spent. */
    record Spot(Hash epoch, Hash person) {}

    /** What has it. */
    record Spent(Hash commitment, int generation) {}

    /** A row of {@code issued}. */
    record Row(Spot spot, Spent spent) {}

    /** Binds the offers that are open and whose second code fits, and counts the wrong ones; returns those that are bound now. */
    abstract List<Bound> bind(List<Try> tries) throws SQLException;

    /** Returns the rights of those of the offers that are there. */
    abstract Map<Hash, Right> rights(List<Hash> offers) throws SQLException;

    /** What a group finds: the passes that each epoch has on the day, and what has those of the spots that are taken. */
    record Found(Map<Hash, Long> passes, Map<Spot, Spent> spent) {}

    /** Locks the day of each epoch, then looks what is spent. */
    abstract Found open(long day, List<Hash> epochs, Collection<Spot> spots) throws SQLException;

    /** Adds rows, and their numbers to the day of their epochs. */
    abstract void add(long day, List<Row> rows, Map<Hash, Long> passes) throws SQLException;

    /** Deletes the older offers of a person whose newer one was redeemed. */
    void release(Bound bound) throws SQLException {
        PreparedStatement statement = prepare("offer-release");
        statement.setBytes(1, bound.scheme().bytes());
        statement.setBytes(2, bound.person().bytes());
        statement.setInt(3, bound.generation());
        statement.executeUpdate();
    }

    void replace(Row row) throws SQLException {
        PreparedStatement statement = prepare("issued-replace");
        statement.setBytes(1, row.spent().commitment().bytes());
        statement.setInt(2, row.spent().generation());
        statement.setBytes(3, row.spot().epoch().bytes());
        statement.setBytes(4, row.spot().person().bytes());
        statement.executeUpdate();
    }

    Connection connection() {
        return connection;
    }

    /** The statement of {@code sql/NAME.sql}, prepared on first use. */
    PreparedStatement prepare(String name) throws SQLException {
        PreparedStatement statement = prepared.get(name);
        if (statement == null) {
            statement = connection.prepareStatement(Sql.text(name));
            prepared.put(name, statement);
        }
        return statement;
    }

    static void setHash(PreparedStatement statement, int index, Hash hash) throws SQLException {
        if (hash == null) {
            statement.setNull(index, Types.BINARY);
        } else {
            statement.setBytes(index, hash.bytes());
        }
    }

    static Hash hash(ResultSet row, int index) throws SQLException {
        byte[] bytes = row.getBytes(index);
        return bytes == null ? null : Tables.hash(bytes);
    }
}
