package org.safeconduct.crypto.bbs;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * The pseudonym interface: blind signatures over nym secrets, and proofs that may carry a pseudonym of one context.
 *
 * <p>A context given to {@code prove} and {@code verify} makes the proof carry a pseudonym; null makes the same proof without it,
 * over the same signature. Neither form verifies as the other. An instance holds the generators and tables for fixed numbers
 * of messages, committed messages and nym secrets. Immutable: make it once, keep it, share it between threads. Pinned:
 * draft-irtf-cfrg-bbs-per-verifier-linkability-03.
 */
public final class NymBbs {
    private final Generators g;
    private final int committed;
    private final int nymSecrets;

    private NymBbs(int messages, int committed, int nymSecrets) {
        if (nymSecrets < 1) throw new IllegalArgumentException("at least one nym secret");
        this.g = Generators.of(Api.PSEUDONYM, messages, 1 + committed + nymSecrets);
        this.committed = committed;
        this.nymSecrets = nymSecrets;
    }

    /** For so many messages of the signer, committed ones, and nym secrets (1 or more); together at most 1023. */
    public static NymBbs of(int messages, int committedMessages, int nymSecrets) {
        return new NymBbs(messages, committedMessages, nymSecrets);
    }

    Generators generators() {
        return g;
    }

    /** What is signed as header: header || I2OSP(N, 8), also for proofs without a pseudonym. */
    private byte[] combined(byte[] header) {
        return combined(header, nymSecrets);
    }

    static byte[] combined(byte[] header, int nymSecrets) {
        return ByteBuffer.allocate(header.length + 8).put(header).putLong(nymSecrets).array();
    }

    /**
     * CommitWithNym: what the holder sends to the signer, and the blind the holder keeps.
     *
     * @param secrets the holder's own random share, N of them
     */
    public Committed commit(NymSecrets secrets, List<byte[]> committedMessages, SecureRandom random) {
        return commit(secrets, committedMessages, ScalarSource.of(random));
    }

    Committed commit(NymSecrets secrets, List<byte[]> committedMessages, ScalarSource source) {
        check(secrets);
        try (Vault work = Vault.open()) {
            List<SecretScalar> scalars = Messages.secret(g.api, committedMessages, committed, work);
            for (SecretScalar s : secrets.scalars()) scalars.add(work.copy(s));
            return Signing.commit(g, scalars, work, source);
        }
    }

    private void check(NymSecrets secrets) {
        if (secrets.count() != nymSecrets) throw new IllegalArgumentException("expected " + nymSecrets + " nym secrets");
    }

    /**
     * Verifies the proof of a commitment alone; {@link #blindSign} does it too.
     *
     * @throws VerificationException if the committer does not know what is inside, or committed to another number of secrets
     */
    public void verify(BlindCommitment commitment) throws VerificationException {
        Signing.verify(g, commitment);
    }

    /**
     * BlindSignWithNym. The same inputs give the same signature.
     *
     * @param entropy the signer's share, added to the last nym secret; the holder must get it too
     * @throws VerificationException if the commitment does not verify
     */
    public BbsSignature blindSign(BbsSecretKey key, BlindCommitment commitment, byte[] header, List<byte[]> messages,
            BbsScalar entropy) throws VerificationException {
        Signing.verify(g, commitment);
        return Signing.signBlind(g, key, b(key.publicKey(), commitment, header, messages, entropy));
    }

    G1 b(BbsPublicKey key, BlindCommitment commitment, byte[] header, List<byte[]> messages, BbsScalar entropy) {
        List<Scalar> known = Messages.known(g.api, messages, g.messages);
        return Signing.blindB(g, key, combined(header), known, commitment.point).plus(g.last(entropy.value));
    }

    /**
     * VerifyFinalizeWithNym, for the holder: verifies the signature and returns the signed nym secrets.
     *
     * @param secrets those that went into the commitment
     * @throws VerificationException if the signature is not this key's over exactly these values
     */
    public NymSecrets finalise(BbsVerifierKey key, BbsSignature signature, byte[] header, List<byte[]> messages,
            List<byte[]> committedMessages, NymSecrets secrets, BbsScalar entropy, ProverBlind blind)
            throws VerificationException {
        check(secrets);
        NymSecrets signed = secrets.withEntropy(entropy);
        try (Vault work = Vault.open()) {
            Signing.verify(g, key, signature, combined(header), work,
                    scalars(messages, committedMessages, signed, blind, work));
            return signed;
        } catch (VerificationException e) {
            signed.close();
            throw e;
        }
    }

