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
 * Verifies many identity keys together (spec/presence.md section 2.5), under one public key or several.
 *
 * <p>The equations are summed with random weights of 128 bits, so that a bad key slips through with a chance of 2^-128; one
 * Miller loop for each public key remains. If the sum is wrong, each is verified singly. For one thread.
 */
public final class IdentityBatch {
    private static final int WEIGHT_BITS = 128;

    private record Entry(IbePublicKey publicKey, G1 identity, G1 key) {}

    private final List<Entry> entries = new ArrayList<>();

    /** An empty batch. */
    public IdentityBatch() {}

    /** Takes an identity key, or a part, that should be of this public key; returns its position, from 0. */
    public int add(IbePublicKey publicKey, IdentityKey key, byte[] identity) {
        entries.add(new Entry(publicKey, Hashing.h1(identity), key.point));
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
            if (!Pairing.equal(e.key, G2Lines.GENERATOR, List.of(e.identity), List.of(e.publicKey.point))) bad.add(i);
        }
        return bad;
    }

    private boolean holdsTogether(SecureRandom random) {
        List<Scalar> weights = weights(random);
        Map<IbePublicKey, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            places.computeIfAbsent(entries.get(i).publicKey, k -> new ArrayList<>()).add(i);
        }
        G1 keys = G1.multi(entries.stream().map(Entry::key).toList(), weights, WEIGHT_BITS);
        List<G1> sums = new ArrayList<>();
        List<G2> points = new ArrayList<>();
        places.forEach((publicKey, of) -> {
            sums.add(G1.multi(of.stream().map(i -> entries.get(i).identity).toList(), of.stream().map(weights::get).toList(),
                    WEIGHT_BITS));
            points.add(publicKey.point);
        });
        return Pairing.equal(keys, G2Lines.GENERATOR, sums, points);
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
