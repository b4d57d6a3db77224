package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.HexFormat;

/**
 * One sum of products with public scalars, by Pippenger's method.
 *
 * <p>Full scalars of few points are cut in half first: the curve has an endomorphism (x, y) -> (beta * x, y) that multiplies by
 * lambda = z^2 - 1, where z is the parameter of BLS12-381, so k * P = k1 * P + k2 * phi(P) with k = k1 + k2 * lambda, and there are
 * half as many doublings.
 */
final class Multi {
    /** From here on the doublings, shared by all points, no longer matter. */
    private static final int MANY = 32;
    private static final int HALF_BITS = 128;
    private static final BigInteger LAMBDA = new BigInteger("d201000000010000", 16).pow(2).subtract(BigInteger.ONE);
    private static final MemorySegment BETA = beta();

    private final Arena arena;
    private final boolean halved;
    private final int bits;
    private final int width;
    private final MemorySegment points;
    private final MemorySegment numbers;
    private int count;

    Multi(Arena arena, int size, int bits) {
        this.arena = arena;
        this.halved = bits == Blst.SCALAR_BITS && size < MANY;
        this.bits = halved ? HALF_BITS : bits;
        this.width = (this.bits + 7) / 8;
        int terms = halved ? 2 * size : size;
        this.points = arena.allocate((long) terms * Blst.P1_AFFINE, 8);
        this.numbers = arena.allocate((long) terms * width, 8);
    }

    private static MemorySegment beta() {
        MemorySegment bytes = Arena.ofAuto().allocate(Blst.FP);
        MemorySegment.copy(HexFormat.of().parseHex("1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b"
                + "409427eb4f49fffd8bfd00000000aaac"), 0, bytes, ValueLayout.JAVA_BYTE, 0, Blst.FP);
        MemorySegment beta = Arena.ofAuto().allocate(Blst.FP, 8);
        Blst.fpFromBendian(beta, bytes);
        return beta;
    }

    void add(G1 point, Scalar scalar) {
        MemorySegment affine = points.asSlice((long) count * Blst.P1_AFFINE, Blst.P1_AFFINE);
        point.affineTo(arena, affine);
        if (!halved) {
            MemorySegment.copy(scalar.le, 0, numbers, ValueLayout.JAVA_BYTE, (long) count++ * width, width);
            return;
        }
        BigInteger[] halves = new BigInteger(1, scalar.toBytes()).divideAndRemainder(LAMBDA);
        number(halves[1]);
        MemorySegment image = points.asSlice((long) count * Blst.P1_AFFINE, Blst.P1_AFFINE);
        image.copyFrom(affine);
        Blst.fpMul(image, image, BETA);
        number(halves[0]);
    }

    private void number(BigInteger n) {
        byte[] big = n.toByteArray();
        long at = (long) count++ * width;
        for (int i = 0; i < Math.min(width, big.length); i++) numbers.set(ValueLayout.JAVA_BYTE, at + i, big[big.length - 1 - i]);
    }

    G1 sum() {
        MemorySegment out = arena.allocate(Blst.P1, 8);
        MemorySegment scratch = arena.allocate(Blst.p1sMultPippengerScratchSizeof(count), 8);
        Blst.p1sMultPippenger(out, G1.contiguous(arena, points), count, G1.contiguous(arena, numbers), bits, scratch);
        return G1.result(out);
    }
}
