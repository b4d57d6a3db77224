package org.safeconduct.core.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * Which batch files there are, one list for all regions and everybody (spec/presence.md section 6.3). The only file that
 * changes.
 *
 * @param authority leaf of the authority's line
 * @param time when it was signed, whole seconds
 * @param entries sorted by region and sequence; the sequences of a region have no gap
 */
public record BatchIndex(Hash authority, Instant time, List<Entry> entries) {
    /** How long a batch is listed, in days. */
    public static final int DAYS = 30;
    /** Most entries. */
    public static final int MOST = 10_000;

    private static final String LABEL = "batch-index";

    /**
     * One batch file.
     *
     * @param file SHA-256 of it, which is its name
     */
    public record Entry(int region, long sequence, Hash file) {
        boolean follows(Entry before) {
            return before.region < region || before.region == region && before.sequence + 1 == sequence;
        }
    }

    /** @throws IllegalArgumentException if the entries are too many or not in their order */
    public BatchIndex {
        entries = List.copyOf(entries);
        if (!isOrdered(entries) || time.getNano() != 0 || time.getEpochSecond() < 0 || time.getEpochSecond() >= Poster.LATEST) {
            throw new IllegalArgumentException("An index is out of order.");
        }
    }

    private static boolean isOrdered(List<Entry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (!entries.get(i).follows(entries.get(i - 1))) {
                return false;
            }
        }
        return entries.size() <= MOST;
    }

    /**
     * Reads an index file and checks its signature.
     *
     * @throws MalformedException if it is not the one form of an index
     * @throws VerificationException if the signature is not the authority's
     */
    public static BatchIndex open(byte[] file, Ed25519Key signingKey) throws MalformedException, VerificationException {
        List<Cbor> f = Cbor.parse(SignedFile.open(LABEL, file, signingKey), SignedFile.LONGEST).items(4);
        if (f.get(0).whole(1) != 1) {
            throw new MalformedException("An index is of an unknown version.");
        }
        List<Entry> entries = new ArrayList<>();
        for (Cbor item : f.get(3).items(0, MOST)) {
            List<Cbor> e = item.items(3);
            entries.add(new Entry((int) e.get(0).whole(Poster.MOST_REGIONS - 1L), e.get(1).whole(Cbor.LARGEST), e.get(2).hash()));
        }
        if (!isOrdered(entries)) {
            throw new MalformedException("An index is out of order.");
        }
        return new BatchIndex(f.get(1).hash(), Instant.ofEpochSecond(f.get(2).whole(Poster.LATEST - 1)), entries);
    }

    /** Returns the file to publish. */
    public byte[] sign(AuthorityKeys keys) {
        List<List<Object>> items = entries.stream().map(e -> List.<Object>of(e.region, e.sequence, e.file)).toList();
        return SignedFile.sign(LABEL, Cbor.array(1, authority, time.getEpochSecond(), items).print(SignedFile.LONGEST), keys.signing());
    }

    /** Returns the entry of this sequence in a region's chain. */
    public Optional<Entry> entry(int region, long sequence) {
        return entries.stream().filter(e -> e.region == region && e.sequence == sequence).findFirst();
    }

    /** Returns the oldest entry of a region. */
    public Optional<Entry> oldest(int region) {
        return entries.stream().filter(e -> e.region == region).findFirst();
    }
}
