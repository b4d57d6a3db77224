package org.safeconduct.app.authority;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.office.Vault;
import org.safeconduct.app.store.AuthorityTables;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.presence.AuthorityKeys;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.Warning;
import org.safeconduct.core.presence.WarningBatch;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** Writes batches at the end of their regions' chains, with the index over all of them and the slips (sections 3.5 and 6). */
public final class Publication {
    private static final long A_DAY = Duration.ofDays(1).toSeconds();
    private static final String SLIP_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SLIP_LENGTH = 8;

    private final Vault vault;
    private final Hash authority;
    private final AuthorityKeys keys;

    Publication(Vault vault, Hash authority, AuthorityKeys keys) {
        this.vault = vault;
        this.authority = authority;
        this.keys = keys;
    }

    /**
     * What was published in a region.
     *
     * @param file name of the batch file
     * @param bytes its length
     * @param warnings how many of its warnings are real
     * @param slips of these warnings, by hour
     */
    public record Published(int region, Hash file, int bytes, int warnings, List<AuthorityTables.Slip> slips) {}

    /**
     * Publishes a batch for each region, or several where there are more warnings than a batch holds.
     *
     * @param cases of which the hours are
     * @param hours in the order of the warnings
     */
    List<Published> publish(AuthorityTables tables, List<StoredCase> cases, List<VenueHour> hours, List<Warning> warnings) {
        SortedMap<Integer, List<Integer>> regions = new TreeMap<>();
        for (int i = 0; i < hours.size(); i++) {
            regions.computeIfAbsent(hours.get(i).venue().poster().region(), region -> new ArrayList<>()).add(i);
        }
        List<Published> published = new ArrayList<>();
        regions.forEach((region, all) -> {
            int from = cases.stream().filter(stored -> stored.region() == region).mapToInt(StoredCase::from).min().orElseThrow();
            int until = cases.stream().filter(stored -> stored.region() == region).mapToInt(StoredCase::until).max().orElseThrow();
            for (int first = 0; first < all.size(); first += WarningBatch.MOST) {
                List<Integer> some = all.subList(first, Math.min(all.size(), first + WarningBatch.MOST));
                published.add(batch(tables, region, new Hour(from), new Hour(until), some.stream().map(hours::get).toList(), some.stream().map(warnings::get).toList()));
            }
        });
        index(tables);
        return published;
    }

    private Published batch(AuthorityTables tables, int region, Hour from, Hour until, List<VenueHour> hours, List<Warning> warnings) {
        Optional<AuthorityTables.Batch> last = tables.lastBatch(region);
        WarningBatch batch = WarningBatch.create(authority, region, last.map(before -> read(tables, before)).orElse(null), from, until, warnings, vault.random());
        byte[] file = batch.sign(keys);
        // A chain's days do not go back, whatever the clock does: the index is a run of its end.
        long day = Math.max(today(), last.map(AuthorityTables.Batch::day).orElse(0L));
        tables.addBatch(new AuthorityTables.Batch(region, batch.sequence(), Hash.sha256(file), day), file);
        List<AuthorityTables.Slip> slips = hours.stream().map(hour -> new AuthorityTables.Slip(hour.hour().number(), hour.slip())).sorted(
                Comparator.comparingInt(AuthorityTables.Slip::hour)).toList();
        tables.addSlips(padded(slips, batch, warnings), day);
        return new Published(region, Hash.sha256(file), file.length, warnings.size(), slips);
    }

    private WarningBatch read(AuthorityTables tables, AuthorityTables.Batch batch) {
        try {
            return WarningBatch.open(tables.batch(batch.file()).orElseThrow(), keys.signingKey());
        } catch (MalformedException | VerificationException e) {
            throw damaged(e);
        }
    }

    /** As many codes as the batch has warnings: random ones for its dummies, or the list would count what the batch hides. */
    private List<AuthorityTables.Slip> padded(List<AuthorityTables.Slip> slips, WarningBatch batch, List<Warning> real) {
        Set<Warning> known = new HashSet<>(real);
        List<AuthorityTables.Slip> all = new ArrayList<>(slips);
        batch.warnings().stream().filter(warning -> !known.contains(warning))
                .forEach(dummy -> all.add(new AuthorityTables.Slip(dummy.hour().number(), randomCode(vault.random()))));
        return all;
    }

    private static String randomCode(SecureRandom random) {
        StringBuilder code = new StringBuilder();
        random.ints(SLIP_LENGTH, 0, SLIP_DIGITS.length()).forEach(digit -> code.append(SLIP_DIGITS.charAt(digit)));
        return code.toString();
    }

    /** Signs the index of the last 30 days and forgets what is older. Its time never goes back: phones would refuse it. */
    void index(AuthorityTables tables) {
        long forgotten = today() - BatchIndex.DAYS;
        List<BatchIndex.Entry> entries = tables.batchesAfter(forgotten).stream()
                .map(batch -> new BatchIndex.Entry(batch.region(), batch.sequence(), batch.file())).toList();
        if (entries.size() > BatchIndex.MOST) {
            throw new OfficeException("More batches were published in 30 days than an index holds. Nothing was published.");
        }
        Instant before = tables.index().map(file -> open(file).time()).orElse(Instant.EPOCH);
        Instant now = vault.now().isBefore(before) ? before : vault.now();
        tables.putIndex(authority, new BatchIndex(authority, now, entries).sign(keys));
        tables.forgetUntil(forgotten);
    }

    /** Returns whether the index is of an earlier day than today, or lists what is older than 30 days. */
    boolean isIndexOver(AuthorityTables tables) {
        Optional<BatchIndex> index = tables.index().map(this::open);
        return index.isPresent() && (Math.floorDiv(index.get().time().getEpochSecond(), A_DAY) < today()
                || index.get().entries().size() > tables.batchesAfter(today() - BatchIndex.DAYS).size());
    }

    private BatchIndex open(byte[] index) {
        try {
            return BatchIndex.open(index, keys.signingKey());
        } catch (MalformedException | VerificationException e) {
            throw damaged(e);
        }
    }

    private static OfficeException damaged(Exception cause) {
        return new OfficeException("The warnings in the store are not the authority's. Restore the store from a backup.", cause);
    }

    private long today() {
        return Math.floorDiv(vault.now().getEpochSecond(), A_DAY);
    }
}
