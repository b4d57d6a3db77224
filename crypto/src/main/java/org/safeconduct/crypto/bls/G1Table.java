package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Fixed bases, prepared for many sums of products with public scalars. Immutable; shared between threads.
 *
 * <p>A comb without doublings: every base B is expanded into the 32 points 2^(8i) * B, and a table holds their multiples
 * for every byte, so that a product is 32 additions. That costs 0.75 MiB a base, so sets of more than
 * {@value #MOST_COMBED} bases keep the points alone and go through Pippenger's method. Look-ups depend on the scalar: nothing
 * secret may come here.
 */
public final class G1Table {
    /** Larger sets of bases are not combed. */
    static final int MOST_COMBED = 32;

    private static final int WINDOW = 9; // signed digits of 8 bits
    private static final int DIGITS = 32;
    private static final long ROW = (long) DIGITS * (1 << WINDOW - 1) * Blst.P1_AFFINE;

    private final List<G1> bases;
    private final MemorySegment table;
    /** Scratch memory for one call each; a fresh piece costs more than the additions done in it. Holds public data only. */
    private final ConcurrentLinkedQueue<MemorySegment> scratches = new ConcurrentLinkedQueue<>();

    private G1Table(List<G1> bases, MemorySegment table) {
        this.bases = bases;
        this.table = table;
    }

    /** Prepares bases, none of them the identity; about 5 ms and 0.75 MiB a base. */
    public static G1Table of(List<G1> bases) {
        List<G1> copy = List.copyOf(bases);
        return new G1Table(copy, copy.size() <= MOST_COMBED ? comb(copy) : null);
    }

    private static MemorySegment comb(List<G1> bases) {
        int n = bases.size() * DIGITS;
        MemorySegment table = Arena.ofAuto().allocate(Math.max(1, Blst.p1sMultWbitsPrecomputeSizeof(WINDOW, n)), 64);
        if (n == 0) return table;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment expanded = arena.allocate((long) n * Blst.P1_AFFINE, 8);
            long at = 0;
            for (G1 base : bases) {
                MemorySegment p = base.copyTo(arena);
                for (int i = 0; i < DIGITS; i++, at += Blst.P1_AFFINE) {
                    Blst.p1ToAffine(expanded.asSlice(at, Blst.P1_AFFINE), p);
                    for (int bit = 0; bit < 8; bit++) Blst.p1AddOrDouble(p, p, p);
                }
            }
            Blst.p1sMultWbitsPrecompute(table, WINDOW, G1.contiguous(arena, expanded), n);
        }
        return table;
    }

    /** The bases, in order. */
    public List<G1> bases() {
        return bases;
    }

    /** Sum of bases[from + i] * scalars[i]. */
    public G1 sum(int from, List<Scalar> scalars) {
        int n = scalars.size();
        if (n == 0) return G1.IDENTITY;
        if (table == null) return G1.multi(bases.subList(from, from + n), scalars);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate((long) n * Blst.SCALAR, 8);
            for (int i = 0; i < n; i++) {
                MemorySegment.copy(scalars.get(i).le, 0, numbers, ValueLayout.JAVA_BYTE, (long) i * Blst.SCALAR, Blst.SCALAR);
            }
            MemorySegment out = arena.allocate(Blst.P1, 8);
            MemorySegment scratch = scratches.poll();
            if (scratch == null) scratch = Arena.ofAuto().allocate(Blst.p1sMultWbitsScratchSizeof((long) bases.size() * DIGITS), 64);
            Blst.p1sMultWbits(out, table.asSlice(from * ROW, n * ROW), WINDOW, (long) n * DIGITS,
                    G1.contiguous(arena, numbers), 8, scratch);
            scratches.offer(scratch);
            return G1.result(out);
        }
    }

    @Override
    public String toString() {
        return "G1Table[" + bases.size() + " bases]";
    }
}
