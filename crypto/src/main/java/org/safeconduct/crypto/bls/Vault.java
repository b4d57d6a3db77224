package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Native memory that holds secrets and is wiped on {@link #close}, or when nothing refers to it any more.
 *
 * <p>{@link #open} gives one computation's vault: one thread, freed when closed. {@link #lasting} gives a vault for a key:
 * readable from every thread, wiped when closed, its memory returned when nothing refers to it any more.
 */
public final class Vault implements AutoCloseable {
    private static final long SLAB = 4096;
    private static final int WIDE = 48;

    private final Arena arena;
    private final boolean confined;
    private final List<MemorySegment> slabs = new ArrayList<>(2);
    private MemorySegment slab = MemorySegment.NULL;
    private long used;
    private volatile boolean closed;

    private Vault(Arena arena, boolean confined) {
        this.arena = arena;
        this.confined = confined;
    }

    /** A vault for one computation on this thread. */
    public static Vault open() {
        return new Vault(Arena.ofConfined(), true);
    }

    /** A vault for a long-lived secret. Fill it on one thread, then share it. */
    public static Vault lasting() {
        return new Vault(Arena.ofAuto(), false);
    }

    MemorySegment allocate(long bytes) {
        checkOpen();
        long rounded = (bytes + 15) & -16;
        if (slab.byteSize() - used < rounded) {
            slab = confined ? arena.allocate(Math.max(rounded, SLAB), 16) : forgettable(rounded);
            slabs.add(slab);
            used = 0;
        }
        MemorySegment part = slab.asSlice(used, bytes);
        used += rounded;
        return part;
    }

    /**
     * Memory that is wiped when nothing refers to it any more. The memory decides and not the vault: while a call into libblst
     * reads it, perhaps nothing else of the secret is left.
     */
    @SuppressWarnings("restricted") // the same memory with a last act
    private MemorySegment forgettable(long bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(bytes, 16);
        return memory.reinterpret(arena, forgotten -> memory.fill((byte) 0));
    }

    void checkOpen() {
        if (closed) throw new IllegalStateException("this secret has been wiped");
    }

    SecretScalar slot() {
        return new SecretScalar(this, allocate(Blst.SCALAR));
    }

    /** A copy of a secret from another vault. */
    public SecretScalar copy(SecretScalar other) {
        SecretScalar s = slot();
        s.value().copyFrom(other.value());
        other.used();
        return s;
    }

    /** A public number where a secret is expected. */
    public SecretScalar copy(Scalar other) {
        SecretScalar s = slot();
        MemorySegment.copy(other.le, 0, s.value(), ValueLayout.JAVA_BYTE, 0, Blst.SCALAR);
        return s;
    }

    /** 32 bytes big-endian; null unless they are 1..r-1. */
    public SecretScalar parse(byte[] bytes, int offset) {
        SecretScalar s = slot();
        MemorySegment raw = allocate(Blst.SCALAR);
        MemorySegment.copy(bytes, offset, raw, ValueLayout.JAVA_BYTE, 0, Blst.SCALAR);
        Blst.scalarFromBendian(s.value(), raw);
        return Blst.skCheck(s.value()) ? s : null;
    }

    /** A uniform secret, 1..r-1: 48 random bytes reduced modulo r (draft-irtf-cfrg-bbs-signatures, section 4.2.1). */
    public SecretScalar random(SecureRandom random) {
        return random(random, 1).getFirst();
    }

    /** So many uniform secrets. */
    public List<SecretScalar> random(SecureRandom random, int count) {
        byte[] wide = new byte[WIDE * count];
        try {
            List<SecretScalar> scalars;
            do {
                random.nextBytes(wide);
                scalars = new ArrayList<>(count);
                for (int i = 0; i < count; i++) scalars.add(reduce(wide, WIDE * i, WIDE));
            } while (scalars.contains(null)); // zero: never met
            return scalars;
        } finally {
            Arrays.fill(wide, (byte) 0);
        }
    }

    /** Big-endian bytes reduced modulo r; null if the result is zero. */
    public SecretScalar reduce(byte[] wide, int offset, int length) {
        MemorySegment raw = allocate(length);
        MemorySegment.copy(wide, offset, raw, ValueLayout.JAVA_BYTE, 0, length);
        SecretScalar s = slot();
        return Blst.scalarFromBeBytes(s.value(), raw, length) ? s : null;
    }

    /** Wipes everything in it; whoever uses a secret of it afterwards meets an {@link IllegalStateException}. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        wipe(slabs);
        if (confined) arena.close();
    }

    private static void wipe(List<MemorySegment> slabs) {
        for (MemorySegment s : slabs) s.fill((byte) 0);
    }
}
