package org.safeconduct.app.store;

import java.sql.SQLException;
import java.util.Locale;

/** The store did not do what was asked; nothing was changed. The message is a sentence for the operator. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is the matter with the store. */
    public enum Kind {
        /** The file or database is not a store of this program. */
        NOT_A_STORE("This is not a store of Safeconduct. Give the path of an office's store, or choose a new one."),
        /** A newer program has upgraded the store. */
        NEWER_SCHEMA("A newer version of Safeconduct has upgraded this store. Run that version."),
        /** The store cannot be written. */
        READ_ONLY("The store cannot be written: the file, its folder or the database is read-only for this user."),
        /** The disk or the quota is used up. */
        FULL("The disk of the store is full. Nothing was changed; make room and do it again."),
        /** Another program holds the store for longer than we wait. */
        BUSY("Another program is writing to the store. Nothing was changed; do it again in a moment."),
        /** The store does not answer. */
        DOWN("The store does not answer. Nothing was changed; see that the file or the database is there, and that its disk has room."),
        /** The bytes on disk are damaged. */
        DAMAGED("The store is damaged. Restore it from a backup, and do not issue from a copy at the same time."),
        /** More requests came than the store can take. */
        OVERLOADED("More requests came than the store can take just now. Nothing was changed."),
        /** Something was signed before that contradicts what should be stored now. */
        CONTRADICTION("The store holds something that contradicts this. Nothing was changed.");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Kind kind;

    StoreException(Kind kind) {
        super(kind.sentence);
        this.kind = kind;
    }

    StoreException(Kind kind, Throwable cause) {
        super(kind.sentence, cause);
        this.kind = kind;
    }

    /** Returns what is the matter. */
    public Kind kind() {
        return kind;
    }

    /** Finds the reason in what a driver, the pool or a library above them threw; {@link Kind#DOWN} if none is known. */
    static StoreException of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof StoreException known) {
                return known;
            }
            if (t instanceof SQLException sql && kindOf(sql) instanceof Kind kind) {
                return new StoreException(kind, thrown);
            }
        }
        return new StoreException(Kind.DOWN, thrown);
    }

    /** SQLite puts its primary result code into the low byte of the vendor code; PostgreSQL has SQLSTATE classes. */
    private static Kind kindOf(SQLException e) {
        if (e.getClass().getName().startsWith("org.sqlite")) {
            return switch (e.getErrorCode() & 0xff) {
                case 5, 6 -> Kind.BUSY;
                case 8 -> Kind.READ_ONLY;
                case 10, 14 -> Kind.DOWN;
                case 11 -> Kind.DAMAGED;
                case 13 -> Kind.FULL;
                case 26 -> Kind.NOT_A_STORE;
                default -> null;
            };
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState().toUpperCase(Locale.ROOT);
        return switch (state) {
            case "25006", "42501" -> Kind.READ_ONLY;
            case "53100" -> Kind.FULL;
            case "40P01", "40001", "55P03" -> Kind.BUSY;
            case "XX001", "XX002" -> Kind.DAMAGED;
            default -> null;
        };
    }
}
