package org.safeconduct.core.presence;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.ibe.IbeCiphertext;

/**
 * One of the two places of an hour in a diary: a sealed visit, or a dummy that looks the same to everybody who lacks the
 * hour's key (spec/presence.md section 4.1).
 */
record Slot(Hour hour, IbeCiphertext sealed) {
    /** Length in bytes. */
    static final int BYTES = 4 + IbeCiphertext.BYTES;

    static Slot dummy(Hour hour, SecureRandom random) {
        return new Slot(hour, IbeCiphertext.dummy(random));
    }

    static Slot parse(byte[] bytes) throws MalformedException {
        Hour hour = Hour.parse(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
        return new Slot(hour, IbeCiphertext.parse(Arrays.copyOfRange(bytes, 4, bytes.length)));
    }

    byte[] bytes() {
        return Bytes.join(hour.bytes(), sealed.toBytes());
    }
}
