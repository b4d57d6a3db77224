package org.safeconduct.crypto.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.safeconduct.crypto.bbs.BatchVerifier;
import org.safeconduct.crypto.bbs.Bbs;
import org.safeconduct.crypto.bbs.BbsProof;
import org.safeconduct.crypto.bbs.BbsScalar;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.bbs.BbsSignature;
import org.safeconduct.crypto.bbs.BbsVerifierKey;
import org.safeconduct.crypto.bbs.BlindCommitment;
import org.safeconduct.crypto.bbs.Committed;
import org.safeconduct.crypto.bbs.NymBbs;
import org.safeconduct.crypto.bbs.NymProof;
import org.safeconduct.crypto.bbs.NymSecrets;
import org.safeconduct.crypto.bbs.Pseudonym;

/**
 * Measures each operation and its bound in turn, in one run, one thread, medians of processor time.
 *
 * <p>A bound is the least sequence of libblst calls that the draft's algorithm needs when whatever a secret multiplies is
 * multiplied in constant time: points read and written, hashes and randomness that cannot be left out included, copying and
 * objects not. Eight messages, two disclosed; the pseudonym rows with one nym secret.
 */
public final class CryptoBench {
    /** Processor time of this thread: what else the machine does meanwhile does not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int L = 8;
    private static final int BATCH = 64;
    private static final int API = 60; // octets of the interface's name, about
    private static final int DOMAIN = 96 + 8 + 48 * (L + 1) + API + 8 + 32;

    /**
     * One line of the result.
     *
     * @param name  the operation
     * @param value median processor time
     * @param unit  of value and bound: µs
     * @param bound the same of the bound; for a batch, of a single verification
     * @param ratio value / bound
     * @param bar   the ratio must not be above this
     */
    public record Row(String name, double value, String unit, double bound, double ratio, double bar) {}

    record Case(String name, double bar, int share, Operation bound, Operation operation) {}

    @FunctionalInterface
    interface Operation {
        Object run() throws Exception;
    }

    private final Duration warmUp;
    private final SecureRandom random = new SecureRandom();
    private final Raw raw = new Raw();
    private final byte[] header = new byte[32];
    private final byte[] presentationHeader = new byte[64];
    private final byte[] context = new byte[48];
    private final List<byte[]> messages = new ArrayList<>();
    private final int[] disclosedIndexes = {0, 1};
    private final BbsSecretKey key = BbsSecretKey.random(random);
    private final BbsVerifierKey verifier = BbsVerifierKey.of(key.publicKey());
    private Object sink;

    private CryptoBench(Duration warmUp) {
        this.warmUp = warmUp;
        for (int i = 0; i < L; i++) {
            byte[] m = new byte[32];
            random.nextBytes(m);
            messages.add(m);
        }
    }

    /**
     * Runs everything.
     *
     * @param rounds how often each operation is measured; 1000 take about 12 seconds
     * @param warmUp how long each operation and each bound runs before; 700 ms let the JIT compiler finish
     */
    public static List<Row> run(int rounds, Duration warmUp) throws Exception {
        CryptoBench bench = new CryptoBench(warmUp);
        List<Case> cases = new ArrayList<>();
        bench.core(cases);
        bench.pseudonym(cases);
        IbeCases.add(cases, bench.raw, bench.random);
        return bench.measure(cases, rounds);
    }

    private void core(List<Case> cases) throws Exception {
        Bbs bbs = Bbs.of(L);
        BbsSignature signature = bbs.sign(key, header, messages);
        Map<Integer, byte[]> disclosed = Map.of(0, messages.get(0), 1, messages.get(1));
        byte[] proof = bbs.prove(key.publicKey(), signature, header, presentationHeader, messages, disclosedIndexes, random).toBytes();
        cases.add(new Case("sign", 1.15, 1,
                () -> raw.hash(L, 32).hash(1, DOMAIN).fixed(L + 1).hash(1, 32 * (L + 2)).inverse().mult(1).encode(1),
                () -> bbs.sign(key, header, messages).toBytes()));
        cases.add(new Case("prove", 1.15, 1,
                () -> raw.hash(L, 32).hash(1, DOMAIN).fixed(3).mult(6 + 6 + 7).inverse().encode(5).hash(1, 500),
                () -> bbs.prove(key.publicKey(), signature, header, presentationHeader, messages, disclosedIndexes, random).toBytes()));
        Operation single = () -> {
            bbs.verify(verifier, BbsProof.parse(proof), header, presentationHeader, disclosed);
            return null;
        };
        cases.add(new Case("verify", 1.15, 1,
                () -> raw.decode(3).hash(2, 32).hash(1, DOMAIN).sum(3).fixed(L + 2).mult(1).encode(5).hash(1, 500).pairings(), single));
        cases.add(new Case("verify in a batch of " + BATCH + ", each", 0.55, BATCH, single, () -> {
            BatchVerifier batch = new BatchVerifier();
            for (int i = 0; i < BATCH; i++) {
                bbs.verifyLater(batch, verifier, BbsProof.parse(proof), header, presentationHeader, disclosed);
            }
            if (!batch.verify(random).isEmpty()) throw new IllegalStateException("the batch failed");
            return batch;
        }));
    }

