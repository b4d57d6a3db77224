package org.safeconduct.core.pass;

import java.util.Arrays;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.bbs.Pseudonym;

/**
 * What a pass leaves behind in one scope of one epoch: equal for two showings of the same pass there, unlinkable to
 * anything else (spec/pass.md section 4.3).
 */
public final class Stamp implements Comparable<Stamp> {
    /** Length of its bytes. */
    public static final int LENGTH = Pseudonym.BYTES;
    /** Length of the prefix that paired doors exchange, in bytes. */
    static final int PREFIX = 8;

    private final Hash epoch;
    private final int scope;
    private final byte[] bytes;

    Stamp(Hash epoch, int scope, byte[] bytes) {
        this.epoch = epoch;
        this.scope = scope;
        this.bytes = bytes;
    }

    static Stamp of(Hash epoch, int scope, Pseudonym pseudonym) {
        return new Stamp(epoch, scope, pseudonym.toBytes());
    }

    /** context_id of spec/pass.md section 4.3. */
    static byte[] context(Hash epoch, int scope) {
        return Bytes.join(Bytes.label("stamp"), epoch.bytes(), Bytes.i2osp(scope, 1));
    }

    /** Leaf of the epoch line. */
    public Hash epoch() {
        return epoch;
    }

    /** Index of the scope, 0 to 3. */
    public int scope() {
        return scope;
    }

    /** Returns a copy of the 48 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** First 8 bytes of the stamp's SHA-256, as paired doors exchange them (spec/pass.md section 6.2). */
    byte[] prefix() {
        return Arrays.copyOf(Hash.sha256(bytes).bytes(), PREFIX);
    }

    @Override
    public int compareTo(Stamp other) {
        int order = epoch.compareTo(other.epoch);
        order = order != 0 ? order : Integer.compare(scope, other.scope);
        return order != 0 ? order : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stamp that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says nothing: a printed stamp would be a trail. */
    @Override
    public String toString() {
        return "Stamp[48 bytes]";
    }
}
