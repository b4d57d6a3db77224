package org.safeconduct.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash may cost: nothing. The long form is `safeconduct bench crash --kills 200`. */
class CrashTest {
    /** One of each: the register grows, the disk fills, a backup is taken, the database restarts. */
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    void killedNodeOnSqliteCostsNobodyAPassAndGivesNobodyTwo() throws Exception {
        check(new Havoc(new Havoc.Options(KILLS, 1, Optional.empty(), 7, kill -> { }), line -> { }).run(folder));
    }

    @Test
    void killedNodesAndARestartedDatabaseCostNobodyAPassAndGiveNobodyTwo() throws Exception {
        try (Database database = new Database(folder.resolve("postgres"))) {
            check(new Havoc(new Havoc.Options(KILLS, 2, Optional.of(database.address()), 7, kill -> database.restart()), line -> { }).run(folder));
        }
    }

    private static void check(Havoc.Seen seen) {
        assertEquals(List.of(), seen.broken());
        assertTrue(seen.people() > 0, "people were served");
        assertTrue(seen.reads() > 5, "the register was read");
        assertEquals(KILLS, seen.kills());
    }

    /** A durable server that can be stopped and started again on its data. */
    private static final class Database implements AutoCloseable {
        private final Path data;
        private EmbeddedPostgres server;

        Database(Path data) throws IOException, SQLException {
            this.data = data;
            this.server = start(0);
            try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
                statement.execute("create database office");
            }
        }

        private EmbeddedPostgres start(int port) throws IOException {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("full_page_writes", "on");
            return (port == 0 ? builder : builder.setPort(port)).start();
        }

        void restart() throws IOException {
            int port = server.getPort();
            server.close();
            server = start(port);
        }

        String address() {
            return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/office";
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
