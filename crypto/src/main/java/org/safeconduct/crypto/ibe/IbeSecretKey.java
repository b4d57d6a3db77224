package org.safeconduct.crypto.ibe;

import java.security.SecureRandom;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * A master secret, or one of the two halves of one, in native memory that {@link #close} wipes.
 *
 * <p>May be shared between threads; after {@code close} every use throws {@link IllegalStateException}.
 */
public final class IbeSecretKey implements AutoCloseable {
    /** Length of its octets. */
    public static final int BYTES = 32;

    private final Vault vault;
    private final SecretScalar scalar;
    private final IbePublicKey publicKey;

    private IbeSecretKey(Vault vault, SecretScalar scalar) {
        this.vault = vault;
        this.scalar = scalar;
        this.publicKey = new IbePublicKey(G2.generator().times(scalar));
    }

    /** A uniform key. */
    public static IbeSecretKey random(SecureRandom random) {
        Vault vault = Vault.lasting();
        return new IbeSecretKey(vault, vault.random(random));
    }

    /**
     * Reads 32 bytes, big-endian. Wipe the array afterwards.
     *
     * @throws MalformedException unless they are a number in 1..r-1
     */
    public static IbeSecretKey parse(byte[] bytes) throws MalformedException {
        Hashing.length(bytes, BYTES, "A secret key");
        Vault vault = Vault.lasting();
        SecretScalar scalar = vault.parse(bytes, 0);
        if (scalar == null) throw new MalformedException("A secret key is not in 1..r-1.");
        return new IbeSecretKey(vault, scalar);
    }

    /** spec/presence.md section 2.1: s * P2. */
    public IbePublicKey publicKey() {
        return publicKey;
    }

    /** spec/presence.md section 2.2: shows that its owner knows this key and did not compute it from somebody else's. */
    public PossessionProof prove() {
        return new PossessionProof(Hashing.possession(publicKey.encoded()).times(scalar));
    }

    /** spec/presence.md section 2.1: s * H1(identity). Under a split key this is one part of the identity's key. */
    public IdentityKey extract(byte[] identity) {
        return extract(IbeIdentity.of(identity));
    }

    /** Like {@link #extract(byte[])}. */
    public IdentityKey extract(IbeIdentity identity) {
        return new IdentityKey(identity.point.times(scalar));
    }

    /** 32 bytes, big-endian, for storage. Wipe the array afterwards. */
    public byte[] toBytes() {
        byte[] out = new byte[BYTES];
        scalar.write(out, 0);
        return out;
    }

    /** Wipes the key. */
    @Override
    public void close() {
        vault.close();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IbeSecretKey k && scalar.sameAs(k.scalar);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "IbeSecretKey[secret]";
    }
}
