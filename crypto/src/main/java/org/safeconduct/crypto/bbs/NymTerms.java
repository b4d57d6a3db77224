package org.safeconduct.crypto.bbs;

import java.util.List;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;

/**
 * What a pseudonym adds to a proof (draft-irtf-cfrg-bbs-per-verifier-linkability-03: PseudonymProofInit and
 * PseudonymProofVerifyInit).
 *
 * @param secrets N, the number of nym secrets, the last ones of the signed scalars
 */
record NymTerms(byte[] context, Pseudonym pseudonym, int secrets, Base base) {
    /** What follows from a context: OP and z. */
    record Base(G1 point, Scalar z) {
        static Base of(byte[] context) {
            return new Base(Api.PSEUDONYM.nymBase(context), Api.PSEUDONYM.nymPoint(context));
        }
    }

    /** For the verifier, who was given the pseudonym. */
    static NymTerms given(byte[] context, Pseudonym pseudonym, int secrets) {
        return new NymTerms(context, pseudonym, secrets, Base.of(context));
    }

    /** For the prover, who makes it from the secrets. */
    static NymTerms made(byte[] context, List<SecretScalar> secrets) {
        Base base = Base.of(context);
        Pseudonym pseudonym = new Pseudonym(base.point.times(NymSecrets.evaluate(secrets, base.z)));
        return new NymTerms(context, pseudonym, secrets.size(), base);
    }

    /** Ut = OP * p(m~), constant time. */
    G1 proverMask(List<SecretScalar> masks) {
        return base.point.times(NymSecrets.evaluate(masks.subList(masks.size() - secrets, masks.size()), base.z));
    }

    /** Uv = OP * p(m^) - nym * c. */
    G1 verifierMask(BbsProof proof) {
        List<Scalar> responses = proof.hidden.subList(proof.hidden.size() - secrets, proof.hidden.size());
        return G1.multi(List.of(base.point, pseudonym.point),
                List.of(NymSecrets.evaluatePublic(responses, base.z), proof.challenge.negate()));
    }
}
