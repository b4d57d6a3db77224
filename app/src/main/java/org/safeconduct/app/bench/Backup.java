package org.safeconduct.app.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.wire.Hash;

/** Takes a backup of a store while people are served, restores it beside the store, and opens it as an office. */
final class Backup {
    private static final List<String> TABLES = List.of("meta", "line", "checkpoint", "epoch_key", "enrolment", "issued", "issued_on_day");

    private final Path folder;
    private final Hash epoch;

    /** @param folder with the operator's key; @param epoch whose passes are read */
    Backup(Path folder, Hash epoch) {
        this.folder = folder;
        this.epoch = epoch;
    }

    /** Of a SQLite file, as {@code vacuum into} writes it; returns the commitments in it. */
    Set<Hash> ofFile(Path store) throws IOException, SQLException {
        Path copy = Files.createTempDirectory(folder, "backup-").resolve("office.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
            return restored(copy.toString());
        } finally {
            SurgeCommand.delete(copy.getParent());
        }
    }

    /** Of a PostgreSQL database, all tables out of one snapshot as `pg_dump` reads them; returns the commitments in it. */
    Set<Hash> ofDatabase(String address) throws IOException, SQLException {
        String name = "backup_" + Long.toUnsignedString(System.nanoTime(), 36);
        String copy = address.replaceFirst("/[^/?]*(\\?.*)?$", "/" + name + "$1");
        try (Connection from = connect(address)) {
            execute(from, "create database " + name);
            try {
                Store.open(copy, true).close();
                try (Connection to = connect(copy)) {
                    copy(from, to);
                }
                return restored(copy);
            } finally {
                execute(from, "drop database " + name + " with (force)");
            }
        }
    }

    private static void copy(Connection from, Connection to) throws SQLException, IOException {
        from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        from.setAutoCommit(false);
        CopyManager out = new CopyManager(from.unwrap(BaseConnection.class));
        CopyManager in = new CopyManager(to.unwrap(BaseConnection.class));
        for (String table : TABLES) {
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            out.copyOut("copy " + table + " to stdout (format binary)", rows);
            execute(to, "delete from " + table);
            in.copyIn("copy " + table + " from stdin (format binary)", new ByteArrayInputStream(rows.toByteArray()));
        }
        from.commit();
        from.setAutoCommit(true);
    }

    private Set<Hash> restored(String address) throws IOException {
        try (Store store = Store.open(address, false)) {
            Desk desk = Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), new SecureRandom());
            desk.published().register();
            return store.read(tables -> tables.commitments(epoch));
        }
    }

    private static Connection connect(String address) throws SQLException {
        java.net.URI uri = java.net.URI.create(address);
        String[] user = uri.getUserInfo() == null ? new String[] {null} : uri.getUserInfo().split(":", 2);
        return DriverManager.getConnection("jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath(),
                user[0], user.length == 2 ? user[1] : null);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
