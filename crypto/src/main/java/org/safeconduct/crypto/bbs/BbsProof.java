package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;

/** A proof of knowledge of a signature: 272 bytes and 32 more for each hidden scalar. Immutable. */
public final class BbsProof {
    private static final int FLOOR = 3 * G1.BYTES + 4 * 32;

    final G1 aBar;
    final G1 bBar;
    final G1 d;
    final Scalar e;
    final Scalar r1;
    final Scalar r3;
    final List<Scalar> hidden;
    final Scalar challenge;

    /** @param scalars e^, r1^, r3^, the hidden ones, challenge */
    BbsProof(G1 aBar, G1 bBar, G1 d, List<Scalar> scalars) {
        this.aBar = aBar;
        this.bBar = bBar;
        this.d = d;
        this.e = scalars.get(0);
        this.r1 = scalars.get(1);
        this.r3 = scalars.get(2);
        this.hidden = List.copyOf(scalars.subList(3, scalars.size() - 1));
        this.challenge = scalars.getLast();
    }

    /** The length of a proof that hides so many scalars. */
    public static int length(int hidden) {
        return FLOOR + 32 * hidden;
    }

    /**
     * Reads a proof (draft-irtf-cfrg-bbs-signatures, section 4.2.4.5: octets_to_proof).
     *
     * @throws MalformedException unless it has 272 + 32 n bytes with n up to 1024, its points are in the subgroup and not the
     *     identity, and its scalars are in 1..r-1
     */
    public static BbsProof parse(byte[] bytes) throws MalformedException {
        int hidden = (bytes.length - FLOOR) / 32;
        if (bytes.length < FLOOR || bytes.length != length(hidden) || hidden > Generators.MOST) {
            throw new MalformedException("A proof does not have a possible length.");
        }
        List<Scalar> scalars = Octets.scalars(bytes, 3 * G1.BYTES, hidden + 4);
        return new BbsProof(G1.parse(bytes, 0), G1.parse(bytes, G1.BYTES), G1.parse(bytes, 2 * G1.BYTES), scalars);
    }

    /** How many scalars it hides. */
    public int hiddenCount() {
        return hidden.size();
    }

    /** 272 + 32 * hiddenCount() bytes. */
    public byte[] toBytes() {
        List<Scalar> scalars = new ArrayList<>(List.of(e, r1, r3));
        scalars.addAll(hidden);
        scalars.add(challenge);
        return Octets.of(List.of(aBar, bBar, d), scalars);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BbsProof p && Arrays.equals(toBytes(), p.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "BbsProof[" + length(hiddenCount()) + " bytes]";
    }
}
