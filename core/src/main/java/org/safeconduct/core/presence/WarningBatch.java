package org.safeconduct.core.presence;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * The warnings of one region and some hours, in one file that is the same for everybody and never changes (spec/presence.md
 * section 6). Filled up with dummies, so that its length tells little. Immutable.
 */
public final class WarningBatch {
    /** Warnings come in multiples of this, at least one multiple. */
    public static final int STEP = 32;
    /** Most warnings of a batch, dummies included. */
    public static final int MOST = 4_000;
    /** What stands for the batch before the first one. */
    public static final Hash NONE_BEFORE = zeros();

    private static final int FIELDS = 8;
    private static final String LABEL = "batch";

    private final Hash authority;
    private final int region;
    private final long sequence;
    private final Hash previous;
    private final Hour from;
    private final Hour until;
    private final List<Warning> warnings;

    private WarningBatch(Hash authority, int region, long sequence, Hash previous, Hour from, Hour until, List<Warning> warnings)
            throws MalformedException {
        this.authority = authority;
        this.region = region;
        this.sequence = sequence;
        this.previous = previous;
        this.from = from;
        this.until = until;
        this.warnings = List.copyOf(warnings);
        if (warnings.isEmpty() || warnings.size() > MOST || warnings.size() % STEP != 0 || sequence == 0 != previous.equals(NONE_BEFORE)) {
            throw new MalformedException("A batch is of no length that it can have, or has no place in a chain.");
        }
        for (int i = 0; i < warnings.size(); i++) {
            Hour hour = warnings.get(i).hour();
            boolean follows = i == 0 || warnings.get(i - 1).compareTo(warnings.get(i)) < 0;
            if (!follows || hour.compareTo(from) < 0 || hour.compareTo(until) > 0) {
                throw new MalformedException("The warnings of a batch are not sorted, or of other hours.");
            }
        }
    }

    /**
     * The first batch of a region, or the one after {@code before}.
     *
     * @param authority leaf of the authority's line
     * @param before the batch before, or null
     * @param from first hour that a warning may have; dummies are spread over all hours
     * @param until last hour
     * @throws IllegalArgumentException if there are more warnings than a batch holds, or one is of another hour
     */
    public static WarningBatch create(Hash authority, int region, WarningBatch before, Hour from, Hour until,
            Collection<Warning> warnings, SecureRandom random) {
        List<Warning> all = new ArrayList<>(warnings);
        int size = Math.max(STEP, (all.size() + STEP - 1) / STEP * STEP);
        while (all.size() < size) {
            all.add(Warning.dummy(from.plus(below(until.number() - from.number() + 1, random)), random));
        }
        all.sort(null);
        try {
            long sequence = before == null ? 0 : before.sequence + 1;
            Hash previous = before == null ? NONE_BEFORE : before.hash();
            return new WarningBatch(authority, region, sequence, previous, from, until, all);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static int below(int bound, SecureRandom random) {
        if (bound < 1) {
            throw new IllegalArgumentException("The last hour of a batch is not before its first.");
        }
        byte[] number = new byte[8];
        random.nextBytes(number);
        return (int) Long.remainderUnsigned(java.nio.ByteBuffer.wrap(number).getLong(), bound);
    }

    /**
     * Reads a batch file and checks its signature. Its place in the chain is for {@link WarningChain}.
     *
     * @throws MalformedException if it is not the one form of a batch file; then nothing of it counts
     * @throws VerificationException if the signature is not the authority's
     */
    public static WarningBatch open(byte[] file, Ed25519Key signingKey) throws MalformedException, VerificationException {
        List<Cbor> f = Cbor.parse(SignedFile.open(LABEL, file, signingKey), SignedFile.LONGEST).items(FIELDS);
        if (f.get(0).whole(1) != 1) {
            throw new MalformedException("A batch is of an unknown version.");
        }
        byte[] joined = f.get(7).bytes(STEP * Warning.BYTES, MOST * Warning.BYTES);
        if (joined.length % Warning.BYTES != 0) {
            throw new MalformedException("A batch ends within a warning.");
        }
        List<Warning> warnings = new ArrayList<>();
        for (int at = 0; at < joined.length; at += Warning.BYTES) {
            warnings.add(Warning.parse(Arrays.copyOfRange(joined, at, at + Warning.BYTES)));
        }
        return new WarningBatch(f.get(1).hash(), (int) f.get(2).whole(Poster.MOST_REGIONS - 1L), f.get(3).whole(Cbor.LARGEST),
                f.get(4).hash(), Hour.parse(f.get(5).whole(Integer.MAX_VALUE)), Hour.parse(f.get(6).whole(Integer.MAX_VALUE)), warnings);
    }

    private byte[] bytes() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        warnings.forEach(warning -> joined.writeBytes(warning.bytes()));
        return Cbor.array(1, authority, region, sequence, previous, from.number(), until.number(), joined.toByteArray())
                .print(SignedFile.LONGEST);
    }

    /** Returns the file to publish; its name is the hex of its SHA-256. */
    public byte[] sign(AuthorityKeys keys) {
        return SignedFile.sign(LABEL, bytes(), keys.signing());
    }

    /** Returns SHA-256 of the batch without its signature: {@code previous} of the next one. */
    public Hash hash() {
        return Hash.sha256(bytes());
    }

    /** Returns the leaf of the authority's line. */
    public Hash authority() {
        return authority;
    }

    /** Returns the index of the region. */
    public int region() {
        return region;
    }

    /** Returns its place in the region's chain, from 0. */
    public long sequence() {
        return sequence;
    }

    /** Returns the hash of the batch before, or 32 zero bytes. */
    public Hash previous() {
        return previous;
    }

    /** Returns the warnings, dummies among them, sorted. */
    public List<Warning> warnings() {
        return warnings;
    }

    private static Hash zeros() {
        try {
            return Hash.parse(new byte[Hash.LENGTH]);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
