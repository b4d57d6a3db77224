package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The store in one SQLite file. */
class SqliteStoreTest extends StoreTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("office.db");
    }

    @Override
    public Store empty() {
        return Store.open(file().toString(), true);
    }

    @Override
    public Store again() {
        return Store.open(file().toString(), false);
    }

    private StoreException.Kind refusal() {
        return assertThrows(StoreException.class, () -> again().close()).kind();
    }

    @Test
    void fileIsForItsOwnerAlone() throws IOException {
        empty().close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void newestVersionIsThatOfTheLastMigration() throws SQLException {
        empty().close();
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file());
        assertEquals(Optional.of(Schema.NEWEST), Schema.version(source));
    }

    @Test
    void missingFileIsNotMadeUnasked() {
        assertEquals(StoreException.Kind.DOWN, refusal());
        assertTrue(Files.notExists(file()));
    }

    @Test
    void fileOfAnotherKindIsNotAStore() throws IOException {
        Files.writeString(file(), "person,group\nada,child\n".repeat(100));
        assertEquals(StoreException.Kind.NOT_A_STORE, refusal());
    }

    @Test
    void databaseOfAnotherProgramIsNotAStore() throws SQLException {
        execute("create table guests (name text)");
        assertEquals(StoreException.Kind.NOT_A_STORE, refusal());
    }

    @Test
    void fullDiskIsSaid() {
        empty().close();
        SQLException full = assertThrows(SQLException.class,
                () -> execute("pragma max_page_count = 1", "insert into meta values ('much', zeroblob(1000000))"));
        assertEquals(StoreException.Kind.FULL, StoreException.of(full).kind());
    }

    @Test
    void readOnlyStoreIsSaid() {
        empty().close();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (Connection connection = config.createConnection("jdbc:sqlite:" + file()); Statement statement = connection.createStatement()) {
                statement.execute("delete from meta");
            }
        });
        assertEquals(StoreException.Kind.READ_ONLY, StoreException.of(refused).kind());
    }

    @Override
    void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file()); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
