package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * The secrets from which a holder's pseudonyms are made; {@link #close} wipes them.
 *
 * <p>Before issuing they are the holder's own random share (prover_nyms); {@link NymBbs#finalise} returns the signed ones
 * (nym_secrets), with the signer's entropy on the last. As long as a holder shows in no more contexts than there are
 * secrets, the pseudonyms cannot be linked even by somebody who takes discrete logarithms.
 */
public final class NymSecrets implements AutoCloseable {
    private final Vault vault = Vault.lasting();
    private final List<SecretScalar> scalars = new ArrayList<>();

    private NymSecrets() {}

    /** So many uniform secrets, 1 or more. */
    public static NymSecrets random(int count, SecureRandom random) {
        if (count < 1 || count > Generators.MOST) throw new IllegalArgumentException("1 to " + Generators.MOST + " secrets");
        NymSecrets secrets = new NymSecrets();
        for (int i = 0; i < count; i++) secrets.scalars.add(secrets.vault.random(random));
        return secrets;
    }

    /**
     * Reads what {@link #toBytes} wrote: 32 bytes each, big-endian.
     *
     * @throws MalformedException unless there is at least one and each is a number in 1..r-1
     */
    public static NymSecrets parse(byte[] bytes) throws MalformedException {
        if (bytes.length == 0 || bytes.length % 32 != 0 || bytes.length / 32 > Generators.MOST) {
            throw new MalformedException("Nym secrets do not have a possible length.");
        }
        NymSecrets secrets = new NymSecrets();
        for (int at = 0; at < bytes.length; at += 32) {
            SecretScalar s = secrets.vault.parse(bytes, at);
            if (s == null) throw new MalformedException("A nym secret is not in 1..r-1.");
            secrets.scalars.add(s);
        }
        return secrets;
    }

    /** These secrets with the signer's entropy added to the last one. */
    NymSecrets withEntropy(BbsScalar entropy) {
        NymSecrets sum = new NymSecrets();
        for (SecretScalar s : scalars) sum.scalars.add(sum.vault.copy(s));
        sum.scalars.addLast(sum.scalars.removeLast().plus(sum.vault.copy(entropy.value)));
        return sum;
    }

    List<SecretScalar> scalars() {
        return scalars;
    }

    /**
     * draft-irtf-cfrg-bbs-per-verifier-linkability, section 4.3: the polynomial with these coefficients at z, by Horner's rule.
     *
     * @param coefficients one or more, the constant term first
     */
    static SecretScalar evaluate(List<SecretScalar> coefficients, Scalar z) {
        SecretScalar sum = coefficients.getLast();
        for (int i = coefficients.size() - 2; i >= 0; i--) sum = sum.times(z).plus(coefficients.get(i));
        return sum;
    }

    static Scalar evaluatePublic(List<Scalar> coefficients, Scalar z) {
        Scalar sum = coefficients.getLast();
        for (int i = coefficients.size() - 2; i >= 0; i--) sum = sum.times(z).plus(coefficients.get(i));
        return sum;
    }

    /** The holder's pseudonym in a context, as a showing there will carry it. */
    public Pseudonym pseudonym(byte[] context) {
        try (Vault work = Vault.open()) {
            List<SecretScalar> copies = scalars.stream().map(work::copy).toList();
            SecretScalar value = evaluate(copies, Api.PSEUDONYM.nymPoint(context));
            return new Pseudonym(Api.PSEUDONYM.nymBase(context).times(value));
        }
    }

    /** How many there are: N. */
    public int count() {
        return scalars.size();
    }

    /** 32 bytes each, big-endian, for the holder's storage. */
    public byte[] toBytes() {
        byte[] out = new byte[32 * scalars.size()];
        for (int i = 0; i < scalars.size(); i++) scalars.get(i).write(out, 32 * i);
        return out;
    }

    /** Wipes them. */
    @Override
    public void close() {
        vault.close();
    }

    /** Compares in constant time (the count is not secret). */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof NymSecrets n) || n.count() != count()) return false;
        boolean same = true;
        for (int i = 0; i < count(); i++) same &= scalars.get(i).sameAs(n.scalars.get(i));
        return same;
    }

    /** The count: a hash would tell something about the secrets. */
    @Override
    public int hashCode() {
        return count();
    }

    @Override
    public String toString() {
        return "NymSecrets[secret]";
    }
}
