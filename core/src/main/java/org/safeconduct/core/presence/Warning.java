package org.safeconduct.core.presence;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;

/**
 * The published key of one poster in one hour, and a notice for those who were there (spec/presence.md section 5.4). Names
 * no visitor; who has the poster sees that it was warned, nobody else sees even that. Immutable, public.
 */
public final class Warning implements Comparable<Warning> {
    /** Length in bytes: hour ‖ identity ‖ identity key ‖ sealed notice. */
    public static final int BYTES = 4 + Hash.LENGTH + IdentityKey.BYTES + Notice.SEALED;

    private final Hour hour;
    private final Hash identity;
    private final IdentityKey key;
    private final byte[] sealed;
    private final byte[] bytes;

    private Warning(Hour hour, Hash identity, IdentityKey key, byte[] sealed) {
        this.hour = hour;
        this.identity = identity;
        this.key = key;
        this.sealed = sealed;
        this.bytes = Bytes.join(hour.bytes(), identity.bytes(), key.toBytes(), sealed);
    }

    /** The warning of an hour whose whole key is known. */
    static Warning of(VenueCode venue, Hour hour, IdentityKey key, Notice notice, SecureRandom random) {
        byte[] message = venue.message(hour);
        try {
            return new Warning(hour, venue.identity(hour), key, notice.seal(message, random));
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** A warning of nothing, which fills a batch up. */
    static Warning dummy(Hour hour, SecureRandom random) {
        byte[] identity = new byte[Hash.LENGTH];
        byte[] sealed = new byte[Notice.SEALED];
        random.nextBytes(identity);
        random.nextBytes(sealed);
        try (IbeSecretKey nobody = IbeSecretKey.random(random)) {
            return new Warning(hour, Hash.parse(identity), nobody.extract(identity), sealed);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws MalformedException if these are not 144 bytes of a warning; whether it warns of anything shows when matching */
    static Warning parse(byte[] bytes) throws MalformedException {
        if (bytes.length != BYTES) {
            throw new MalformedException("A warning has " + BYTES + " bytes.");
        }
        int key = 4 + Hash.LENGTH;
        int notice = key + IdentityKey.BYTES;
        return new Warning(Hour.parse(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())),
                Hash.parse(Arrays.copyOfRange(bytes, 4, key)), IdentityKey.parse(Arrays.copyOfRange(bytes, key, notice)),
                Arrays.copyOfRange(bytes, notice, BYTES));
    }

    /** Returns the hour that is warned. */
    public Hour hour() {
        return hour;
    }

    /** Returns what names the poster in that hour. */
    public Hash identity() {
        return identity;
    }

    IdentityKey key() {
        return key;
    }

    Optional<Notice> open(byte[] message) {
        return Notice.open(sealed, message);
    }

    /** Returns the 144 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** By the bytes, hence by the hour first: the order says nothing of which came in when. */
    @Override
    public int compareTo(Warning other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Warning that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Warning[" + BYTES + " bytes]";
    }
}
