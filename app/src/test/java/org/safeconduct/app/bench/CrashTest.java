package org.safeconduct.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash may cost: nothing. The long form is `safeconduct bench crash --kills 200`. */
class CrashTest {
    /** After the first one, one of each: the register grows, the disk fills, a backup is taken, the database restarts. */
    private static final int KILLS = 2;

    private static final String GROUP_COMMIT = "org/safeconduct/app/store/GroupCommit.java";

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

    @Test
    void killedNodeLeavesNoFileBehindButItsStore() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String store = folder.resolve("office.db").toString();
        Crowd.found(folder, store, new SecureRandom());
        Node.start(folder, store, folder.resolve("log"), List.of("-Djava.io.tmpdir=" + temporary)).kill();
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** The harness is worth something only if it finds what is wrong: it is run against stores that are. */
    @Test
    void storeThatAcknowledgesBeforeItsCommitIsFound() throws Exception {
        // For longer than a node lives after somebody was served.
        assertFound("connection.commit();",
                "group.forEach(Waiting::succeed); java.util.concurrent.locks.LockSupport.parkNanos(500_000_000); connection.commit();");
    }

    /** Few groups are committed before the kill, where the machine has other work: losing every second one was not always found. */
    @Test
    void storeThatLosesCommitsIsFound() throws Exception {
        assertFound("connection.commit();", "if (!issuings.isEmpty() && Math.random() < 0.9) { connection.rollback(); } else { connection.commit(); }");
    }

    /** Runs nodes whose group commit says something else at one place. */
    private void assertFound(String line, String instead) throws Exception {
        String source = Files.readString(Path.of(System.getProperty("safeconduct.home", ".."), "app", "src", "main", "java", GROUP_COMMIT));
        assertEquals(2, source.split(Pattern.quote(line), -1).length, "the line is there once");
        Path broken = Files.createDirectories(folder.resolve("broken/org/safeconduct/app/store")).resolve("GroupCommit.java");
        Files.writeString(broken, source.replace(line, instead));
        String path = System.getProperty("java.class.path");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", path, "-d", folder.resolve("broken").toString(), broken.toString()));
        Havoc.Options options = new Havoc.Options(1, 1, Optional.empty(), 7, kill -> { }, folder.resolve("broken") + File.pathSeparator + path);
        Havoc.Seen seen = new Havoc(options, told -> { }).run(Files.createDirectory(folder.resolve("office")));
        assertFalse(seen.broken().isEmpty(), seen::toString);
    }

    private static void check(Havoc.Seen seen) {
        assertEquals(List.of(), seen.broken());
        assertTrue(seen.people() > 0, "people were served");
        assertTrue(seen.reads() > 5, "the register was read");
        assertEquals(1, seen.backups());
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
