package org.safeconduct.app.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store in PostgreSQL, as durable as in service. */
class PostgresStoreTest extends StoreTest {
    private static EmbeddedPostgres server;
    private static int schemas;

    private String schema;

    @BeforeAll
    static void start() throws IOException {
        // The library turns durability off by default.
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on").start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createSchema() throws SQLException {
        // A schema of its own for each test: a database would cost a second.
        schema = "office" + schemas++;
        execute("create schema " + schema);
    }

    private String address() {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres?currentSchema=" + schema;
    }

    @Override
    public Store empty() {
        return Store.open(address(), true);
    }

    @Override
    public Store again() {
        return Store.open(address(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit"})
    void serverUnderTestIsDurable(String setting) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            assertEquals("on", row.getString(1));
        }
    }

    @Test
    void emptySchemaIsNotAStore() {
        assertEquals(StoreException.Kind.NOT_A_STORE, assertThrows(StoreException.class, () -> again().close()).kind());
    }

    @Test
    void readOnlyDatabaseIsSaid() {
        empty().close();
        String readOnly = address() + "&options=-c%20default_transaction_read_only%3Don";
        assertEquals(StoreException.Kind.READ_ONLY, assertThrows(StoreException.class, () -> Store.open(readOnly, false).close()).kind());
    }

    @Test
    void serverThatIsNotThereIsSaid() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertEquals(StoreException.Kind.DOWN, assertThrows(StoreException.class,
                () -> Store.open("postgresql://postgres@127.0.0.1:" + port + "/office", true).close()).kind());
    }

    @Test
    void storeComesBackAfterItsConnectionsWereCut() throws SQLException {
        try (Store store = empty()) {
            execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'");
            assertThrows(StoreException.class, () -> store.write(Tables::size), "the first request meets the cut");
            assertEquals(0, store.<Long>write(Tables::size));
        }
    }

    @Override
    void execute(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            connection.setSchema(schema);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