    private List<SecretScalar> scalars(List<byte[]> messages, List<byte[]> committedMessages, NymSecrets secrets,
            ProverBlind blind, Vault work) {
        List<SecretScalar> scalars = Messages.secret(g.api, messages, g.messages, work);
        scalars.add(work.copy(blind.scalar()));
        scalars.addAll(Messages.secret(g.api, committedMessages, committed, work));
        for (SecretScalar s : secrets.scalars()) scalars.add(work.copy(s));
        return scalars;
    }

    /**
     * ProofGenWithNym; with context null the same proof without a pseudonym. The signature is not verified first.
     *
     * @param context            where the pseudonym is valid, or null for none
     * @param disclosed          indexes among the messages, from 0
     * @param disclosedCommitted indexes among the committed messages, from 0
     * @param secrets            as {@link #finalise} returned them
     */
    public NymProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader, byte[] context,
            List<byte[]> messages, List<byte[]> committedMessages, int[] disclosed, int[] disclosedCommitted,
            NymSecrets secrets, ProverBlind blind, SecureRandom random) {
        return prove(key, signature, header, presentationHeader, context, messages, committedMessages, disclosed,
                disclosedCommitted, secrets, blind, ScalarSource.of(random));
    }

    NymProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader, byte[] context,
            List<byte[]> messages, List<byte[]> committedMessages, int[] disclosed, int[] disclosedCommitted,
            NymSecrets secrets, ProverBlind blind, ScalarSource source) {
        check(secrets);
        int[] places = Messages.places(disclosed, g.messages, disclosedCommitted, committed);
        try (Vault work = Vault.open()) {
            List<SecretScalar> scalars = scalars(messages, committedMessages, secrets, blind, work);
            NymTerms nym = context == null ? null : NymTerms.made(context, scalars.subList(g.size() - nymSecrets, g.size()));
            BbsProof proof = Proving.prove(g, key, signature, combined(header), presentationHeader, work, scalars, places, nym,
                    source);
            return new NymProof(proof, Optional.ofNullable(nym).map(NymTerms::pseudonym));
        }
    }

    /**
     * ProofVerifyWithNym; with context and pseudonym null, a proof without a pseudonym.
     *
     * @param context            as asked, or null; null exactly if the pseudonym is
     * @param disclosed          disclosed messages by index
     * @param disclosedCommitted disclosed committed messages by index
     * @throws VerificationException if the proof does not hold for exactly these values
     */
    public void verify(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader, byte[] context,
            Pseudonym pseudonym, Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted)
            throws VerificationException {
        Opening.verify(key, proof,
                open(key, proof, header, presentationHeader, terms(context, pseudonym, NymTerms.Base::of), disclosed,
                        disclosedCommitted));
    }

    /** Adds a proof to a batch; returns its position there. Parameters as in {@code verify}. */
    public int verifyLater(BatchVerifier batch, BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            byte[] context, Pseudonym pseudonym, Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted) {
        return batch.add(key, proof,
                () -> open(key, proof, header, presentationHeader, terms(context, pseudonym, batch::base), disclosed,
                        disclosedCommitted));
    }

    private NymTerms terms(byte[] context, Pseudonym pseudonym, Function<byte[], NymTerms.Base> bases) {
        if ((context == null) != (pseudonym == null)) {
            throw new IllegalArgumentException("context and pseudonym go together");
        }
        return context == null ? null : new NymTerms(context, pseudonym, nymSecrets, bases.apply(context));
    }

    private Opening open(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader, NymTerms nym,
            Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted) throws VerificationException {
        TreeMap<Integer, Scalar> known = Opening.merge(Messages.disclosed(g.api, disclosed, g.messages),
                Messages.disclosed(g.api, disclosedCommitted, committed), g.messages + 1);
        return Opening.of(g, key.publicKey(), proof, combined(header), presentationHeader, known, nym);
    }

    @Override
    public String toString() {
        return "NymBbs[" + g.messages + " messages, " + committed + " committed, " + nymSecrets + " nym secrets]";
    }
}
