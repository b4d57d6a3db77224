package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.wire.Hash;

/** Accepted codes, remembered in memory and no longer than they could be shown again (spec/pass.md section 5.5). */
final class SeenCodes {
    /** As long as the steps s-1 to s+3 last. */
    static final Duration LIVE = Duration.ofSeconds(150);
    /** Paper without a stamp has no other memory of its use. */
    static final Duration PAPER_WITHOUT_STAMP = Duration.ofHours(2);

    private final Map<Hash, Instant> until = new HashMap<>();

    boolean contains(Showing showing, Instant now) {
        until.values().removeIf(end -> !now.isBefore(end));
        return until.containsKey(Hash.sha256(showing.bytes()));
    }

    void add(Showing showing, Optional<Stamp> stamp, Instant now) {
        Duration window = showing.form() == Form.PAPER && stamp.isEmpty() ? PAPER_WITHOUT_STAMP : LIVE;
        until.put(Hash.sha256(showing.bytes()), now.plus(window));
    }
}
