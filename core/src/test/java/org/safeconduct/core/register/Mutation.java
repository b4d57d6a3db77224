package org.safeconduct.core.register;

import java.util.Arrays;
import java.util.Random;
import org.safeconduct.core.wire.Bytes;

/** Small seeded changes of valid input: a bit, a byte, a cut, a piece twice, a digit, a piece from elsewhere. */
public final class Mutation {
    private Mutation() {}

    /** The input with one or two changes. */
    public static byte[] of(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] piece = Arrays.copyOfRange(bytes, at, end);
        byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> piece[0] ^= (byte) (1 << random.nextInt(8));
            case 1 -> piece[0] = (byte) random.nextInt();
            case 2 -> piece = new byte[0];
            case 3 -> piece = Bytes.join(piece, piece);
            case 4 -> piece[0] = (byte) ('0' + random.nextInt(10));
            default -> {
                int from = random.nextInt(bytes.length);
                piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(8)));
            }
        }
        return Bytes.join(head, piece, tail);
    }
}
