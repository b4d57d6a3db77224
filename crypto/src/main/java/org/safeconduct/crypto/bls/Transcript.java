package org.safeconduct.crypto.bls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;

/**
 * Octets collected for hashing, in native memory, wiped on {@link #close}; they may hold secrets.
 *
 * <p>Hashes with expand_message_xmd over SHA-256 (RFC 9380, section 5.3.1) and reduces 48 bytes modulo r
 * (draft-irtf-cfrg-bbs-signatures, section 4.2.2).
 */
public final class Transcript implements AutoCloseable {
    private static final ValueLayout.OfLong BIG_ENDIAN = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int WIDE = 48;

    private final Vault vault = Vault.open();
    private MemorySegment buffer = vault.allocate(1984);
    private long size;

    private void reserve(long more) {
        if (size + more <= buffer.byteSize()) return;
        MemorySegment larger = vault.allocate(2 * (size + more));
        MemorySegment.copy(buffer, 0, larger, 0, size);
        buffer = larger;
    }

    /** Appends octets as they are. */
    public Transcript add(byte[] bytes) {
        reserve(bytes.length);
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** Appends I2OSP(value, 8). */
    public Transcript add(long value) {
        reserve(8);
        buffer.set(BIG_ENDIAN, size, value);
        size += 8;
        return this;
    }

    /** Appends I2OSP(length, 8) and the octets. */
    public Transcript addWithLength(byte[] bytes) {
        return add(bytes.length).add(bytes);
    }

    /** Appends a compressed point, 48 bytes. */
    public Transcript add(G1 point) {
        reserve(G1.BYTES);
        point.compressTo(vault, buffer.asSlice(size, G1.BYTES));
        size += G1.BYTES;
        return this;
    }

    /** Appends a scalar, 32 bytes big-endian. */
    public Transcript add(Scalar scalar) {
        return add(scalar.toBytes());
    }

    /** Appends a secret scalar, 32 bytes big-endian. */
    public Transcript add(SecretScalar scalar) {
        reserve(Blst.SCALAR);
        Blst.bendianFromScalar(buffer.asSlice(size, Blst.SCALAR), scalar.value());
        scalar.used();
        size += Blst.SCALAR;
        return this;
    }

    /** Appends e(point * secret, q), {@link Gt#BYTES} bytes; the product is formed in constant time and stays in here. */
    public Transcript addPairing(G1 point, SecretScalar secret, G2Lines q) {
        MemorySegment p = vault.allocate(Blst.P1);
        Blst.p1Mult(p, point.copyTo(vault), secret.value(), Blst.SCALAR_BITS);
        secret.used();
        return addPairing(p, (f, affine) -> Blst.millerLoopLines(f, q.lines, affine));
    }

    /** Appends e(point, q), {@link Gt#BYTES} bytes. */
    public Transcript addPairing(G1 point, G2Lines q) {
        return addPairing(point.copyTo(vault), (f, affine) -> Blst.millerLoopLines(f, q.lines, affine));
    }

    /** Appends e(point, q), {@link Gt#BYTES} bytes, for a q that is paired once. */
    public Transcript addPairing(G1 point, G2 q) {
        return addPairing(point.copyTo(vault), (f, affine) -> {
            MemorySegment second = vault.allocate(Blst.P2_AFFINE);
            Blst.p2ToAffine(second, q.copyTo(vault));
            Blst.millerLoop(f, second, affine);
        });
    }

    private Transcript addPairing(MemorySegment point, BiConsumer<MemorySegment, MemorySegment> loop) {
        MemorySegment affine = vault.allocate(Blst.P1_AFFINE);
        Blst.p1ToAffine(affine, point);
        MemorySegment f = vault.allocate(Blst.FP12);
        loop.accept(f, affine);
        Blst.finalExp(f, f);
        reserve(Gt.BYTES);
        Gt.write(vault.allocate(Gt.BYTES), f, buffer.asSlice(size, Gt.BYTES));
        size += Gt.BYTES;
        return this;
    }

    /** SHA-256 of what was collected. */
    public byte[] sha256() {
        MemorySegment out = vault.allocate(32);
        Blst.sha256(out, buffer, size);
        return out.toArray(ValueLayout.JAVA_BYTE);
    }

    /** hash_to_scalar of what was collected; dst at most 255 bytes. A result of zero (never met) is refused. */
    public Scalar scalar(byte[] dst) {
        return scalar(dst, vault).reveal();
    }

    /** hash_to_scalar into a vault. */
    public SecretScalar scalar(byte[] dst, Vault into) {
        SecretScalar s = into.slot();
        if (!Blst.scalarFromBeBytes(s.value(), expanded(dst, WIDE), WIDE)) throw new IllegalStateException("a hash is zero");
        return s;
    }

    /** expand_message of what was collected. */
    public byte[] expand(byte[] dst, int length) {
        return expanded(dst, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private MemorySegment expanded(byte[] dst, int length) {
        if (dst.length > 255) throw new IllegalArgumentException("dst is longer than 255 bytes");
        if (length < 1 || length > 255 * 32) throw new IllegalArgumentException("length must be 1..8160");
        MemorySegment tag = vault.allocate(Math.max(1, dst.length));
        MemorySegment.copy(dst, 0, tag, ValueLayout.JAVA_BYTE, 0, dst.length);
        MemorySegment out = vault.allocate(length);
        Blst.expandMessageXmd(out, length, buffer, size, tag, dst.length);
        return out;
    }

    @Override
    public void close() {
        vault.close();
    }
}
