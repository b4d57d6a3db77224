import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/**
 * Holds the write lock of an office's SQLite file until standard input ends, so that everybody who redeems meanwhile
 * waits: an office that is busy, as long as a test needs it. Runs as it is, on the built jar.
 */
public final class WriteLock {
    private WriteLock() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + Path.of(arguments[0]))) {
            connection.createStatement().execute("begin immediate");
            System.out.println("locked");
            while (System.in.read() >= 0) {
                // Until the test lets go.
            }
            connection.createStatement().execute("rollback");
        }
    }
}
