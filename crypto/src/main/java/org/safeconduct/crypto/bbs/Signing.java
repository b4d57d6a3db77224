package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/** Making and verifying signatures and commitments; what the three interfaces share. */
final class Signing {
    /** draft-irtf-cfrg-bbs-signatures, section 3.6.1: CoreSign. Messages count as public for timing. */
    static BbsSignature sign(Generators g, BbsSecretKey key, byte[] header, List<Scalar> messages) {
        Scalar domain = g.domain(key.publicKey(), header);
        G1 b = g.known(domain, places(0, messages));
        try (Vault work = Vault.open(); Transcript t = new Transcript()) {
            t.add(key.scalar());
            for (Scalar m : messages) t.add(m);
            return finish(key, b, g.api.hash(t.add(domain), work));
        }
    }

    /** draft-irtf-cfrg-bbs-blind-signatures-02: FinalizeBlindSign as its vectors have it; e hashes (SK, B). */
    static BbsSignature signBlind(Generators g, BbsSecretKey key, G1 b) {
        try (Vault work = Vault.open(); Transcript t = new Transcript()) {
            return finish(key, b, g.api.hash(t.add(key.scalar()).add(b), work));
        }
    }

    /** draft-irtf-cfrg-bbs-blind-signatures-02: B_calculate, the domain included. */
    static G1 blindB(Generators g, BbsPublicKey key, byte[] header, List<Scalar> messages, G1 commitment) {
        return g.known(g.domain(key, header), places(0, messages)).plus(commitment);
    }

    /** A = B * 1 / (SK + e): the one multiplication by a secret. */
    private static BbsSignature finish(BbsSecretKey key, G1 b, SecretScalar e) {
        SecretScalar sum = e.plus(key.scalar());
        if (!sum.isNonZero() || b.isIdentity()) throw new IllegalStateException("these inputs cannot be signed");
        return new BbsSignature(b.times(sum.inverse()), e.reveal());
    }

    /**
     * draft-irtf-cfrg-bbs-signatures, section 3.6.2: CoreVerify. Every signed scalar counts as secret.
     *
     * <p>e(A, W + BP2 * e) = e(B, BP2) is checked as e(A, W) = e(B - A * e, BP2), so that both points of G2 are prepared ones.
     */
    static void verify(Generators g, BbsVerifierKey key, BbsSignature signature, byte[] header, Vault work,
            List<SecretScalar> scalars) throws VerificationException {
        G1 b = b(g, key.publicKey(), header, scalars);
        G1 ae = signature.a.times(work.copy(signature.e));
        if (!key.pairs(signature.a, b.plus(ae.negate()))) throw new VerificationException("The signature does not verify.");
    }

    /** B, in constant time. */
    static G1 b(Generators g, BbsPublicKey key, byte[] header, List<SecretScalar> scalars) {
        return g.known(g.domain(key, header), new TreeMap<>()).plus(G1.sum(g.signed, scalars));
    }

    /** draft-irtf-cfrg-bbs-blind-signatures-02: CoreCommit. */
    static Committed commit(Generators g, List<SecretScalar> committed, Vault work, ScalarSource source) {
        List<SecretScalar> random = source.draw(work, committed.size() + 2);
        List<SecretScalar> secrets = new ArrayList<>(committed);
        secrets.addFirst(random.getFirst());
        List<SecretScalar> masks = random.subList(1, random.size());
        G1 point = G1.sum(g.blinds(), secrets);
        Scalar challenge = commitmentChallenge(g, point, G1.sum(g.blinds(), masks));
        List<Scalar> responses = new ArrayList<>(masks.size());
        for (int i = 0; i < masks.size(); i++) {
            responses.add(secrets.get(i).times(challenge).plus(masks.get(i)).reveal());
        }
        return new Committed(new BlindCommitment(point, responses, challenge), new ProverBlind(secrets.getFirst()));
    }

    /** draft-irtf-cfrg-bbs-blind-signatures-02: CoreCommitVerify. */
    static void verify(Generators g, BlindCommitment commitment) throws VerificationException {
        if (commitment.verifiedOver == g) {
            return;
        }
        if (commitment.responses.size() != g.blinds().size()) {
            throw new VerificationException("The commitment is to another number of secrets.");
        }
        G1 mask = g.blind(commitment.responses).plus(commitment.point.times(commitment.challenge).negate());
        if (!commitmentChallenge(g, commitment.point, mask).equals(commitment.challenge)) {
            throw new VerificationException("The proof of the commitment does not hold.");
        }
        commitment.verifiedOver = g;
    }

    private static Scalar commitmentChallenge(Generators g, G1 point, G1 mask) {
        try (Transcript t = new Transcript()) {
            return g.api.hash(t.add(g.commitmentOctets()).add(point).add(mask));
        }
    }

    /** Scalars by place, from a first one on. */
    static TreeMap<Integer, Scalar> places(int from, List<Scalar> scalars) {
        TreeMap<Integer, Scalar> map = new TreeMap<>();
        for (int i = 0; i < scalars.size(); i++) map.put(from + i, scalars.get(i));
        return map;
    }

    private Signing() {}
}
