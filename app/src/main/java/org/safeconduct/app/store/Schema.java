package org.safeconduct.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date; the migrations are the same for both databases but for three words. */
final class Schema {
    /** The version of the newest migration. */
    static final int NEWEST = 2;

    private static final String HISTORY = "flyway_schema_history";
    private static final Map<String, String> SQLITE = Map.of("bytes", "blob", "clustered", " without rowid", "updated", " without rowid");
    /** Room on each page for the row that takes the place of an older one: binding an offer then writes to no index. */
    private static final Map<String, String> POSTGRES = Map.of("bytes", "bytea", "clustered", "", "updated", " with (fillfactor = 70)");

    private Schema() {}

    /** Looks at the version first: Flyway takes half a second to find out that there is nothing to do. */
    static void bringUpToDate(DataSource source, boolean postgres, boolean create) {
        try {
            int version = version(source).orElse(0);
            if (version > NEWEST) {
                throw new StoreException(StoreException.Kind.NEWER_SCHEMA);
            }
            if (version == 0 && !create) {
                throw new StoreException(StoreException.Kind.NOT_A_STORE);
            }
            if (version < NEWEST) {
                Flyway.configure(Schema.class.getClassLoader()).dataSource(source).placeholders(postgres ? POSTGRES : SQLITE)
                        .locations("classpath:org/safeconduct/app/store/migration").load().migrate();
            }
            addDecoy(source);
        } catch (FlywayException | SQLException e) {
            throw StoreException.of(e);
        }
    }

    /** Returns the version of the tables, empty if there are none of ours. */
    static Optional<Integer> version(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, null)) {
                if (!tables.next()) {
                    return Optional.empty();
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(Sql.text("schema-version")); ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    private static void addDecoy(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(Sql.text("decoy-add"))) {
            byte[] zeros = GroupCommit.DECOY.bytes();
            for (int i = 1; i <= 3; i++) {
                statement.setBytes(i, zeros);
            }
            // Never equal to what refusals send, so that each of them counts a try here.
            statement.setBytes(4, new byte[] {0});
            statement.executeUpdate();
        }
    }
}
