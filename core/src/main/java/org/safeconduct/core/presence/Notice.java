package org.safeconduct.core.presence;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.core.wire.Bytes;

/**
 * What a warned visitor reads (spec/presence.md section 5.4). Only who holds the visit's message opens it.
 *
 * @param day on which the authority gave the advice, 1970 to 2199
 */
public record Notice(Advice advice, LocalDate day) {
    /** What to do; the code in the bytes is the position here. */
    public enum Advice {
        /** Watch for signs of illness. */
        WATCH,
        /** Be tested. */
        TEST,
        /** Keep away from others and be tested. */
        KEEP_AWAY,
        /** Call the authority. */
        CALL
    }

    static final int SEALED = 60;

    private static final int PLAIN = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int END = 84_006; // days from 1970 to 2200

    public Notice {
        if (day.toEpochDay() < 0 || day.toEpochDay() >= END) {
            throw new IllegalArgumentException("A notice's day is from 1970 to 2199.");
        }
    }

    /** AES-256-GCM under the message of the visit: nonce ‖ ciphertext ‖ tag, 60 bytes. */
    byte[] seal(byte[] message, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] plain = ByteBuffer.allocate(PLAIN).put((byte) advice.ordinal()).putInt((int) day.toEpochDay()).array();
        try {
            return Bytes.join(nonce, cipher(Cipher.ENCRYPT_MODE, message, nonce).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    /** Returns the notice, or empty if these bytes were not sealed under this message or say nothing known. */
    static Optional<Notice> open(byte[] sealed, byte[] message) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, message, Arrays.copyOf(sealed, NONCE));
            byte[] plain = cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
            int advice = plain[0] & 0xff;
            int day = ByteBuffer.wrap(plain).getInt(1);
            boolean known = advice < Advice.values().length && day >= 0 && day < END;
            byte[] padding = Arrays.copyOfRange(plain, 5, PLAIN);
            if (!known || !Arrays.equals(padding, new byte[PLAIN - 5])) {
                return Optional.empty();
            }
            return Optional.of(new Notice(Advice.values()[advice], LocalDate.ofEpochDay(day)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
