package org.safeconduct.core.presence;

import java.security.SecureRandom;

/**
 * Which of an hour's two slots hold visits, in one byte that is never stored (spec/presence.md section 4.2).
 *
 * <p>Bit i: slot i holds a visit; bit 2 + i: that visit began in this hour; bit 4: the visit in slot 1 is the older.
 */
final class HourUse {
    private byte bits;

    /** Takes a slot for a visit and returns its index. @param begins whether the visit begins in this hour */
    int take(boolean begins, SecureRandom random) {
        int slot = slot(random);
        boolean other = has(1 - slot);
        bits = (byte) (bits & ~(0b101 << slot) & 0b1111);
        bits |= (byte) (1 << slot | (begins ? 0b100 << slot : 0));
        if (other && slot == 0) {
            bits |= 0b10000;
        }
        return slot;
    }

    private int slot(SecureRandom random) {
        if (!has(0) && !has(1)) {
            byte[] coin = new byte[1];
            random.nextBytes(coin);
            return coin[0] & 1;
        }
        if (!has(0) || !has(1)) {
            return has(0) ? 1 : 0;
        }
        // Both taken. An hour that a visit only might have lasted into gives way first, the older one; of two visits that
        // began now the younger, so that one shop after the other does not wash the first away.
        int older = (bits & 0b10000) != 0 ? 1 : 0;
        if (began(0) && began(1)) {
            return 1 - older;
        }
        return began(older) ? 1 - older : older;
    }

    private boolean has(int slot) {
        return (bits & 1 << slot) != 0;
    }

    private boolean began(int slot) {
        return (bits & 0b100 << slot) != 0;
    }
}
