package org.safeconduct.core.pass;

import java.security.SecureRandom;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Utf8;

/** Bytes that look random and are the same in every run: SHA-256(seed ‖ counter), one block after the other. */
public final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient byte[] key;
    private long counter;
    private transient byte[] block = new byte[0];
    private int used;

    public Seeded(String seed) {
        this.key = Utf8.print(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (used == block.length) {
                block = Hash.sha256(key, Bytes.i2osp(counter++, 8)).bytes();
                used = 0;
            }
            bytes[i] = block[used++];
        }
    }

    /** A number from 0 to {@code bound - 1}, nearly evenly. */
    public int below(int bound) {
        byte[] four = new byte[4];
        nextBytes(four);
        return (int) (Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(four).getInt()) % bound);
    }
}
