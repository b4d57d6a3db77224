package org.safeconduct.crypto.ibe;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.G2Lines;
import org.safeconduct.crypto.bls.Vault;

/** Something sealed: U ‖ V ‖ W of spec/presence.md section 2.3. Tells nothing without the identity's key. Immutable. */
public final class IbeCiphertext {
    /** Length of its octets. */
    public static final int BYTES = G2.BYTES + 2 * Hashing.MASK;

    private final G2 u;
    private final byte[] v;
    private final byte[] w;

    IbeCiphertext(G2 u, byte[] v, byte[] w) {
        this.u = u;
        this.v = v;
        this.w = w;
    }

    /**
     * Reads 160 bytes.
     *
     * @throws MalformedException unless U is the canonical form of a point of the subgroup other than the identity
     */
    public static IbeCiphertext parse(byte[] bytes) throws MalformedException {
        Hashing.length(bytes, BYTES, "A ciphertext");
        return new IbeCiphertext(G2.parse(bytes, 0), Arrays.copyOfRange(bytes, G2.BYTES, G2.BYTES + Hashing.MASK),
                Arrays.copyOfRange(bytes, G2.BYTES + Hashing.MASK, BYTES));
    }

    /**
     * Something that looks sealed to everybody and that nobody opens: a random point and random bytes. To whoever lacks the
     * identity's key, U, V and W of a real one are no other (bilinear Diffie-Hellman, hashes as random functions).
     */
    public static IbeCiphertext dummy(SecureRandom random) {
        byte[] masks = new byte[2 * Hashing.MASK];
        random.nextBytes(masks);
        try (Vault work = Vault.open()) {
            return new IbeCiphertext(G2.generator().times(work.random(random)), Arrays.copyOf(masks, Hashing.MASK),
                    Arrays.copyOfRange(masks, Hashing.MASK, masks.length));
        }
    }

    /**
     * Opens this, if it was sealed for that identity under the key that made the identity's key.
     *
     * @return the message of 32 bytes, or empty: no match, and nothing more is said
     */
    public Optional<byte[]> decrypt(IdentityKey key, byte[] identity) {
        return open(identity, t -> t.addPairing(key.point, u));
    }

    /** Works out the lines of the Miller loop for several attempts. */
    public Prepared prepare() {
        return new Prepared(G2Lines.of(u));
    }

    /** spec/presence.md section 2.4. */
    private Optional<byte[]> open(byte[] identity, Hashing.Paired g) {
        byte[] sigma = Hashing.h2(v, g);
        byte[] message = Hashing.h4(w, sigma);
        try (Vault work = Vault.open()) {
            if (u.isGeneratorTimes(Hashing.h3(sigma, message, identity, work))) return Optional.of(message);
        } finally {
            Arrays.fill(sigma, (byte) 0);
        }
        return Optional.empty();
    }

    /** A ciphertext with the lines of its Miller loop worked out (20 kB). */
    public final class Prepared {
        private final G2Lines lines;

        private Prepared(G2Lines lines) {
            this.lines = lines;
        }

        /** Like {@link IbeCiphertext#decrypt}. */
        public Optional<byte[]> decrypt(IdentityKey key, byte[] identity) {
            return open(identity, t -> t.addPairing(key.point, lines));
        }
    }

    /** 160 bytes. */
    public byte[] toBytes() {
        byte[] out = Arrays.copyOf(u.toBytes(), BYTES);
        System.arraycopy(v, 0, out, G2.BYTES, Hashing.MASK);
        System.arraycopy(w, 0, out, G2.BYTES + Hashing.MASK, Hashing.MASK);
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IbeCiphertext c && Arrays.equals(toBytes(), c.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(v);
    }

    @Override
    public String toString() {
        return "IbeCiphertext[160 bytes]";
    }
}
