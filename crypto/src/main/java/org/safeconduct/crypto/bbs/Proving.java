package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/** Proof generation. Hidden scalars and all random ones meet constant-time operations only. */
final class Proving {
    /**
     * draft-irtf-cfrg-bbs-signatures, section 3.6.3: CoreProofGen; per-verifier-linkability-03: CoreProofGenWithNym.
     *
     * @param header    as signed
     * @param scalars   every signed scalar, in order
     * @param disclosed places among them, ascending
     * @param nym       the terms of a pseudonym, or null
     */
    static BbsProof prove(Generators g, BbsPublicKey key, BbsSignature signature, byte[] header, byte[] presentationHeader,
            Vault work, List<SecretScalar> scalars, int[] disclosed, NymTerms nym, ScalarSource source) {
        TreeMap<Integer, Scalar> known = new TreeMap<>();
        for (int i : disclosed) known.put(i, scalars.get(i).reveal());
        int[] hiddenPlaces = IntStream.range(0, g.size()).filter(i -> !known.containsKey(i)).toArray();
        List<SecretScalar> hidden = IntStream.of(hiddenPlaces).mapToObj(scalars::get).toList();

        List<SecretScalar> random = source.draw(work, 5 + hidden.size());
        SecretScalar r1 = random.get(0);
        SecretScalar r2 = random.get(1);
        SecretScalar eMask = random.get(2);
        SecretScalar r1Mask = random.get(3);
        SecretScalar r3Mask = random.get(4);
        List<SecretScalar> masks = random.subList(5, random.size());
        SecretScalar e = work.copy(signature.e);

        Scalar domain = g.domain(key, header);
        G1 b = g.known(domain, known).plus(g.secret(hiddenPlaces, hidden));
        G1 d = b.times(r2);
        G1 aBar = signature.a.times(r1.times(r2));
        G1 bBar = d.times(r1).plus(aBar.times(e).negate());
        G1 t1 = aBar.times(eMask).plus(d.times(r1Mask));
        G1 t2 = d.times(r3Mask).plus(g.secret(hiddenPlaces, masks));
        G1 nymMask = nym == null ? null : nym.proverMask(masks);
        Scalar c = Opening.challenge(g.api, aBar, bBar, d, t1, t2, nymMask, domain, presentationHeader, known, nym);

        List<Scalar> responses = new ArrayList<>(4 + hidden.size());
        responses.add(e.times(c).plus(eMask).reveal());
        responses.add(r1Mask.minus(r1.times(c)).reveal());
        responses.add(r3Mask.minus(r2.inverse().times(c)).reveal());
        for (int i = 0; i < masks.size(); i++) responses.add(hidden.get(i).times(c).plus(masks.get(i)).reveal());
        responses.add(c);
        return new BbsProof(aBar, bBar, d, responses);
    }

    private Proving() {}
}
