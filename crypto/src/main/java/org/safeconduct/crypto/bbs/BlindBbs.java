package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * The blind interface: signatures over the signer's messages and over messages the holder committed to.
 *
 * <p>An instance holds the generators and tables for fixed numbers of both. Immutable: make it once, keep it, share it between
 * threads. Pinned: draft-irtf-cfrg-bbs-blind-signatures-02 as fixed by its vectors.
 */
public final class BlindBbs {
    private final Generators g;
    private final int committed;

    private BlindBbs(int messages, int committed) {
        this.g = Generators.of(Api.BLIND, messages, 1 + committed);
        this.committed = committed;
    }

    /** For so many messages of the signer and so many committed ones; together at most 1023. */
    public static BlindBbs of(int messages, int committedMessages) {
        return new BlindBbs(messages, committedMessages);
    }

    Generators generators() {
        return g;
    }

    /** Commit: what the holder sends to the signer, and the blind the holder keeps. */
    public Committed commit(List<byte[]> committedMessages, SecureRandom random) {
        return commit(committedMessages, ScalarSource.of(random));
    }

    Committed commit(List<byte[]> committedMessages, ScalarSource source) {
        try (Vault work = Vault.open()) {
            return Signing.commit(g, Messages.secret(g.api, committedMessages, committed, work), work, source);
        }
    }

    /**
     * Verifies the proof of a commitment alone; {@link #blindSign} does it too.
     *
     * @throws VerificationException if the committer does not know what is inside, or committed to another number of messages
     */
    public void verify(BlindCommitment commitment) throws VerificationException {
        Signing.verify(g, commitment);
    }

    /**
     * BlindSign. The same inputs give the same signature.
     *
     * @throws VerificationException if the commitment does not verify
     */
    public BbsSignature blindSign(BbsSecretKey key, BlindCommitment commitment, byte[] header, List<byte[]> messages)
            throws VerificationException {
        Signing.verify(g, commitment);
        List<Scalar> known = Messages.known(g.api, messages, g.messages);
        return Signing.signBlind(g, key, Signing.blindB(g, key.publicKey(), header, known, commitment.point));
    }

    /**
     * VerifyBlindSign, for the holder.
     *
     * @throws VerificationException if the signature is not this key's over exactly these values
     */
    public void verify(BbsVerifierKey key, BbsSignature signature, byte[] header, List<byte[]> messages,
            List<byte[]> committedMessages, ProverBlind blind) throws VerificationException {
        try (Vault work = Vault.open()) {
            Signing.verify(g, key, signature, header, work, scalars(messages, committedMessages, blind, work));
        }
    }

    private List<SecretScalar> scalars(List<byte[]> messages, List<byte[]> committedMessages, ProverBlind blind, Vault work) {
        List<SecretScalar> scalars = Messages.secret(g.api, messages, g.messages, work);
        scalars.add(work.copy(blind.scalar()));
        scalars.addAll(Messages.secret(g.api, committedMessages, committed, work));
        return scalars;
    }

    /**
     * BlindProofGen. The signature is not verified first.
     *
     * @param disclosed          indexes among the messages, from 0
     * @param disclosedCommitted indexes among the committed messages, from 0
     */
    public BbsProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader,
            List<byte[]> messages, List<byte[]> committedMessages, int[] disclosed, int[] disclosedCommitted,
            ProverBlind blind, SecureRandom random) {
        return prove(key, signature, header, presentationHeader, messages, committedMessages, disclosed, disclosedCommitted,
                blind, ScalarSource.of(random));
    }

    BbsProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader,
            List<byte[]> messages, List<byte[]> committedMessages, int[] disclosed, int[] disclosedCommitted,
            ProverBlind blind, ScalarSource source) {
        int[] places = Messages.places(disclosed, g.messages, disclosedCommitted, committed);
        try (Vault work = Vault.open()) {
            List<SecretScalar> scalars = scalars(messages, committedMessages, blind, work);
            return Proving.prove(g, key, signature, header, presentationHeader, work, scalars, places, null, source);
        }
    }

    /**
     * BlindProofVerify.
     *
     * @param disclosed          disclosed messages by index
     * @param disclosedCommitted disclosed committed messages by index
     * @throws VerificationException if the proof does not hold for exactly these values
     */
    public void verify(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted) throws VerificationException {
        Opening.verify(key, proof, open(key, proof, header, presentationHeader, disclosed, disclosedCommitted));
    }

    /** Adds a proof to a batch; returns its position there. Parameters as in {@code verify}. */
    public int verifyLater(BatchVerifier batch, BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted) {
        return batch.add(key, proof, () -> open(key, proof, header, presentationHeader, disclosed, disclosedCommitted));
    }

    Opening open(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            Map<Integer, byte[]> disclosed, Map<Integer, byte[]> disclosedCommitted) throws VerificationException {
        TreeMap<Integer, Scalar> known = Opening.merge(Messages.disclosed(g.api, disclosed, g.messages),
                Messages.disclosed(g.api, disclosedCommitted, committed), g.messages + 1);
        return Opening.of(g, key.publicKey(), proof, header, presentationHeader, known, null);
    }

    @Override
    public String toString() {
        return "BlindBbs[" + g.messages + " messages, " + committed + " committed]";
    }
}
