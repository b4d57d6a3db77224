package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;

/** A point of the subgroup of order r of the twist over Fp2. Immutable. */
public final class G2 {
    /** Length of a compressed point. */
    public static final int BYTES = 96;

    private final long[] limbs; // blst_p2: Jacobian, Montgomery form

    private G2(MemorySegment p) {
        this.limbs = p.toArray(ValueLayout.JAVA_LONG);
    }

    /**
     * Reads a compressed point: canonical form, on the curve, in the subgroup, not the identity.
     *
     * @throws MalformedException otherwise
     */
    public static G2 parse(byte[] bytes, int offset) throws MalformedException {
        if (bytes.length - offset < BYTES) throw new MalformedException("A key is cut off.");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(BYTES);
            MemorySegment.copy(bytes, offset, in, ValueLayout.JAVA_BYTE, 0, BYTES);
            MemorySegment affine = arena.allocate(Blst.P2_AFFINE, 8);
            if (Blst.p2Uncompress(affine, in) != 0) throw new MalformedException("A key is not a point on the curve.");
            if (Blst.p2AffineIsInf(affine)) throw new MalformedException("A key is the identity.");
            if (!Blst.p2AffineInG2(affine)) throw new MalformedException("A key is not in the subgroup.");
            MemorySegment p = arena.allocate(Blst.P2, 8);
            Blst.p2FromAffine(p, affine);
            return new G2(p);
        }
    }

    /** The generator, BP2. */
    public static G2 generator() {
        return new G2(Blst.p2Generator());
    }

    private MemorySegment copyTo(Arena arena) {
        MemorySegment p = arena.allocate(Blst.P2, 8);
        MemorySegment.copy(limbs, 0, p, ValueLayout.JAVA_LONG, 0, limbs.length);
        return p;
    }

    MemorySegment copyTo(Vault vault) {
        MemorySegment p = vault.allocate(Blst.P2);
        MemorySegment.copy(limbs, 0, p, ValueLayout.JAVA_LONG, 0, limbs.length);
        return p;
    }

    MemorySegment affine(Arena arena) {
        MemorySegment out = arena.allocate(Blst.P2_AFFINE, 8);
        Blst.p2ToAffine(out, copyTo(arena));
        return out;
    }

    void affineTo(MemorySegment out) {
        try (Arena arena = Arena.ofConfined()) {
            Blst.p2ToAffine(out, copyTo(arena));
        }
    }

    /** this + other. */
    public G2 plus(G2 other) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = copyTo(arena);
            Blst.p2AddOrDouble(out, out, other.copyTo(arena));
            return new G2(out);
        }
    }

    /** this * secret, constant time. */
    public G2 times(SecretScalar secret) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(Blst.P2, 8);
            Blst.p2Mult(out, copyTo(arena), secret.value(), Blst.SCALAR_BITS);
            secret.used();
            return new G2(out);
        }
    }

    /** True if this is the generator times a secret; the product is formed in constant time and wiped. */
    public boolean isGeneratorTimes(SecretScalar secret) {
        try (Vault work = Vault.open()) {
            MemorySegment product = work.allocate(Blst.P2);
            Blst.p2Mult(product, Blst.p2Generator(), secret.value(), Blst.SCALAR_BITS);
            secret.used();
            return Blst.p2IsEqual(product, copyTo(work));
        }
    }

    /** True for the neutral element. */
    public boolean isIdentity() {
        try (Arena arena = Arena.ofConfined()) {
            return Blst.p2IsInf(copyTo(arena));
        }
    }

    /** The compressed form, 96 bytes. */
    public byte[] toBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(BYTES);
            Blst.p2Compress(out, copyTo(arena));
            return out.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof G2 g)) return false;
        try (Arena arena = Arena.ofConfined()) {
            return Blst.p2IsEqual(copyTo(arena), g.copyTo(arena));
        }
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "G2[96 bytes]";
    }
}
