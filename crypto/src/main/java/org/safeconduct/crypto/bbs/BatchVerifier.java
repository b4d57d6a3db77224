package org.safeconduct.crypto.bbs;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * Verifies many proofs together for about half the price of one each, under one key or several.
 *
 * <p>Fill it with {@code verifyLater} of {@link Bbs}, {@link BlindBbs} or {@link NymBbs}, then call {@link #verify}. The pairing
 * equations are summed with random weights of 128 bits, so that a bad proof slips through with a chance of 2^-128; if
 * the sum is wrong, each proof is verified singly. For one thread.
 */
public final class BatchVerifier {
    private static final int WEIGHT_BITS = 128;

    private record Pending(int position, BbsProof proof) {}

    private final Map<BbsPublicKey, BbsVerifierKey> keys = new HashMap<>();
    private final Map<BbsPublicKey, List<Pending>> pending = new LinkedHashMap<>();
    private final Map<ByteBuffer, NymTerms.Base> bases = new HashMap<>();
    private final SortedSet<Integer> failed = new TreeSet<>();
    private int size;

    /** An empty batch. */
    public BatchVerifier() {}

    /** Takes a proof whose challenge is checked at once; returns its position, from 0. */
    int add(BbsVerifierKey key, BbsProof proof, Opened opened) {
        int position = size++;
        try {
            opened.open().check(proof);
            keys.put(key.publicKey(), key);
            pending.computeIfAbsent(key.publicKey(), k -> new ArrayList<>()).add(new Pending(position, proof));
        } catch (VerificationException e) {
            failed.add(position);
        }
        return position;
    }

    /** The point and number of a context, worked out once for all proofs of it. */
    NymTerms.Base base(byte[] context) {
        return bases.computeIfAbsent(ByteBuffer.wrap(context.clone()), c -> NymTerms.Base.of(context));
    }

    /** A proof opened for the batch, or refused. */
    @FunctionalInterface
    interface Opened {
        Opening open() throws VerificationException;
    }

    /** How many proofs it was given. */
    public int size() {
        return size;
    }

    /**
     * Verifies everything added so far.
     *
     * @param random a secure generator: whoever can guess the weights can pass bad proofs
     * @return the positions of the proofs that do not verify, ascending; empty if all do
     */
    public SortedSet<Integer> verify(SecureRandom random) {
        SortedSet<Integer> bad = new TreeSet<>(failed);
        pending.forEach((key, proofs) -> {
            if (proofs.size() > 1 && holdsTogether(keys.get(key), proofs, random)) return;
            for (Pending p : proofs) {
                if (!keys.get(key).pairs(p.proof.aBar, p.proof.bBar)) bad.add(p.position);
            }
        });
        return bad;
    }

    private static boolean holdsTogether(BbsVerifierKey key, List<Pending> proofs, SecureRandom random) {
        List<Scalar> weights = new ArrayList<>(proofs.size());
        try (Vault work = Vault.open()) {
            byte[] bytes = new byte[WEIGHT_BITS / 8];
            for (int i = 0; i < proofs.size(); i++) {
                random.nextBytes(bytes);
                bytes[0] |= (byte) 0x80; // never zero, for the price of one bit
                weights.add(work.reduce(bytes, 0, bytes.length).reveal());
            }
        }
        G1 a = G1.multi(proofs.stream().map(p -> p.proof.aBar).toList(), weights, WEIGHT_BITS);
        G1 b = G1.multi(proofs.stream().map(p -> p.proof.bBar).toList(), weights, WEIGHT_BITS);
        return key.pairs(a, b);
    }
}
