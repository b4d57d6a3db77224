package org.safeconduct.app.store;

import java.util.List;
import java.util.Optional;
import org.safeconduct.core.wire.Hash;

/**
 * One request to spend the right of a person in some epochs, all or nothing.
 *
 * @param offer hash of the code of the right
 * @param wallet hash of the wallet secret that the offer must be bound to
 * @param items different epochs
 * @param day days since 1970 in UTC, for the cap
 * @param dailyCap most passes of one epoch on one day
 */
public record Issue(Hash offer, Hash wallet, List<Item> items, long day, long dailyCap) {
    /** Copies the items. */
    public Issue {
        items = List.copyOf(items);
    }

    /** An epoch and the hash of the commitment that shall get its pass. */
    public record Item(Hash epoch, Hash commitment) {}

    /** An outcome, and the right that was to be spent; empty if there was none. */
    public record Answer(Outcome outcome, Optional<Right> right) {}

    /** What became of a request. */
    public enum Outcome {
        /** Every item is spent now, and at least one was not before: sign them. */
        ISSUED,
        /** Every item was spent by the same commitments before: sign them, to the same bytes. */
        AGAIN,
        /** There is no such offer (any more), or it is bound to no wallet or to another; nothing was written. */
        NO_RIGHT,
        /** An epoch was spent by another commitment; nothing was written. */
        ALREADY_ISSUED,
        /** An epoch has no passes left today; nothing was written. */
        DAILY_CAP
    }
}
