package org.safeconduct.app.store;

import java.util.List;
import org.safeconduct.core.wire.Hash;

/**
 * One request to spend the right of a person in some epochs, all or nothing.
 *
 * @param person keyed hash of the person
 * @param generation of the offer it comes from
 * @param items different epochs
 * @param day days since 1970 in UTC, for the cap
 * @param dailyCap most passes of one epoch on one day
 */
public record Issue(Hash person, int generation, List<Item> items, long day, long dailyCap) {
    /** Copies the items. */
    public Issue {
        items = List.copyOf(items);
    }

    /** An epoch and the hash of the commitment that shall get its pass. */
    public record Item(Hash epoch, Hash commitment) {}

    /** What became of a request. */
    public enum Outcome {
        /** Every item is spent now, and at least one was not before: sign them. */
        ISSUED,
        /** Every item was spent by the same commitments before: sign them, to the same bytes. */
        AGAIN,
        /** An epoch was spent by another commitment; nothing was written. */
        ALREADY_ISSUED,
        /** An epoch has no passes left today; nothing was written. */
        DAILY_CAP
    }
}
