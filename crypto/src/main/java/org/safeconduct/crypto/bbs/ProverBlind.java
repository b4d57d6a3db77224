package org.safeconduct.crypto.bbs;

import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/** secret_prover_blind: what hides the committed secrets from the signer. Kept by the holder; {@link #close} wipes it. */
public final class ProverBlind implements AutoCloseable {
    /** Length of its octets. */
    public static final int BYTES = 32;

    private final Vault vault = Vault.lasting();
    private final SecretScalar scalar;

    ProverBlind(SecretScalar scalar) {
        this.scalar = vault.copy(scalar);
    }

    private ProverBlind(byte[] bytes) throws MalformedException {
        this.scalar = vault.parse(bytes, 0);
        if (scalar == null) throw new MalformedException("A prover blind is not in 1..r-1.");
    }

    /**
     * Reads 32 bytes, big-endian.
     *
     * @throws MalformedException unless they are a number in 1..r-1
     */
    public static ProverBlind parse(byte[] bytes) throws MalformedException {
        Octets.length(bytes, BYTES, "A prover blind");
        return new ProverBlind(bytes);
    }

    SecretScalar scalar() {
        return scalar;
    }

    /** A second one, closed on its own; the secret does not leave native memory. */
    public ProverBlind copy() {
        return new ProverBlind(scalar);
    }

    /** 32 bytes, big-endian, for the holder's storage. Wipe the array afterwards. */
    public byte[] toBytes() {
        byte[] out = new byte[BYTES];
        scalar.write(out, 0);
        return out;
    }

    /** Wipes it. */
    @Override
    public void close() {
        vault.close();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ProverBlind b && scalar.sameAs(b.scalar);
    }

    /** The same for all: a hash would tell something about the secret. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "ProverBlind[secret]";
    }
}
