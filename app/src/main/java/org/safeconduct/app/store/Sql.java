package org.safeconduct.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/** The statements, one a file in {@code sql/}; the same for both databases. */
final class Sql {
    private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

    private Sql() {}

    /** Returns the statement of the file {@code sql/NAME.sql}. */
    static String text(String name) {
        return TEXTS.computeIfAbsent(name, Sql::read);
    }

    private static String read(String name) {
        try (InputStream in = Sql.class.getResourceAsStream("sql/" + name + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no statement " + name + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*\\n", "").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
