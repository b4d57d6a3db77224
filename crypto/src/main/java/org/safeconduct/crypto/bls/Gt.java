package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** An element of the target group. Immutable. */
public final class Gt {
    /** Length of its octets. */
    public static final int BYTES = Blst.FP12;

    private static final long FP2 = 2 * Blst.FP;

    private final long[] limbs;

    private Gt(long[] limbs) {
        this.limbs = limbs;
    }

    static Gt of(MemorySegment f) {
        return new Gt(f.toArray(ValueLayout.JAVA_LONG));
    }

    private MemorySegment copyTo(Arena arena) {
        MemorySegment f = arena.allocate(Blst.FP12, 8);
        MemorySegment.copy(limbs, 0, f, ValueLayout.JAVA_LONG, 0, limbs.length);
        return f;
    }

    /** this * other. */
    public Gt times(Gt other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.FP12, 8);
            Blst.fp12Mul(out, copyTo(arena), other.copyTo(arena));
            return of(out);
        }
    }

    /**
     * Twelve field elements, 48 bytes big-endian each, in the order of the tower: c0.c0.c0, c0.c0.c1, c0.c1.c0, ... c1.c2.c1.
     */
    public byte[] toBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(BYTES);
            write(arena.allocate(BYTES), copyTo(arena), out);
            return out.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Writes an element; libblst takes the two halves c0 and c1 in turn, the tower one after the other. */
    static void write(MemorySegment scratch, MemorySegment f, MemorySegment out) {
        Blst.bendianFromFp12(scratch, f);
        for (int i = 0; i < 6; i++) {
            long to = FP2 * (i % 2 * 3 + i / 2);
            MemorySegment.copy(scratch, FP2 * i, out, to, FP2);
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Gt g)) return false;
        try (Arena arena = Arena.ofConfined()) {
            return Blst.fp12IsEqual(copyTo(arena), g.copyTo(arena));
        }
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "Gt[576 bytes]";
    }
}
