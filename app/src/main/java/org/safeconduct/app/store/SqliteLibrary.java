package org.safeconduct.app.store;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Has the SQLite of the driver's jar loaded from a private temporary folder, and deletes that folder. The driver itself deletes
 * its copy when Java ends, so that every node that is killed would leave one for ever.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";
    private static boolean loaded;

    /**
     * Does it once; whoever has named a folder for the driver keeps it.
     *
     * @throws UnsatisfiedLinkError if the temporary folder is not one for it
     */
    static synchronized void load() {
        if (loaded || System.getProperty(FOLDER) != null) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("safeconduct"); // readable by this user alone
            System.setProperty(FOLDER, folder.toString());
            try {
                SQLiteJDBCLoader.initialize();
                loaded = true;
            } finally {
                System.clearProperty(FOLDER);
                delete(folder);
            }
        } catch (Exception e) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("SQLite was not loaded");
            error.initCause(e);
            throw error;
        }
    }

    /** A mapped library outlives its file; Windows keeps the file until Java ends. */
    private static void delete(Path folder) {
        // In this order the folder is deleted after what is in it, should it be left to the end.
        folder.toFile().deleteOnExit();
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.deleteOnExit();
            file.delete();
        }
        folder.toFile().delete();
    }

    private SqliteLibrary() {}
}
