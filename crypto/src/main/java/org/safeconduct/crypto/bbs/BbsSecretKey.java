package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/**
 * A signer's secret key, in native memory that {@link #close} wipes.
 *
 * <p>May be shared between threads; after {@code close} every use throws {@link IllegalStateException}.
 */
public final class BbsSecretKey implements AutoCloseable {
    /** Length of its octets. */
    public static final int BYTES = 32;

    private static final byte[] KEY_DST = Api.concat(Api.CORE.id, Api.ascii("KEYGEN_DST_"));

    private final Vault vault;
    private final SecretScalar scalar;
    private final BbsPublicKey publicKey;

    private BbsSecretKey(Vault vault, SecretScalar scalar) {
        this.vault = vault;
        this.scalar = scalar;
        this.publicKey = new BbsPublicKey(G2.generator().times(scalar));
    }

    /**
     * draft-irtf-cfrg-bbs-signatures, section 3.4.1: KeyGen.
     *
     * @param keyMaterial secret, at least 32 bytes of entropy
     * @param keyInfo     public context, at most 65,535 bytes, may be empty
     */
    public static BbsSecretKey generate(byte[] keyMaterial, byte[] keyInfo) {
        return generate(keyMaterial, keyInfo, KEY_DST);
    }

    static BbsSecretKey generate(byte[] keyMaterial, byte[] keyInfo, byte[] dst) {
        if (keyMaterial.length < 32) throw new IllegalArgumentException("key material must have at least 32 bytes");
        if (keyInfo.length > 65_535) throw new IllegalArgumentException("key info must have at most 65535 bytes");
        Vault vault = Vault.lasting();
        try (Transcript t = new Transcript()) {
            t.add(keyMaterial).add(new byte[] {(byte) (keyInfo.length >>> 8), (byte) keyInfo.length}).add(keyInfo);
            return new BbsSecretKey(vault, t.scalar(dst, vault));
        }
    }

    /** A uniform key. */
    public static BbsSecretKey random(SecureRandom random) {
        Vault vault = Vault.lasting();
        return new BbsSecretKey(vault, vault.random(random));
    }

    /**
     * Reads 32 bytes, big-endian. Wipe the array afterwards.
     *
     * @throws MalformedException unless they are a number in 1..r-1
     */
    public static BbsSecretKey parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A secret key");
        Vault vault = Vault.lasting();
        SecretScalar scalar = vault.parse(bytes, 0);
        if (scalar == null) throw new MalformedException("A secret key is not in 1..r-1.");
        return new BbsSecretKey(vault, scalar);
    }

    SecretScalar scalar() {
        return scalar;
    }

    /** The public key of it (section 3.4.2: SkToPk). */
    public BbsPublicKey publicKey() {
        return publicKey;
    }

    /** 32 bytes, big-endian, for storage under encryption. Wipe the array afterwards. */
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
        return other instanceof BbsSecretKey k && scalar.sameAs(k.scalar);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "BbsSecretKey[secret]";
    }
}
