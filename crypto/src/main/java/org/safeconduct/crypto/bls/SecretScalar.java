package org.safeconduct.crypto.bls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A number modulo the group order r that nobody else may learn.
 *
 * <p>Lives in a {@link Vault}; results land in the vault of the left operand. All arithmetic is libblst's constant-time
 * {@code blst_sk_*}.
 */
public final class SecretScalar {
    private final Vault vault;
    private final MemorySegment value; // little-endian

    SecretScalar(Vault vault, MemorySegment value) {
        this.vault = vault;
        this.value = value;
    }

    MemorySegment value() {
        vault.checkOpen();
        return value;
    }

    /**
     * To be called after the memory of {@link #value} was read: throws if another thread wiped it meanwhile, because what was
     * worked out from a part of a secret tells something about it.
     */
    void used() {
        vault.checkOpen();
    }

    /** this + other mod r. */
    public SecretScalar plus(SecretScalar other) {
        SecretScalar result = vault.slot();
        Blst.skAdd(result.value, value(), other.value());
        used();
        other.used();
        return result;
    }

    /** this - other mod r. */
    public SecretScalar minus(SecretScalar other) {
        SecretScalar result = vault.slot();
        Blst.skSub(result.value, value(), other.value());
        used();
        other.used();
        return result;
    }

    /** this * other mod r. */
    public SecretScalar times(SecretScalar other) {
        SecretScalar result = vault.slot();
        Blst.skMul(result.value, value(), other.value());
        used();
        other.used();
        return result;
    }

    /** this * other mod r. */
    public SecretScalar times(Scalar other) {
        return times(vault.copy(other));
    }

    /** 1 / this mod r; zero for zero. */
    public SecretScalar inverse() {
        SecretScalar result = vault.slot();
        Blst.skInverse(result.value, value());
        used();
        return result;
    }

    /** True for 1..r-1. */
    public boolean isNonZero() {
        return Blst.skCheck(value());
    }

    /** The number as public data, for a value that the protocol publishes (a response, e of a signature). */
    public Scalar reveal() {
        Scalar number = new Scalar(value().toArray(ValueLayout.JAVA_BYTE));
        used();
        return number;
    }

    /** Writes 32 bytes, big-endian. */
    public void write(byte[] out, int offset) {
        MemorySegment from = value();
        for (int i = 0; i < Blst.SCALAR; i++) out[offset + i] = from.get(ValueLayout.JAVA_BYTE, Blst.SCALAR - 1L - i);
        used();
    }

    /** Compares in constant time. */
    public boolean sameAs(SecretScalar other) {
        MemorySegment a = value();
        MemorySegment b = other.value();
        int difference = 0;
        for (int i = 0; i < Blst.SCALAR; i++) {
            difference |= a.get(ValueLayout.JAVA_BYTE, i) ^ b.get(ValueLayout.JAVA_BYTE, i);
        }
        return difference == 0;
    }

    @Override
    public String toString() {
        return "SecretScalar[secret]";
    }
}
