package org.safeconduct.crypto.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.safeconduct.crypto.bls.Blst;

/**
 * The steps of which a bound consists: single calls into libblst on memory that lies ready. No copying in or out, no objects.
 *
 * <p>Points and scalars are arbitrary; libblst takes the same time for all of them.
 */
final class Raw {
    private static final int BASES = 16;
    private static final int DIGITS = 32;
    private static final int WINDOW = 9;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment point = arena.allocate(Blst.P1, 8);
    private final MemorySegment out = arena.allocate(Blst.P1, 8);
    private final MemorySegment affine = arena.allocate((long) BASES * Blst.P1_AFFINE, 8);
    private final MemorySegment encoded = arena.allocate(48);
    private final MemorySegment decoded = arena.allocate(Blst.P1_AFFINE, 8);
    private final MemorySegment scalars = arena.allocate((long) BASES * Blst.SCALAR, 8);
    private final MemorySegment number = arena.allocate(Blst.SCALAR, 8);
    private final MemorySegment message = arena.allocate(4096);
    private final MemorySegment dst = arena.allocate(64);
    private final MemorySegment wide = arena.allocate(48);
    private final MemorySegment table;
    private final MemorySegment combScratch;
    private final MemorySegment pippengerScratch;
    private final MemorySegment lines = arena.allocate(Blst.LINES, 8);
    private final MemorySegment first = arena.allocate(Blst.FP12, 8);
    private final MemorySegment second = arena.allocate(Blst.FP12, 8);
    private final MemorySegment product2 = arena.allocate(Blst.P2, 8);
    private final MemorySegment encoded2 = arena.allocate(96);
    private final MemorySegment affineList = list(affine);
    private final MemorySegment scalarList = list(scalars);

    Raw() {
        byte[] noise = new byte[(int) message.byteSize()];
        new Random(1).nextBytes(noise);
        MemorySegment.copy(noise, 0, message, ValueLayout.JAVA_BYTE, 0, noise.length);
        for (int i = 0; i < BASES; i++) {
            Blst.scalarFromBeBytes(scalars.asSlice((long) i * Blst.SCALAR, Blst.SCALAR), message.asSlice(48L * i), 48);
            Blst.hashToG1(point, message, 100 + i, dst, 64, MemorySegment.NULL, 0);
            Blst.p1ToAffine(affine.asSlice((long) i * Blst.P1_AFFINE, Blst.P1_AFFINE), point);
        }
        Blst.p1Compress(encoded, point);
        MemorySegment expanded = arena.allocate((long) BASES * DIGITS * Blst.P1_AFFINE, 8);
        for (int i = 0; i < BASES * DIGITS; i++) {
            Blst.p1ToAffine(expanded.asSlice((long) i * Blst.P1_AFFINE, Blst.P1_AFFINE), point);
            Blst.p1AddOrDouble(point, point, point);
        }
        table = arena.allocate(Blst.p1sMultWbitsPrecomputeSizeof(WINDOW, BASES * DIGITS), 64);
        Blst.p1sMultWbitsPrecompute(table, WINDOW, list(expanded), BASES * DIGITS);
        combScratch = arena.allocate(Blst.p1sMultWbitsScratchSizeof(BASES * DIGITS), 8);
        pippengerScratch = arena.allocate(Blst.p1sMultPippengerScratchSizeof(BASES), 8);
        MemorySegment q = arena.allocate(Blst.P2_AFFINE, 8);
        Blst.p2ToAffine(q, Blst.p2Generator());
        Blst.precomputeLines(lines, q);
    }

    private MemorySegment list(MemorySegment start) {
        MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, 2);
        pointers.setAtIndex(ValueLayout.ADDRESS, 0, start);
        return pointers;
    }

    /** Products with secrets, constant time. */
    Raw mult(int times) {
        for (int i = 0; i < times; i++) Blst.p1Mult(out, point, scalars, Blst.SCALAR_BITS);
        return this;
    }

    /** So many fixed bases together. */
    Raw fixed(int bases) {
        Blst.p1sMultWbits(out, table, WINDOW, (long) bases * DIGITS, scalarList, 8, combScratch);
        return this;
    }

    /** So many other points together, public scalars, cut in half by the endomorphism. */
    Raw sum(int points) {
        Blst.p1sMultPippenger(out, affineList, 2 * points, scalarList, 128, pippengerScratch);
        return this;
    }

    /** Points read from the wire, checked for curve and subgroup. */
    Raw decode(int points) {
        for (int i = 0; i < points; i++) {
            Blst.p1Uncompress(decoded, encoded);
            Blst.p1AffineInG1(decoded);
        }
        return this;
    }

    /** Points written to the wire or into a hash. */
    Raw encode(int points) {
        for (int i = 0; i < points; i++) Blst.p1Compress(encoded, point);
        return this;
    }

    /** Hashes to a scalar, of so many octets. */
    Raw hash(int times, int octets) {
        for (int i = 0; i < times; i++) {
            Blst.expandMessageXmd(wide, 48, message, octets, dst, 64);
            Blst.scalarFromBeBytes(number, wide, 48);
        }
        return this;
    }

    /** Hash to the curve. */
    Raw hashToCurve() {
        Blst.hashToG1(out, message, 32, dst, 64, MemorySegment.NULL, 0);
        return this;
    }

    /** One inversion of a scalar. */
    Raw inverse() {
        Blst.skInverse(number, scalars);
        return this;
    }

    /** The generator of G2 times a secret, constant time. */
    Raw mult2() {
        Blst.p2Mult(product2, Blst.p2Generator(), scalars, Blst.SCALAR_BITS);
        return this;
    }

    /** A point of G2 written to the wire. */
    Raw encode2() {
        Blst.p2Compress(encoded2, product2);
        return this;
    }

    /** One pairing with lines worked out before. */
    Raw pairing() {
        Blst.millerLoopLines(first, lines, affine);
        Blst.finalExp(first, first);
        return this;
    }

    /** Two pairings with lines worked out before, one final exponentiation. */
    Raw pairings() {
        Blst.millerLoopLines(first, lines, affine);
        Blst.millerLoopLines(second, lines, affine.asSlice(Blst.P1_AFFINE));
        Blst.fp12Finalverify(first, second);
        return this;
    }
}
