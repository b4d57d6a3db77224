package org.safeconduct.app.authority;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.Vault;
import org.safeconduct.app.store.AuthorityTables;
import org.safeconduct.core.presence.AuthorityKeys;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Time;

/**
 * The warnings as the files everybody reads (spec/presence.md section 6.4), the same bytes for all. A node takes over what
 * other nodes and commands wrote with {@link #refresh}.
 */
public final class PublishedWarnings {
    /** So many bytes of batch files are kept at hand, the newest; fourteen days of twenty regions are half of that. */
    private static final int MOST_KEPT = 40 << 20;

    private static final int HOURS_KEPT = 24 * BatchIndex.DAYS;

    private final Desk desk;
    private final Vault vault;
    private volatile State state = new State(null, List.of(), null, Map.of());

    /** What changes, as published at one time; null without an authority. */
    private static final class State {
        final byte[] index;
        final List<AuthorityTables.Slip> slipList;
        final byte[] slips;
        final Map<Hash, byte[]> batches;

        State(byte[] index, List<AuthorityTables.Slip> slipList, byte[] slips, Map<Hash, byte[]> batches) {
            this.index = index;
            this.slipList = slipList;
            this.slips = slips;
            this.batches = batches;
        }
    }

    private PublishedWarnings(Desk desk) {
        this.desk = desk;
        this.vault = desk.vault();
    }

    /** Returns what an office's authority has published. */
    public static PublishedWarnings of(Desk desk) {
        PublishedWarnings warnings = new PublishedWarnings(desk);
        warnings.refresh();
        return warnings;
    }

    /** Takes over what was written since. Index and slips are of one time. */
    public void refresh() {
        byte[] index = vault.store().read(tables -> tables.authority().index()).orElse(null);
        if (!Arrays.equals(index, state.index)) {
            state = vault.store().read(tables -> {
                // What is over 30 days old goes when the index does.
                List<AuthorityTables.Slip> slips = tables.authority().slipsAfter(0);
                return new State(tables.authority().index().orElse(null), slips, text(slips), batches(tables.authority()));
            });
        }
    }

    /** The newest batches; those that are here already are not read again. */
    private Map<Hash, byte[]> batches(AuthorityTables tables) {
        Map<Hash, byte[]> kept = new HashMap<>();
        long bytes = 0;
        for (AuthorityTables.Batch batch : tables.batchesAfter(0).stream().sorted(Comparator.comparingLong(AuthorityTables.Batch::day).reversed()).toList()) {
            byte[] file = state.batches.containsKey(batch.file()) ? state.batches.get(batch.file()) : tables.batch(batch.file()).orElseThrow();
            bytes += file.length;
            if (bytes > MOST_KEPT) {
                break;
            }
            kept.put(batch.file(), file);
        }
        return kept;
    }

    /** One line for each code: its hour, a space, the code. */
    private static byte[] text(List<AuthorityTables.Slip> slips) {
        StringBuilder text = new StringBuilder();
        for (AuthorityTables.Slip slip : slips) {
            text.append(Time.print(new Hour(slip.hour()).start())).append(' ').append(slip.code()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Leaves out of the index what is older than 30 days, and forgets it, with all cases whose hours are: no phone holds
     * these hours any more, and a case that nobody confirmed or withdrew would keep what its venue sent. Signs the index
     * once a day, so that phones see when it is held back. Does nothing at most times.
     */
    public void forget() {
        Optional<Placed<Authority>> authority = Authorities.find(desk.register());
        if (authority.isEmpty()) {
            return;
        }
        boolean forgotten = vault.store().write(tables -> {
            tables.takeTurn();
            try (AuthorityKeys keys = Authorities.keys(vault, tables, authority.get().leaf())) {
                Publication publication = new Publication(vault, authority.get().leaf(), keys);
                boolean cases = tables.authority().forgetCases(Hour.of(vault.now()).number() - HOURS_KEPT) > 0;
                if (!publication.isIndexOver(tables.authority())) {
                    return cases;
                }
                publication.index(tables.authority());
                return true;
            }
        });
        if (forgotten) {
            vault.store().settle();
        }
    }

    /** Returns the signed index, if there is an authority. */
    public Optional<byte[]> index() {
        return Optional.ofNullable(state.index);
    }

    /** Returns the list of slips, if there is an authority. */
    public Optional<byte[]> slips() {
        return Optional.ofNullable(state.index == null ? null : state.slips);
    }

    /** Returns the slips by hour and code, if there is an authority; the same list until another is published. */
    public Optional<List<AuthorityTables.Slip>> slipList() {
        return Optional.ofNullable(state.index == null ? null : state.slipList);
    }

    /** Returns a batch file, if there is one of that name. */
    public Optional<byte[]> batch(Hash name) {
        byte[] kept = state.batches.get(name);
        return kept != null ? Optional.of(kept) : vault.store().read(tables -> tables.authority().batch(name));
    }
}
