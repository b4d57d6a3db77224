package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.IntStream;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G1Table;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;

/**
 * The points one interface signs with, for fixed numbers of messages, prepared once.
 *
 * <p>The signed scalars stand in the order messages, secret_prover_blind, committed messages, nym secrets; their points are
 * H_1.., Q_2, J_1.. . A core signature has no blind part.
 */
final class Generators {
    /** More signed scalars than this are refused. */
    static final int MOST = 1024;
    /** The fixed point P1 of the ciphersuite (draft-irtf-cfrg-bbs-signatures, section 7.2.2). */
    static final G1 P1 = create(1, Api.CORE.id, "BP_MESSAGE_GENERATOR_SEED").getFirst();

    final Api api;
    /** L. */
    final int messages;
    /** Points of the signed scalars, in order. */
    final List<G1> signed;
    private final G1Table table; // P1, Q_1, then the signed ones
    private final byte[] domainOctets;
    private final byte[] commitmentOctets;

    private Generators(Api api, int messages, int blinds) {
        this.api = api;
        this.messages = messages;
        List<G1> own = create(messages + 1, api.id);
        List<G1> blind = create(blinds, api.blindId);
        List<G1> all = new ArrayList<>(own);
        all.addAll(blind);
        this.signed = List.copyOf(all.subList(1, all.size()));
        this.domainOctets = octets(all, signed.size(), api.id);
        this.commitmentOctets = octets(blind, blinds - 1, new byte[0]);
        all.addFirst(P1);
        this.table = G1Table.of(all);
    }

    /** @param messages L; @param blinds 0 for the core interface, else 1 + committed messages + nym secrets */
    static Generators of(Api api, int messages, int blinds) {
        if (messages < 0 || blinds < 0 || messages + blinds > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " messages");
        }
        return new Generators(api, messages, blinds);
    }

    /** draft-irtf-cfrg-bbs-signatures, section 4.1.1: create_generators. */
    static List<G1> create(int count, byte[] apiId) {
        return create(count, apiId, "MESSAGE_GENERATOR_SEED");
    }

    private static List<G1> create(int count, byte[] apiId, String seed) {
        byte[] seedDst = Api.concat(apiId, Api.ascii("SIG_GENERATOR_SEED_"));
        byte[] generatorDst = Api.concat(apiId, Api.ascii("SIG_GENERATOR_DST_"));
        List<G1> points = new ArrayList<>();
        byte[] v = expand(Api.concat(apiId, Api.ascii(seed)), 0, seedDst);
        for (long i = 1; i <= count; i++) {
            v = expand(v, i, seedDst);
            points.add(G1.hash(v, generatorDst));
        }
        return points;
    }

    private static byte[] expand(byte[] v, long counter, byte[] dst) {
        try (Transcript t = new Transcript()) {
            t.add(v);
            if (counter > 0) t.add(counter);
            return t.expand(dst, 48);
        }
    }

    private static byte[] octets(List<G1> points, long count, byte[] end) {
        byte[] out = new byte[8 + points.size() * G1.BYTES + end.length];
        for (int i = 0; i < 8; i++) out[7 - i] = (byte) (count >>> 8 * i);
        int at = 8;
        for (G1 p : points) {
            System.arraycopy(p.toBytes(), 0, out, at, G1.BYTES);
            at += G1.BYTES;
        }
        System.arraycopy(end, 0, out, at, end.length);
        return out;
    }

    /** The number of signed scalars. */
    int size() {
        return signed.size();
    }

    /** Points of the blind part: Q_2, J_1.. . */
    List<G1> blinds() {
        return signed.subList(messages, signed.size());
    }

    /** draft-irtf-cfrg-bbs-signatures, section 4.2.3: calculate_domain. */
    Scalar domain(BbsPublicKey key, byte[] header) {
        try (Transcript t = new Transcript()) {
            return api.hash(t.add(key.encoded()).add(domainOctets).addWithLength(header));
        }
    }

    /** What the challenge of a commitment starts with: M, Q_2, J_1.. . */
    byte[] commitmentOctets() {
        return commitmentOctets;
    }

    /** P1 + Q_1 * domain + the points of the known scalars times them. */
    G1 known(Scalar domain, NavigableMap<Integer, Scalar> known) {
        List<Scalar> run = new ArrayList<>(known.size() + 1);
        run.add(domain);
        int from = -1; // Q_1 stands before the first signed point
        G1 sum = P1;
        for (var entry : known.entrySet()) {
            if (entry.getKey() != from + run.size()) {
                sum = sum.plus(table.sum(from + 2, run));
                run.clear();
                from = entry.getKey();
            }
            run.add(entry.getValue());
        }
        return sum.plus(table.sum(from + 2, run));
    }

    /** P1 * p1 + Q_1 * q1 + every signed point times its scalar. */
    G1 all(Scalar p1, Scalar q1, List<Scalar> scalars) {
        List<Scalar> run = new ArrayList<>(scalars.size() + 2);
        run.add(p1);
        run.add(q1);
        run.addAll(scalars);
        return table.sum(0, run);
    }

    /** Q_2, J_1.. times scalars. */
    G1 blind(List<Scalar> scalars) {
        return table.sum(messages + 2, scalars);
    }

    /** The last point (J_M) times a scalar. */
    G1 last(Scalar scalar) {
        return table.sum(signed.size() + 1, List.of(scalar));
    }

    /** The signed points at these places times secrets, constant time. */
    G1 secret(int[] places, List<SecretScalar> secrets) {
        return G1.sum(IntStream.of(places).mapToObj(signed::get).toList(), secrets);
    }
}
