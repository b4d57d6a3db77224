package org.safeconduct.crypto.ibe;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.G2Lines;
import org.safeconduct.crypto.bls.Pairing;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * Verifies many identity keys (spec/presence.md section 2.5) and proofs of possession (2.2) together, under one public key
 * or several.
 *
 * <p>Each says e(value, P2) = e(point, public key). The equations are summed with random weights of 128 bits, so that a bad
 * one slips through with a chance of 2^-128; the points of one public key are summed before they are paired, and all Miller
 * loops share their squarings and the final exponentiation. If the sum is wrong, each is verified singly.
 *
 * <p>That holds for points of the subgroup only, and every point here was checked for it when it was read: the cofactor has
 * small factors, so the check of a sum would not stand for the checks of its parts. For one thread.
 */
public final class KeyBatch {
    private static final int WEIGHT_BITS = 128;

    private record Entry(IbePublicKey publicKey, G1 point, G1 value) {}

    private final List<Entry> entries = new ArrayList<>();

    /** An empty batch. */
    public KeyBatch() {}

    /** Takes an identity key, or a part, that should be of this public key; returns its position, from 0. */
    public int add(IbePublicKey publicKey, IdentityKey key, IbeIdentity identity) {
        return add(new Entry(publicKey, identity.point, key.point));
    }

    /** Takes a proof of possession of this public key; returns its position, from 0. */
    public int add(IbePublicKey publicKey, PossessionProof proof) {
        return add(new Entry(publicKey, Hashing.possession(publicKey.encoded()), proof.point));
    }

    private int add(Entry entry) {
        entries.add(entry);
        return entries.size() - 1;
    }

    /**
     * Verifies everything added so far.
     *
     * @param random a secure generator: whoever can guess the weights can pass bad keys
     * @return the positions of those that do not verify, ascending; empty if all do
     */
    public SortedSet<Integer> verify(SecureRandom random) {
        SortedSet<Integer> bad = new TreeSet<>();
        if (entries.isEmpty() || holdsTogether(random)) return bad;
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            if (!Pairing.equal(e.value, G2Lines.GENERATOR, List.of(e.point), List.of(e.publicKey.point))) bad.add(i);
        }
        return bad;
    }

    private boolean holdsTogether(SecureRandom random) {
        List<Scalar> weights = weights(random);
        Map<IbePublicKey, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            places.computeIfAbsent(entries.get(i).publicKey, k -> new ArrayList<>()).add(i);
        }
        G1 values = G1.multi(entries.stream().map(Entry::value).toList(), weights, WEIGHT_BITS);
        List<G1> sums = new ArrayList<>();
        List<G2> points = new ArrayList<>();
        places.forEach((publicKey, of) -> {
            sums.add(G1.multi(of.stream().map(i -> entries.get(i).point).toList(), of.stream().map(weights::get).toList(),
                    WEIGHT_BITS));
            points.add(publicKey.point);
        });
        return Pairing.equal(values, G2Lines.GENERATOR, sums, points);
    }

    private List<Scalar> weights(SecureRandom random) {
        List<Scalar> weights = new ArrayList<>(entries.size());
        byte[] bytes = new byte[WEIGHT_BITS / 8];
        try (Vault work = Vault.open()) {
            for (int i = 0; i < entries.size(); i++) {
                random.nextBytes(bytes);
                bytes[0] |= (byte) 0x80; // never zero, for the price of one bit
                weights.add(work.reduce(bytes, 0, bytes.length).reveal());
            }
        }
        return weights;
    }
}
