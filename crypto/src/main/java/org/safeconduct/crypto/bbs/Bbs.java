package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * The core interface: signatures over messages the signer sees, and proofs that disclose some of them.
 *
 * <p>An instance holds the generators and tables for one number of messages (about 0.75 MiB each, for up to 30). Immutable: make
 * it once, keep it, share it between threads. A header or presentation header may be empty, not null.
 */
public final class Bbs {
    private final Generators g;

    private Bbs(int messages) {
        this.g = Generators.of(Api.CORE, messages, 0);
    }

    /** For signatures over so many messages, 0 to 1024. */
    public static Bbs of(int messages) {
        return new Bbs(messages);
    }

    Generators generators() {
        return g;
    }

    /** draft-irtf-cfrg-bbs-signatures, section 3.5.1: Sign. The same inputs give the same signature. */
    public BbsSignature sign(BbsSecretKey key, byte[] header, List<byte[]> messages) {
        return Signing.sign(g, key, header, Messages.known(g.api, messages, g.messages));
    }

    /**
     * Section 3.5.2: Verify.
     *
     * @throws VerificationException if the signature is not this key's over this header and these messages
     */
    public void verify(BbsVerifierKey key, BbsSignature signature, byte[] header, List<byte[]> messages)
            throws VerificationException {
        try (Vault work = Vault.open()) {
            Signing.verify(g, key, signature, header, work, Messages.secret(g.api, messages, g.messages, work));
        }
    }

    /**
     * Section 3.5.3: ProofGen. The signature is not verified first.
     *
     * @param presentationHeader what this proof is bound to
     * @param messages           all of them, in order
     * @param disclosed          indexes of those to disclose, from 0
     */
    public BbsProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader,
            List<byte[]> messages, int[] disclosed, SecureRandom random) {
        return prove(key, signature, header, presentationHeader, messages, disclosed, ScalarSource.of(random));
    }

    BbsProof prove(BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader,
            List<byte[]> messages, int[] disclosed, ScalarSource source) {
        int[] places = Messages.places(disclosed, g.messages, new int[0], 0);
        try (Vault work = Vault.open()) {
            return Proving.prove(g, key, signature, header, presentationHeader, work,
                    Messages.secret(g.api, messages, g.messages, work), places, null, source);
        }
    }

    /**
     * Section 3.5.4: ProofVerify.
     *
     * @param disclosed the disclosed messages by index
     * @throws VerificationException if the proof does not hold for exactly these values
     */
    public void verify(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            Map<Integer, byte[]> disclosed) throws VerificationException {
        Opening.verify(key, proof, open(key, proof, header, presentationHeader, disclosed));
    }

    /** Adds a proof to a batch; returns its position there. Parameters as in {@code verify}. */
    public int verifyLater(BatchVerifier batch, BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            Map<Integer, byte[]> disclosed) {
        return batch.add(key, proof, () -> open(key, proof, header, presentationHeader, disclosed));
    }

    Opening open(BbsVerifierKey key, BbsProof proof, byte[] header, byte[] presentationHeader, Map<Integer, byte[]> disclosed)
            throws VerificationException {
        TreeMap<Integer, Scalar> known = Messages.disclosed(g.api, disclosed, g.messages);
        return Opening.of(g, key.publicKey(), proof, header, presentationHeader, known, null);
    }

    @Override
    public String toString() {
        return "Bbs[" + g.messages + " messages]";
    }
}
