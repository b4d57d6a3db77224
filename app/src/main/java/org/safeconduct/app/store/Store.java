package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.safeconduct.app.Logs;
import org.safeconduct.core.wire.Hash;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An open store. Every failure is a {@link StoreException} whose message is a sentence for the operator, and leaves
 * everything as it was.
 *
 * <p>There is one writing connection: acts and {@link GroupCommit} take turns on it. Readers have a few of their own.
 */
public final class Store implements AutoCloseable {
    private static final int READERS = 4;
    private static final int WRITER_CACHE_KIB = 32 << 10;
    private static final int READER_CACHE_KIB = 8 << 10;
    private static final int PATIENCE_MILLIS = 10_000;
    /**
     * A commit that was answered survives the loss of power, whatever the server's default. A plan that was made while a
     * table was small must not read the whole of it when it has grown.
     */
    private static final String POSTGRES_WRITER =
            "set synchronous_commit = on; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

    private final boolean postgres;
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi writing;
    private final Jdbi reading;
    private final GroupCommit group;

    private Store(HikariDataSource writer, HikariDataSource readers, boolean postgres) {
        this.postgres = postgres;
        this.writer = writer;
        this.readers = readers;
        this.writing = Jdbi.create(writer);
        this.reading = Jdbi.create(readers);
        this.group = new GroupCommit(writer, postgres);
    }

    /**
     * Opens a store and brings its tables up to date.
     *
     * @param address the path of a SQLite file (made, readable for its owner alone, if {@code create}), or
     *     {@code postgresql://user:password@host:port/database}
     * @param create whether a store that is not there may be made
     */
    public static Store open(String address, boolean create) {
        Logs.quiet();
        boolean postgres = address.startsWith("postgresql:");
        HikariDataSource writer = null;
        HikariDataSource readers = null;
        try {
            if (!postgres) {
                SqliteLibrary.load();
                prepareFile(Path.of(address), create);
            }
            DataSource source = postgres ? postgres(address) : sqlite(address, false);
            Schema.bringUpToDate(source, postgres, create);
            writer = pool("writer", source, 1, postgres ? POSTGRES_WRITER : null);
            readers = pool("readers", postgres ? source : sqlite(address, true), READERS, null);
            return new Store(writer, readers, postgres);
        } catch (RuntimeException | IOException e) {
            for (HikariDataSource pool : new HikariDataSource[] {writer, readers}) {
                if (pool != null) {
                    pool.close();
                }
            }
            throw StoreException.of(e);
        }
    }

    private static void prepareFile(Path file, boolean create) throws IOException {
        if (Files.notExists(file)) {
            if (!create) {
                throw new StoreException(StoreException.Kind.DOWN);
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } else if (!Files.isWritable(file)) {
            throw new StoreException(StoreException.Kind.READ_ONLY);
        }
    }

    private static DataSource sqlite(String path, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // FULL: a commit that was answered survives the loss of power, not only of the process.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // A writer takes its lock first, so that it need not give up halfway; a reader takes none and waits for nobody.
        config.setTransactionMode(readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(PATIENCE_MILLIS);
        // Deleted commitments and keys are overwritten, not only unlinked.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        // Not mapped: each connection's mapping would count the whole file into the memory of the process once more.
        config.setCacheSize(readOnly ? -READER_CACHE_KIB : -WRITER_CACHE_KIB);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + path);
        return source;
    }

    private static DataSource postgres(String address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(PostgresAddress.jdbc(address));
        PostgresAddress.credentials(address, source);
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(PATIENCE_MILLIS / 1000);
        return source;
    }

    private static HikariDataSource pool(String name, DataSource source, int size, String first) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionInitSql(first);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    /** Carries out an act in one transaction: all of it, or nothing if it throws. */
    public <T> T write(Function<Tables, T> act) {
        return guarded(() -> writing.inTransaction(handle -> act.apply(new Tables(handle))));
    }

    /** Reads a consistent state. */
    public <T> T read(Function<Tables, T> act) {
        return guarded(() -> reading.inTransaction(handle -> act.apply(new Tables(handle))));
    }

    /**
     * Redeems an offer (spec/http.md section 4), durably before it returns.
     *
     * @param offer hash of the code
     * @param tx keyed hash of the second code, or null if none was sent
     * @param wallet hash of the wallet secret
     * @return the scheme, if the offer is now or was already bound to this wallet; otherwise empty, whatever the reason
     */
    public Optional<Hash> redeem(Hash offer, Hash tx, Hash wallet) {
        return group.redeem(offer, tx, wallet);
    }

    /** Spends a right (spec/http.md section 5.2), durably before it returns. Sign only afterwards. */
    public Issue.Answer issue(Issue issue) {
        return group.issue(issue);
    }

    /** Returns the right behind the hash of a code, redeemed or not. */
    public Optional<Right> right(Hash offer) {
        return guarded(() -> {
            try (Connection connection = readers.getConnection();
                    PreparedStatement statement = connection.prepareStatement(Sql.text("offer-find"))) {
                statement.setBytes(1, offer.bytes());
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(Right.read(row)) : Optional.empty();
                }
            }
        });
    }

    /** Overwrites what was deleted, where the database can: SQLite's log would keep it until it wraps. */
    public void settle() {
        if (!postgres) {
            guarded(() -> writing.withHandle(handle -> handle.execute("pragma wal_checkpoint(truncate)")));
        }
    }

    @Override
    public void close() {
        group.close();
        readers.close();
        writer.close();
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Lets what an act itself throws through, and says in a sentence what the database threw. */
    private static <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException | org.jdbi.v3.core.JdbiException e) {
            throw StoreException.of(e);
        }
    }
}
