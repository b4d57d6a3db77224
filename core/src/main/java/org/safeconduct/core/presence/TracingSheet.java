package org.safeconduct.core.presence;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbeSecretKey;

/**
 * What a venue keeps locked away: its half of the key, and its posters (spec/presence.md section 3.4). A secret; its text
 * is printed once. Without the authority it opens nothing.
 */
public final class TracingSheet implements AutoCloseable {
    /** Most posters of one sheet; as many as fit into the bytes of a code. */
    public static final int MOST_POSTERS = 16;

    private static final int SLIP = 5;

    private final IbeSecretKey secret;
    private final List<VenueCode> posters;

    private TracingSheet(IbeSecretKey secret, List<VenueCode> posters) {
        this.secret = secret;
        this.posters = List.copyOf(posters);
    }

    /** A new key, without posters. */
    public static TracingSheet create(SecureRandom random) {
        return new TracingSheet(IbeSecretKey.random(random), List.of());
    }

    /**
     * Reads the text of a sheet.
     *
     * @throws MalformedException if it is not the one form of a sheet
     * @throws VerificationException if one of its posters was not made with its key
     */
    public static TracingSheet parse(String text) throws MalformedException, VerificationException {
        List<Cbor> fields = Cbor.parse(Code.TRACING_SHEET.parse(text)).items(3);
        if (fields.get(0).whole(1) != 1) {
            throw new MalformedException("A tracing sheet is of an unknown version.");
        }
        List<VenueCode> posters = new ArrayList<>();
        for (Cbor poster : fields.get(2).items(0, MOST_POSTERS)) {
            posters.add(VenueCode.parse(poster.bytes(1, Cbor.LONGEST)));
        }
        IbeSecretKey secret = IbeSecretKey.parse(fields.get(1).bytes(IbeSecretKey.BYTES));
        if (posters.stream().anyMatch(poster -> !poster.key().equals(secret.publicKey()))) {
            secret.close();
            throw new VerificationException("A poster on this sheet is not of its key.");
        }
        return new TracingSheet(secret, posters);
    }

    /**
     * Returns this sheet with one more poster, which has a seed of its own. The key is shared with this sheet.
     *
     * @param authority leaf of the authority's line
     * @throws IllegalArgumentException if the sheet is full
     */
    public TracingSheet with(Poster poster, Hash authority, SecureRandom random) {
        byte[] seed = new byte[VenueCode.seedLength()];
        random.nextBytes(seed);
        List<VenueCode> more = new ArrayList<>(posters);
        more.add(VenueCode.create(secret.publicKey(), secret.prove(), seed, poster, authority));
        TracingSheet sheet = new TracingSheet(secret, more);
        if (more.size() > MOST_POSTERS) {
            throw new IllegalArgumentException("A tracing sheet holds at most " + MOST_POSTERS + " posters.");
        }
        sheet.text(); // refuses what has no place in a code
        return sheet;
    }

    /** Returns the posters, oldest first. */
    public List<VenueCode> posters() {
        return posters;
    }

    /** Returns the venue's part of the key that opens the visits to this poster in this hour, and the hour's slip code. */
    public VenueHour part(VenueCode poster, Hour hour) {
        requireOwn(poster);
        return new VenueHour(poster, hour, secret.extract(poster.identity(hour).bytes()), slip(poster, hour));
    }

    /** Returns what a visitor without a phone takes along from this poster in this hour: 8 letters and digits (3.5). */
    public String slip(VenueCode poster, Hour hour) {
        requireOwn(poster);
        byte[] key = secret.toBytes();
        try {
            return Crockford.print(Derived.hkdf(key, SLIP, Bytes.label("slip"), Hash.sha256(poster.bytes()).bytes(), hour.bytes()));
        } finally {
            java.util.Arrays.fill(key, (byte) 0);
        }
    }

    private void requireOwn(VenueCode poster) {
        if (!posters.contains(poster)) {
            throw new IllegalArgumentException("This poster is not on the sheet.");
        }
    }

    /** Returns the text to print once and lock away: {@code SCT1:} and Base45. A secret. */
    public String text() {
        byte[] key = secret.toBytes();
        try {
            return Code.TRACING_SHEET.print(Cbor.array(1, key, posters.stream().map(VenueCode::bytes).toList()).print());
        } finally {
            java.util.Arrays.fill(key, (byte) 0);
        }
    }

    /** Wipes the key, also of sheets made from this one. */
    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "TracingSheet[secret]";
    }
}
