package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.wire.Hash;

/**
 * The reader of issuing on PostgreSQL, where each statement is a trip to the server: looks up together all rights that are
 * asked for while one look-up is under way. What is answered was read after it was asked for.
 */
final class GroupRead implements AutoCloseable {
    private final HikariDataSource readers;
    private final Gathering<Looking> gathering;

    GroupRead(HikariDataSource readers) {
        this.readers = readers;
        this.gathering = new Gathering<>("group read", Gathering.TRIPS_APART, this::answer);
    }

    private static final class Looking extends Gathering.Asked {
        final Hash offer;
        Right found;

        Looking(Hash offer) {
            this.offer = offer;
        }
    }

    /** See {@link Store#right}. */
    Optional<Right> right(Hash offer) {
        Looking looking = new Looking(offer);
        gathering.await(looking);
        return Optional.ofNullable(looking.found);
    }

    private void answer(List<Looking> group) {
        try {
            Map<Hash, Right> found = find(group);
            for (Looking looking : group) {
                looking.found = found.get(looking.offer);
                looking.succeed();
            }
        } catch (SQLException | RuntimeException e) {
            group.forEach(looking -> looking.fail(e));
        }
    }

    private Map<Hash, Right> find(List<Looking> group) throws SQLException {
        Map<Hash, Right> found = new HashMap<>();
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(Sql.text("offer-find-all"))) {
            statement.setArray(1, connection.createArrayOf("bytea", group.stream().map(looking -> looking.offer.bytes()).toArray(byte[][]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Right right = Right.read(row);
                    found.put(right.offer(), right);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        gathering.close();
    }
}
