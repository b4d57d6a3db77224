package org.safeconduct.crypto.bbs;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.Transcript;

/**
 * A proof opened by the verifier as far as the challenge, everything but the pairings.
 *
 * @param nymMask Uv, or null without a pseudonym
 */
record Opening(G1 t1, G1 t2, G1 nymMask, Scalar domain, Scalar challenge) {
    /**
     * draft-irtf-cfrg-bbs-signatures, section 3.7.3: ProofVerifyInit; per-verifier-linkability-03: CoreProofVerifyWithNym.
     *
     * @param header    as signed: for pseudonyms with I2OSP(N, 8) at its end
     * @param disclosed by place among the signed scalars
     * @param nym       what a pseudonym is checked against, or null
     * @throws VerificationException if the proof hides another number of scalars
     */
    static Opening of(Generators g, BbsPublicKey key, BbsProof proof, byte[] header, byte[] presentationHeader,
            NavigableMap<Integer, Scalar> disclosed, NymTerms nym) throws VerificationException {
        if (proof.hidden.size() + disclosed.size() != g.size()) {
            throw new VerificationException("The proof hides another number of messages.");
        }
        Scalar c = proof.challenge;
        Scalar domain = g.domain(key, header);
        G1 t1 = G1.multi(List.of(proof.bBar, proof.aBar, proof.d), List.of(c, proof.e, proof.r1));
        // T2 = Bv * c + D * r3 + hidden points, where Bv * c is spread over the prepared points
        Scalar[] factors = new Scalar[g.size()];
        int hidden = 0;
        for (int i = 0; i < factors.length; i++) {
            Scalar known = disclosed.get(i);
            factors[i] = known != null ? known.times(c) : proof.hidden.get(hidden++);
        }
        G1 t2 = g.all(c, domain.times(c), List.of(factors)).plus(proof.d.times(proof.r3));
        G1 mask = nym == null ? null : nym.verifierMask(proof);
        return new Opening(t1, t2, mask, domain,
                challenge(g.api, proof.aBar, proof.bBar, proof.d, t1, t2, mask, domain, presentationHeader, disclosed, nym));
    }

    /** draft-irtf-cfrg-bbs-signatures, section 3.7.4: ProofChallengeCalculate, with the terms of a pseudonym if there is one. */
    static Scalar challenge(Api api, G1 aBar, G1 bBar, G1 d, G1 t1, G1 t2, G1 mask, Scalar domain, byte[] presentationHeader,
            NavigableMap<Integer, Scalar> disclosed, NymTerms nym) {
        try (Transcript t = new Transcript()) {
            t.add(disclosed.size());
            disclosed.forEach((place, message) -> t.add(place).add(message));
            t.add(aBar).add(bBar).add(d).add(t1).add(t2);
            if (nym != null) t.add(nym.pseudonym().encoded()).add(mask);
            t.add(domain).addWithLength(presentationHeader);
            if (nym != null) t.addWithLength(nym.context());
            return api.hash(t);
        }
    }

    /** Throws unless the challenge of the proof is the one worked out here. */
    void check(BbsProof proof) throws VerificationException {
        if (!challenge.equals(proof.challenge)) throw new VerificationException("The proof does not hold.");
    }

    /** Challenge, then pairings. */
    static void verify(BbsVerifierKey key, BbsProof proof, Opening opening) throws VerificationException {
        opening.check(proof);
        if (!key.pairs(proof.aBar, proof.bBar)) throw new VerificationException("The proof is not about this key's signature.");
    }

    /** The places after a first one, shifted: committed messages stand after the messages and the blind. */
    static TreeMap<Integer, Scalar> merge(NavigableMap<Integer, Scalar> messages, NavigableMap<Integer, Scalar> committed, int shift) {
        TreeMap<Integer, Scalar> all = new TreeMap<>(messages);
        committed.forEach((place, message) -> all.put(place + shift, message));
        return all;
    }
}
