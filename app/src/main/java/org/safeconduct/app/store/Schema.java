package org.safeconduct.app.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the tables up to date; the migrations are the same for both databases but for two words. */
final class Schema {
    static final Map<String, String> SQLITE = Map.of("bytes", "blob", "clustered", " without rowid");
    static final Map<String, String> POSTGRES = Map.of("bytes", "bytea", "clustered", "");

    private Schema() {}

    static void bringUpToDate(DataSource source, Map<String, String> words, boolean create) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader()).dataSource(source).placeholders(words)
                .locations("classpath:org/safeconduct/app/store/migration").validateOnMigrate(true).load();
        try {
            MigrationInfo current = flyway.info().current();
            if (current == null && !create) {
                throw new StoreException(StoreException.Kind.NOT_A_STORE);
            }
            for (MigrationInfo migration : flyway.info().applied()) {
                if (migration.getState().name().startsWith("FUTURE")) {
                    throw new StoreException(StoreException.Kind.NEWER_SCHEMA);
                }
            }
            if (flyway.info().pending().length > 0) {
                flyway.migrate();
            }
            addDecoy(source);
        } catch (FlywayException | SQLException e) {
            throw StoreException.of(e);
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
