package org.safeconduct.app.store;

import java.util.Locale;
import org.safeconduct.core.wire.Hash;

/**
 * A case of the authority as it is kept.
 *
 * @param number counts from 1
 * @param token hash of the upload token
 * @param region index of the region
 * @param from number of the first hour
 * @param until number of the last hour
 */
public record StoredCase(long number, Hash token, int region, int from, int until, State state) {
    /** How far a case has come. */
    public enum State {
        /** The venue has not uploaded. */
        OPEN,
        /** The venue has uploaded; nobody has confirmed. */
        UPLOADED,
        /** The warnings are published, the upload is destroyed. */
        PUBLISHED,
        /** Closed without a warning, the upload is destroyed. */
        WITHDRAWN;

        /** Returns the word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
