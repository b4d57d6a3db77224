package org.safeconduct.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Has the SQLite of the driver's jar loaded from a private temporary file, and deletes that file. The driver itself reads its copy
 * once more, byte by byte, and deletes it when Java ends, so that every node that is killed would leave one for ever.
 */
final class SqliteLibrary {
    private static final String FOLDER = "org.sqlite.lib.path";
    private static boolean loaded;

    /**
     * Does it once; whoever has named a folder with a library of his own keeps that.
     *
     * @throws UnsatisfiedLinkError if the temporary folder is not one for it
     */
    static synchronized void load() {
        if (loaded || System.getProperty(FOLDER) != null) {
            return;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (in == null) {
                // None for this system: the driver knows other places, and says what it misses.
                return;
            }
            load(in, name);
        } catch (Exception e) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("SQLite could not be loaded; set -Djava.io.tmpdir to a writable folder that is not mounted noexec");
            error.initCause(e);
            throw error;
        }
    }

    private static void load(InputStream in, String name) throws Exception {
        Path folder = Files.createTempDirectory("safeconduct"); // readable by this user alone
        Path file = folder.resolve(name);
        try {
            Files.copy(in, file);
            System.setProperty(FOLDER, folder.toString());
            SQLiteJDBCLoader.initialize();
            loaded = true;
        } finally {
            System.clearProperty(FOLDER);
            delete(file);
            delete(folder);
        }
    }

    /** A mapped library outlives its file; Windows keeps the file until Java ends. */
    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    private SqliteLibrary() {}
}
