package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.crypto.MalformedException;

/** A point of the subgroup of order r of the curve over Fp. Immutable. */
public final class G1 {
    /** Length of a compressed point. */
    public static final int BYTES = 48;
    /** The neutral element; never accepted from outside. */
    public static final G1 IDENTITY = new G1(new long[Blst.P1 / 8]);

    private final long[] limbs; // blst_p1: Jacobian, Montgomery form

    private G1(long[] limbs) {
        this.limbs = limbs;
    }

    private static G1 of(MemorySegment p) {
        return new G1(p.toArray(ValueLayout.JAVA_LONG));
    }

    /**
     * Reads a compressed point: canonical form, on the curve, in the subgroup, not the identity.
     *
     * @throws MalformedException otherwise
     */
    public static G1 parse(byte[] bytes, int offset) throws MalformedException {
        if (bytes.length - offset < BYTES) throw new MalformedException("A point is cut off.");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(BYTES);
            MemorySegment.copy(bytes, offset, in, ValueLayout.JAVA_BYTE, 0, BYTES);
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE, 8);
            if (Blst.p1Uncompress(affine, in) != 0) throw new MalformedException("A point is not on the curve.");
            if (Blst.p1AffineIsInf(affine)) throw new MalformedException("A point is the identity.");
            if (!Blst.p1AffineInG1(affine)) throw new MalformedException("A point is not in the subgroup.");
            MemorySegment p = arena.allocate(Blst.P1, 8);
            Blst.p1FromAffine(p, affine);
            return of(p);
        }
    }

    /** The generator of the ciphersuite for BLS, not of BBS. */
    public static G1 generator() {
        return of(Blst.p1Generator());
    }

    /** RFC 9380, BLS12381G1_XMD:SHA-256_SSWU_RO_: hash_to_curve. The dst has 1 to 255 bytes. */
    public static G1 hash(byte[] message, byte[] dst) {
        if (dst.length == 0 || dst.length > 255) throw new IllegalArgumentException("dst must have 1 to 255 bytes");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            MemorySegment d = arena.allocateFrom(ValueLayout.JAVA_BYTE, dst);
            MemorySegment out = arena.allocate(Blst.P1, 8);
            Blst.hashToG1(out, m, message.length, d, dst.length, MemorySegment.NULL, 0);
            return of(out);
        }
    }

    MemorySegment copyTo(Arena arena) {
        MemorySegment p = arena.allocate(Blst.P1, 8);
        MemorySegment.copy(limbs, 0, p, ValueLayout.JAVA_LONG, 0, limbs.length);
        return p;
    }

    MemorySegment copyTo(Vault vault) {
        MemorySegment p = vault.allocate(Blst.P1);
        MemorySegment.copy(limbs, 0, p, ValueLayout.JAVA_LONG, 0, limbs.length);
        return p;
    }

    void affineTo(Arena arena, MemorySegment out) {
        Blst.p1ToAffine(out, copyTo(arena));
    }

    void affineTo(MemorySegment out) {
        try (Arena arena = Arena.ofConfined()) {
            affineTo(arena, out);
        }
    }

    void compressTo(Vault vault, MemorySegment out) {
        Blst.p1Compress(out, copyTo(vault));
    }

    /** this + other. */
    public G1 plus(G1 other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = copyTo(arena);
            Blst.p1AddOrDouble(out, out, other.copyTo(arena));
            return of(out);
        }
    }

    /** -this. */
    public G1 negate() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = copyTo(arena);
            Blst.p1Cneg(out, true);
            return of(out);
        }
    }

    /** this * secret, constant time. */
    public G1 times(SecretScalar secret) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.P1, 8);
            Blst.p1Mult(out, copyTo(arena), secret.value(), Blst.SCALAR_BITS);
            secret.used();
            return of(out);
        }
    }

    /** Sum of points[i] * secrets[i], each product in constant time. */
    public static G1 sum(List<G1> points, List<SecretScalar> secrets) {
        if (points.size() != secrets.size()) throw new IllegalArgumentException("as many points as scalars");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sum = arena.allocate(Blst.P1, 8);
            MemorySegment product = arena.allocate(Blst.P1, 8);
            for (int i = 0; i < points.size(); i++) {
                Blst.p1Mult(product, points.get(i).copyTo(arena), secrets.get(i).value(), Blst.SCALAR_BITS);
                secrets.get(i).used();
                Blst.p1AddOrDouble(sum, sum, product);
            }
            product.fill((byte) 0);
            return of(sum);
        }
    }

    /** this * scalar, for public scalars. */
    public G1 times(Scalar scalar) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.P1, 8);
            Blst.p1Mult(out, copyTo(arena), scalar.copyTo(arena), Blst.SCALAR_BITS);
            return of(out);
        }
    }

    /** Sum of points[i] * scalars[i] for public scalars of at most so many bits; no point may be the identity. */
    public static G1 multi(List<G1> points, List<Scalar> scalars, int bits) {
        if (points.size() != scalars.size()) throw new IllegalArgumentException("as many points as scalars");
        if (points.isEmpty()) return IDENTITY;
        try (Arena arena = Arena.ofConfined()) {
            Multi multi = new Multi(arena, points.size(), bits);
            for (int i = 0; i < points.size(); i++) multi.add(points.get(i), scalars.get(i));
            return multi.sum();
        }
    }

    /** Sum of points[i] * scalars[i] for public scalars; no point may be the identity. */
    public static G1 multi(List<G1> points, List<Scalar> scalars) {
        return multi(points, scalars, Blst.SCALAR_BITS);
    }

    /** An array of one pointer and null: the elements lie one after the other. */
    static MemorySegment contiguous(Arena arena, MemorySegment first) {
        MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, 2);
        pointers.setAtIndex(ValueLayout.ADDRESS, 0, first);
        return pointers;
    }

    static G1 result(MemorySegment p) {
        return of(p);
    }

    /** True for the neutral element. */
    public boolean isIdentity() {
        try (Arena arena = Arena.ofConfined()) {
            return Blst.p1IsInf(copyTo(arena));
        }
    }

    /** The compressed form, 48 bytes. */
    public byte[] toBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(BYTES);
            Blst.p1Compress(out, copyTo(arena));
            return out.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof G1 g)) return false;
        try (Arena arena = Arena.ofConfined()) {
            return Blst.p1IsEqual(copyTo(arena), g.copyTo(arena));
        }
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "G1[48 bytes]";
    }
}
