package org.safeconduct.crypto.ibe;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.G2Lines;
import org.safeconduct.crypto.bls.Pairing;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * A master public key, a point of G2, or the sum of two. Immutable.
 *
 * <p>The lines of its Miller loop (20 kB) are worked out at first use and kept.
 */
public final class IbePublicKey {
    /** Length of its octets. */
    public static final int BYTES = 96;

    final G2 point;
    private final byte[] encoded;
    private volatile G2Lines lines;

    IbePublicKey(G2 point) {
        this.point = point;
        this.encoded = point.toBytes();
    }

    /**
     * Reads 96 bytes.
     *
     * @throws MalformedException unless they are the canonical form of a point of the subgroup other than the identity
     */
    public static IbePublicKey parse(byte[] bytes) throws MalformedException {
        Hashing.length(bytes, BYTES, "A public key");
        return new IbePublicKey(G2.parse(bytes, 0));
    }

    /**
     * spec/presence.md section 2.5: the key under which the owners of both open only together. **The other key's possession
     * must have been proved**: somebody who computes a key from this one opens the sum alone.
     *
     * @throws VerificationException if the two cancel out
     */
    public IbePublicKey plus(IbePublicKey other) throws VerificationException {
        G2 sum = point.plus(other.point);
        if (sum.isIdentity()) throw new VerificationException("Two keys cancel out.");
        return new IbePublicKey(sum);
    }

    private G2Lines lines() {
        G2Lines known = lines;
        if (known == null) lines = known = G2Lines.of(point);
        return known;
    }

    /**
     * spec/presence.md section 2.2: e(proof, P2) = e(Hp(public), public).
     *
     * @throws VerificationException if the proof is not this key's
     */
    public void verify(PossessionProof proof) throws VerificationException {
        if (!Pairing.equal(proof.point, G2Lines.GENERATOR, Hashing.possession(encoded), lines())) {
            throw new VerificationException("Possession of a key is not proved.");
        }
    }

    /**
     * spec/presence.md section 2.5: e(part, P2) = e(H1(identity), public).
     *
     * @throws VerificationException if the part is not this key's for this identity
     */
    public void verify(IdentityKey part, byte[] identity) throws VerificationException {
        if (!Pairing.equal(part.point, G2Lines.GENERATOR, Hashing.h1(identity), lines())) {
            throw new VerificationException("An identity key is not of this key and identity.");
        }
    }

    /**
     * Seals a message so that whoever has the identity's key opens it, and nobody else learns even the identity.
     *
     * @param identity any bytes
     * @param message  32 bytes
     */
    public IbeCiphertext encrypt(byte[] identity, byte[] message, SecureRandom random) {
        byte[] sigma = new byte[Hashing.MASK];
        random.nextBytes(sigma);
        try {
            return encrypt(identity, message, sigma);
        } finally {
            Arrays.fill(sigma, (byte) 0);
        }
    }

    /** spec/presence.md section 2.3, with sigma given. */
    IbeCiphertext encrypt(byte[] identity, byte[] message, byte[] sigma) {
        if (message.length != Hashing.MASK) throw new IllegalArgumentException("a message has 32 bytes");
        try (Vault work = Vault.open()) {
            SecretScalar k = Hashing.h3(sigma, message, identity, work);
            G1 q = Hashing.h1(identity);
            return new IbeCiphertext(G2.generator().times(k),
                    Hashing.h2(sigma, t -> t.addPairing(q, k, lines())), // e(q, public)^k = e(q * k, public)
                    Hashing.h4(message, sigma));
        }
    }

    byte[] encoded() {
        return encoded;
    }

    /** 96 bytes. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IbePublicKey k && Arrays.equals(encoded, k.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "IbePublicKey[" + HexFormat.of().formatHex(encoded, 0, 8) + "..]";
    }
}