    private void pseudonym(List<Case> cases) throws Exception {
        NymBbs nym = NymBbs.of(L, 0, 1);
        NymSecrets own = NymSecrets.random(1, random);
        BbsScalar entropy = BbsScalar.random(random);
        Committed committed = nym.commit(own, List.of(), random);
        byte[] commitment = committed.commitment().toBytes();
        BbsSignature signature = nym.blindSign(key, committed.commitment(), header, messages, entropy);
        NymSecrets secrets = nym.finalise(verifier, signature, header, messages, List.of(), own, entropy, committed.blind());
        Map<Integer, byte[]> disclosed = Map.of(0, messages.get(0), 1, messages.get(1));
        Operation prove = () -> nym.prove(key.publicKey(), signature, header, presentationHeader, context, messages, List.of(),
                disclosedIndexes, new int[0], secrets, committed.blind(), random);
        NymProof shown = (NymProof) prove.run();
        byte[] proof = shown.proof().toBytes();
        byte[] pseudonym = shown.pseudonym().orElseThrow().toBytes();
        int domain = DOMAIN + 2 * 48 + 8;

        cases.add(new Case("commit, one nym secret", 1.15, 1,
                () -> raw.mult(4).encode(2).hash(1, 8 + 4 * 48),
                () -> nym.commit(own, List.of(), random).commitment().toBytes()));
        cases.add(new Case("commitment verify, one nym secret", 1.15, 1,
                () -> raw.decode(1).fixed(2).mult(1).encode(2).hash(1, 8 + 4 * 48),
                () -> {
                    nym.verify(BlindCommitment.parse(commitment));
                    return null;
                }));
        cases.add(new Case("blind sign, one nym secret", 1.15, 1,
                () -> raw.decode(1).fixed(2).mult(1).encode(2).hash(1, 8 + 4 * 48)
                        .hash(L, 32).hash(1, domain).fixed(L + 2).encode(1).hash(1, 80).inverse().mult(1).encode(1),
                () -> nym.blindSign(key, BlindCommitment.parse(commitment), header, messages, entropy).toBytes()));
        cases.add(new Case("prove with pseudonym", 1.15, 1,
                () -> raw.hash(L, 32).hash(1, domain).fixed(3).mult(8 + 8 + 7).hashToCurve().hash(1, 48).mult(2).inverse()
                        .encode(7).hash(1, 700),
                () -> ((NymProof) prove.run()).proof().toBytes()));
        Operation single = () -> {
            nym.verify(verifier, BbsProof.parse(proof), header, presentationHeader, context, Pseudonym.parse(pseudonym), disclosed,
                    Map.of());
            return null;
        };
        cases.add(new Case("verify with pseudonym", 1.15, 1,
                () -> raw.decode(4).hash(2, 32).hash(1, domain).sum(3).fixed(L + 4).mult(1).hashToCurve().hash(1, 48).sum(2)
                        .encode(7).hash(1, 700).pairings(), single));
        cases.add(new Case("verify with pseudonym in a batch of " + BATCH + ", each", 0.55, BATCH, single, () -> {
            BatchVerifier batch = new BatchVerifier();
            for (int i = 0; i < BATCH; i++) {
                nym.verifyLater(batch, verifier, BbsProof.parse(proof), header, presentationHeader, context,
                        Pseudonym.parse(pseudonym), disclosed, Map.of());
            }
            if (!batch.verify(random).isEmpty()) throw new IllegalStateException("the batch failed");
            return batch;
        }));
    }

    /** Operation and bound take turns, case by case, so that both find their tables in the cache. */
    private List<Row> measure(List<Case> cases, int rounds) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Case c : cases) {
            warm(c.operation);
            warm(c.bound);
        }
        for (Case c : cases) {
            int count = Math.max(5, rounds / c.share);
            double[] bounds = new double[count];
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                // the bound of a batch is as many single verifications, so that both are disturbed alike
                for (int k = 0; k < c.share; k++) bounds[i] += time(c.bound) / c.share;
                values[i] = time(c.operation) / c.share;
            }
            double bound = median(bounds);
            double value = median(values);
            rows.add(new Row(c.name, value, "µs", bound, value / bound, c.bar));
        }
        return rows;
    }

    private void warm(Operation operation) throws Exception {
        long end = CLOCK.getCurrentThreadCpuTime() + warmUp.toNanos();
        while (CLOCK.getCurrentThreadCpuTime() < end) sink = operation.run();
    }

    private double time(Operation operation) throws Exception {
        long start = CLOCK.getCurrentThreadCpuTime();
        sink = operation.run();
        return (CLOCK.getCurrentThreadCpuTime() - start) / 1000.0;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Keeps the last result alive, so that nothing measured can be left out. */
    @Override
    public String toString() {
        return "CryptoBench[" + sink + "]";
    }
}
