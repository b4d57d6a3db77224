package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The optimal ate pairing e: G1 x G2 -> GT. The identity of G1 is never a sensible input and gives the identity of GT. */
public final class Pairing {
    /** e(p, q). */
    public static Gt of(G1 p, G2 q) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment affine = affine(arena, p);
            MemorySegment f = arena.allocate(Blst.FP12, 8);
            Blst.millerLoop(f, q.affine(arena), affine);
            Blst.finalExp(f, f);
            return Gt.of(f);
        }
    }

    /** e(p, q) with the lines of q worked out before. */
    public static Gt of(G1 p, G2Lines q) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment f = loop(arena, p, q);
            Blst.finalExp(f, f);
            return Gt.of(f);
        }
    }

    /** True if e(a, x) = e(b, y): two Miller loops, one final exponentiation. */
    public static boolean equal(G1 a, G2Lines x, G1 b, G2Lines y) {
        try (Arena arena = Arena.ofConfined()) {
            return Blst.fp12Finalverify(loop(arena, a, x), loop(arena, b, y));
        }
    }

    /** True if e(a, x) is the product of all e(points[i], keys[i]): the squarings of all Miller loops and the final exponentiation are shared. */
    public static boolean equal(G1 a, G2Lines x, List<G1> points, List<G2> keys) {
        if (points.isEmpty() || points.size() != keys.size()) throw new IllegalArgumentException("as many points as keys, and one");
        try (Arena whole = Arena.ofConfined()) {
            MemorySegment ps = whole.allocate((long) points.size() * Blst.P1_AFFINE, 8);
            MemorySegment qs = whole.allocate((long) keys.size() * Blst.P2_AFFINE, 8);
            for (int i = 0; i < points.size(); i++) {
                points.get(i).affineTo(ps.asSlice((long) i * Blst.P1_AFFINE, Blst.P1_AFFINE));
                keys.get(i).affineTo(qs.asSlice((long) i * Blst.P2_AFFINE, Blst.P2_AFFINE));
            }
            MemorySegment product = whole.allocate(Blst.FP12, 8);
            Blst.millerLoopN(product, G1.contiguous(whole, qs), G1.contiguous(whole, ps), points.size());
            return Blst.fp12Finalverify(loop(whole, a, x), product);
        }
    }

    private static MemorySegment loop(Arena arena, G1 p, G2Lines q) {
        MemorySegment f = arena.allocate(Blst.FP12, 8);
        Blst.millerLoopLines(f, q.lines, affine(arena, p));
        return f;
    }

    private static MemorySegment affine(Arena arena, G1 p) {
        MemorySegment affine = arena.allocate(Blst.P1_AFFINE, 8);
        p.affineTo(arena, affine);
        return affine;
    }

    private Pairing() {}
}
