package org.safeconduct.core.presence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.KeyBatch;
import org.safeconduct.crypto.ibe.PossessionProof;

/**
 * The code on a poster: what it says, and the venue's half of the key that visits are sealed to (spec/presence.md section
 * 3.1). One that exists has a valid proof of possession: its maker cannot open visits without the authority.
 */
public final class VenueCode {
    private static final int SEED = 16;
    private static final int FIELDS = 12;
    private static final int MESSAGE = 32;
    private static final int SHORT_BYTES = 4 * Text.SHORT;

    private final IbePublicKey key;
    private final PossessionProof proof;
    private final byte[] seed;
    private final Poster poster;
    private final Hash authority;
    private final byte[] bytes;

    private VenueCode(IbePublicKey key, PossessionProof proof, byte[] seed, Poster poster, Hash authority) {
        this.key = key;
        this.proof = proof;
        this.seed = seed;
        this.poster = poster;
        this.authority = authority;
        this.bytes = Cbor.array(1, key.toBytes(), proof.toBytes(), seed, poster.name(), poster.place(),
                poster.room().orElse(null), poster.kind().ordinal(), poster.stay(), poster.region(), authority,
                poster.end().map(Instant::getEpochSecond).orElse(null)).print();
    }

    static VenueCode create(IbePublicKey key, PossessionProof proof, byte[] seed, Poster poster, Hash authority) {
        return new VenueCode(key, proof, seed, poster, authority);
    }

    static int seedLength() {
        return SEED;
    }

    /**
     * Reads the text of a poster.
     *
     * @throws MalformedException if it is not the one form of a venue code
     * @throws VerificationException if the proof of possession does not hold
     */
    public static VenueCode parse(String text) throws MalformedException, VerificationException {
        return parse(Code.VENUE.parse(text));
    }

    /** Reads the bytes; otherwise like {@link #parse(String)}. */
    public static VenueCode parse(byte[] bytes) throws MalformedException, VerificationException {
        VenueCode code = read(bytes);
        code.key.verify(code.proof);
        return code;
    }

    /** Reads all but the proof, which whoever calls this verifies, or has verified before. */
    static VenueCode read(byte[] bytes) throws MalformedException {
        List<Cbor> fields = Cbor.parse(bytes).items(FIELDS);
        if (fields.get(0).whole(1) != 1) {
            throw new MalformedException("A venue code is of an unknown version.");
        }
        IbePublicKey key = IbePublicKey.parse(fields.get(1).bytes(IbePublicKey.BYTES));
        PossessionProof proof = PossessionProof.parse(fields.get(2).bytes(PossessionProof.BYTES));
        Poster poster = poster(fields);
        return new VenueCode(key, proof, fields.get(3).bytes(SEED), poster, fields.get(10).hash());
    }

    private static Poster poster(List<Cbor> f) throws MalformedException {
        String name = text(f.get(4));
        String place = text(f.get(5));
        Optional<String> room = f.get(6).isNull() ? Optional.empty() : Optional.of(text(f.get(6)));
        VenueKind kind = VenueKind.values()[(int) f.get(7).whole(VenueKind.values().length - 1L)];
        int stay = (int) f.get(8).whole(Poster.LONGEST_STAY);
        int region = (int) f.get(9).whole(Poster.MOST_REGIONS - 1L);
        Optional<Instant> end = f.get(11).isNull() ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(f.get(11).whole(Poster.LATEST - 1)));
        if (stay == 0) {
            throw new MalformedException("A usual stay has at least an hour.");
        }
        return new Poster(name, place, room, kind, stay, region, end);
    }

    private static String text(Cbor field) throws MalformedException {
        return Text.check(field.text(SHORT_BYTES), Text.SHORT);
    }

    /** Returns what the poster says. */
    public Poster poster() {
        return poster;
    }

    /** Returns the venue's half of the key. */
    public IbePublicKey key() {
        return key;
    }

    /** Adds the proof of possession to those that are verified together. */
    void proveIn(KeyBatch batch) {
        batch.add(key, proof);
    }

    /** Returns the leaf of the authority's line. */
    public Hash authority() {
        return authority;
    }

    /** Returns what names this poster in one hour (3.2); it covers every byte of the poster. */
    public Hash identity(Hour hour) {
        return Hash.sha256(Bytes.label("identity"), bytes, hour.bytes());
    }

    /** Returns the 32 bytes that are sealed into a slot and that open the hour's notice (3.3). */
    byte[] message(Hour hour) {
        return Derived.hkdf(seed, MESSAGE, Bytes.label("notice"), hour.bytes());
    }

    /** Returns the bytes that {@link #parse(byte[])} reads. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the text for the poster's QR code: {@code SCV1:} and Base45. */
    public String text() {
        return Code.VENUE.print(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VenueCode that && java.util.Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    /** Says nothing of the venue: no log learns where somebody scanned. */
    @Override
    public String toString() {
        return "VenueCode[" + bytes.length + " bytes]";
    }
}
