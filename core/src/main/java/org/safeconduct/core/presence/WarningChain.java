package org.safeconduct.core.presence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * How far a phone has read the warnings of one region (spec/presence.md section 6.4). It refuses what is not the same
 * chain for everybody: another batch in place of one it has read, one that does not follow, an index older than the last.
 * Immutable; every step gives a new value, to be stored when the warnings have been tried.
 *
 * @param authority leaf of the authority's line
 * @param read the last batch that was read, if any
 * @param seen time of the latest index
 */
public record WarningChain(Hash authority, int region, Optional<Read> read, Instant seen) {
    private static final int LONGEST = 200;

    /**
     * A batch that was read.
     *
     * @param batch what the next batch names as its previous one
     * @param file its name
     */
    public record Read(long sequence, Hash batch, Hash file) {}

    /** What a batch brought. */
    public record Step(WarningChain chain, List<Warning> warnings) {}

    /** Nothing read yet. */
    public static WarningChain begin(Hash authority, int region) {
        return new WarningChain(authority, region, Optional.empty(), Instant.EPOCH);
    }

    /**
     * Takes a fetched index file.
     *
     * @param authority the line that the chain is of
     * @return the index, of which {@link #next} says what to fetch
     * @throws MalformedException if it is not an index
     * @throws VerificationException if it is not signed by the authority, is of another one, is older than the last, or
     *     names another file for the batch that was read last
     */
    public BatchIndex index(byte[] file, Placed<Authority> authority) throws MalformedException, VerificationException {
        BatchIndex index = BatchIndex.open(file, authority.line().signingKey());
        boolean same = index.authority().equals(this.authority) && authority.leaf().equals(this.authority);
        if (!same || index.time().isBefore(seen)) {
            throw new VerificationException("The index is another authority's, or older than one seen before.");
        }
        if (read.isPresent()) {
            requireStill(index, read.get());
        }
        return index;
    }

    private void requireStill(BatchIndex index, Read last) throws VerificationException {
        Optional<BatchIndex.Entry> oldest = index.oldest(region);
        boolean forgotten = oldest.isPresent() && oldest.get().sequence() > last.sequence;
        boolean still = index.entry(region, last.sequence).map(e -> e.file().equals(last.file)).orElse(forgotten);
        // A region without batches for thirty days leaves the index.
        if (!still && oldest.isPresent()) {
            throw new VerificationException("The index names other batches than before.");
        }
    }

    /** Returns the name of the file to fetch next, if there is one. */
    public Optional<Hash> next(BatchIndex index) {
        return nextEntry(index).map(BatchIndex.Entry::file);
    }

    private Optional<BatchIndex.Entry> nextEntry(BatchIndex index) {
        Optional<BatchIndex.Entry> oldest = index.oldest(region);
        long after = read.map(r -> r.sequence + 1).orElse(0L);
        return oldest.isEmpty() || oldest.get().sequence() >= after ? oldest : index.entry(region, after);
    }

    /**
     * Takes the file that {@link #next} named.
     *
     * @throws MalformedException if it is not a batch; nothing of it counts
     * @throws VerificationException if it is not that file, or does not follow the batch read before; nothing of it counts
     */
    public Step accept(BatchIndex index, byte[] file, Placed<Authority> authority) throws MalformedException, VerificationException {
        BatchIndex.Entry entry = nextEntry(index).orElseThrow(() -> new VerificationException("There is nothing more to read."));
        if (!Hash.sha256(file).equals(entry.file())) {
            throw new VerificationException("This is not the file that the index names.");
        }
        WarningBatch batch = WarningBatch.open(file, authority.line().signingKey());
        // Who was away for longer than the index reaches begins anew at its oldest batch.
        boolean follows = read.filter(r -> r.sequence + 1 == entry.sequence()).map(r -> r.batch.equals(batch.previous())).orElse(true);
        boolean fits = batch.authority().equals(this.authority) && batch.region() == region && batch.sequence() == entry.sequence();
        if (!fits || !follows) {
            throw new VerificationException("A batch does not follow the one before.");
        }
        Read now = new Read(entry.sequence(), batch.hash(), entry.file());
        return new Step(new WarningChain(this.authority, region, Optional.of(now), index.time()), batch.warnings());
    }

    /** Returns the bytes to store. */
    public byte[] bytes() {
        Object last = read.map(r -> (Object) List.of(r.sequence, r.batch, r.file)).orElse(null);
        return Cbor.array(1, authority, region, last, seen.getEpochSecond()).print();
    }

    /** @throws MalformedException if these are not bytes that {@link #bytes} wrote */
    public static WarningChain parse(byte[] stored) throws MalformedException {
        List<Cbor> f = Cbor.parse(stored).items(5);
        if (stored.length > LONGEST || f.get(0).whole(1) != 1) {
            throw new MalformedException("This is not how far somebody has read.");
        }
        Optional<Read> read = Optional.empty();
        if (!f.get(3).isNull()) {
            List<Cbor> r = f.get(3).items(3);
            read = Optional.of(new Read(r.get(0).whole(Cbor.LARGEST - 1), r.get(1).hash(), r.get(2).hash()));
        }
        return new WarningChain(f.get(1).hash(), (int) f.get(2).whole(Poster.MOST_REGIONS - 1L), read,
                Instant.ofEpochSecond(f.get(4).whole(Poster.LATEST - 1)));
    }
}
