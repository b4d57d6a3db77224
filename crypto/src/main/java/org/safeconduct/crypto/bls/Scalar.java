package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;

/** A public number modulo the group order r, 0..r-1. Immutable. */
public final class Scalar {
    /** The number one. */
    public static final Scalar ONE = of(1);

    final byte[] le;

    Scalar(byte[] le) {
        this.le = le;
    }

    /** A small number, 0 or more. */
    public static Scalar of(int value) {
        byte[] le = new byte[Blst.SCALAR];
        for (int i = 0; i < 4; i++) le[i] = (byte) (value >>> 8 * i);
        return new Scalar(le);
    }

    /**
     * Reads 32 bytes, big-endian.
     *
     * @throws MalformedException unless they are a number in 1..r-1
     */
    public static Scalar parse(byte[] bytes, int offset) throws MalformedException {
        if (bytes.length - offset < Blst.SCALAR) throw new MalformedException("A scalar is cut off.");
        byte[] le = new byte[Blst.SCALAR];
        for (int i = 0; i < le.length; i++) le[i] = bytes[offset + le.length - 1 - i];
        Scalar s = new Scalar(le);
        if (!s.isNonZero()) throw new MalformedException("A scalar is not in 1..r-1.");
        return s;
    }

    /** True for 1..r-1; false for zero. */
    public boolean isNonZero() {
        try (Arena arena = Arena.ofConfined()) {
            return Blst.skCheck(copyTo(arena));
        }
    }

    /** this + other mod r. */
    public Scalar plus(Scalar other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.SCALAR, 8);
            Blst.skAdd(out, copyTo(arena), other.copyTo(arena));
            return new Scalar(out.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** this * other mod r. */
    public Scalar times(Scalar other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.SCALAR, 8);
            Blst.skMul(out, copyTo(arena), other.copyTo(arena));
            return new Scalar(out.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** -this mod r. */
    public Scalar negate() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.SCALAR, 8);
            Blst.skSub(out, arena.allocate(Blst.SCALAR, 8), copyTo(arena));
            return new Scalar(out.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    MemorySegment copyTo(Arena arena) {
        MemorySegment s = arena.allocate(Blst.SCALAR, 8);
        MemorySegment.copy(le, 0, s, ValueLayout.JAVA_BYTE, 0, le.length);
        return s;
    }

    /** Writes 32 bytes, big-endian. */
    public void write(byte[] out, int offset) {
        for (int i = 0; i < le.length; i++) out[offset + i] = le[le.length - 1 - i];
    }

    /** 32 bytes, big-endian. */
    public byte[] toBytes() {
        byte[] out = new byte[le.length];
        write(out, 0);
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar s && MessageDigest.isEqual(le, s.le);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(le);
    }

    @Override
    public String toString() {
        return "Scalar[32 bytes]";
    }
}
