package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.VerificationException;

/** What holds for all messages, headers and choices; seeded, so that a failure comes back. */
class PropertiesTest {
    private static final SecureRandom SECURE = new SecureRandom();
    private static final BbsSecretKey KEY = BbsSecretKey.random(SECURE);
    private static final BbsVerifierKey VERIFIER = BbsVerifierKey.of(KEY.publicKey());

    private final Random random = new Random(20261122);

    private byte[] bytes(int most) {
        byte[] b = new byte[random.nextInt(most + 1)];
        random.nextBytes(b);
        return b;
    }

    private List<byte[]> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> bytes(80)).toList();
    }

    private int[] some(int count) {
        return IntStream.range(0, count).filter(i -> random.nextBoolean()).toArray();
    }

    private static Map<Integer, byte[]> pick(List<byte[]> messages, int[] indexes) {
        Map<Integer, byte[]> map = new TreeMap<>();
        for (int i : indexes) map.put(i, messages.get(i));
        return map;
    }

    private static byte[] changed(byte[] bytes) {
        return Api.concat(bytes, new byte[] {0});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 40})
    void whatIsSignedIsVerifiedAndProved(int count) throws Exception {
        Bbs bbs = Bbs.of(count);
        for (int round = 0; round < 4; round++) {
            List<byte[]> messages = messages(count);
            byte[] header = bytes(40);
            byte[] ph = bytes(40);
            BbsSignature signature = bbs.sign(KEY, header, messages);
            assertEquals(signature, bbs.sign(KEY, header, messages));
            bbs.verify(VERIFIER, signature, header, messages);
            assertThrows(VerificationException.class, () -> bbs.verify(VERIFIER, signature, changed(header), messages));
            int[] indexes = some(count);
            BbsProof proof = bbs.prove(KEY.publicKey(), signature, header, ph, messages, indexes, SECURE);
            assertEquals(BbsProof.length(count - indexes.length), proof.toBytes().length);
            assertNotEquals(proof, bbs.prove(KEY.publicKey(), signature, header, ph, messages, indexes, SECURE));
            Map<Integer, byte[]> disclosed = pick(messages, indexes);
            bbs.verify(VERIFIER, BbsProof.parse(proof.toBytes()), header, ph, disclosed);
            assertThrows(VerificationException.class, () -> bbs.verify(VERIFIER, proof, changed(header), ph, disclosed));
            assertThrows(VerificationException.class, () -> bbs.verify(VERIFIER, proof, header, changed(ph), disclosed));
            if (indexes.length > 0) {
                Map<Integer, byte[]> other = new TreeMap<>(disclosed);
                other.put(indexes[0], changed(messages.get(indexes[0])));
                assertThrows(VerificationException.class, () -> bbs.verify(VERIFIER, proof, header, ph, other));
                other.remove(indexes[0]);
                assertThrows(VerificationException.class, () -> bbs.verify(VERIFIER, proof, header, ph, other));
            }
        }
    }

    @Test
    void blindSignatureIsVerifiedAndProvedByWhoCommitted() throws Exception {
        for (int[] counts : new int[][] {{0, 0}, {3, 0}, {0, 2}, {4, 3}}) {
            BlindBbs blind = BlindBbs.of(counts[0], counts[1]);
            List<byte[]> messages = messages(counts[0]);
            List<byte[]> secret = messages(counts[1]);
            byte[] header = bytes(40);
            byte[] ph = bytes(40);
            Committed committed = blind.commit(secret, SECURE);
            assertEquals(BlindCommitment.length(counts[1]), committed.commitment().toBytes().length);
            BbsSignature signature = blind.blindSign(KEY, BlindCommitment.parse(committed.commitment().toBytes()), header, messages);
            ProverBlind kept = ProverBlind.parse(committed.blind().toBytes());
            blind.verify(VERIFIER, signature, header, messages, secret, kept);
            ProverBlind other = blind.commit(secret, SECURE).blind();
            assertThrows(VerificationException.class, () -> blind.verify(VERIFIER, signature, header, messages, secret, other));
            int[] disclosed = some(counts[0]);
            int[] disclosedSecret = some(counts[1]);
            BbsProof proof = blind.prove(KEY.publicKey(), signature, header, ph, messages, secret, disclosed, disclosedSecret, kept, SECURE);
            blind.verify(VERIFIER, proof, header, ph, pick(messages, disclosed), pick(secret, disclosedSecret));
            assertThrows(VerificationException.class, () -> blind.verify(VERIFIER, proof, header, changed(ph), pick(messages, disclosed),
                    pick(secret, disclosedSecret)));
        }
    }

    @Test
    void commitmentWithoutItsSecretsIsNotSigned() throws Exception {
        BlindBbs blind = BlindBbs.of(1, 1);
        byte[] first = blind.commit(messages(1), SECURE).commitment().toBytes();
        byte[] second = blind.commit(messages(1), SECURE).commitment().toBytes();
        System.arraycopy(second, 0, first, 0, 48);
        BlindCommitment stolen = BlindCommitment.parse(first);
        assertThrows(VerificationException.class, () -> blind.blindSign(KEY, stolen, new byte[0], messages(1)));
        BlindCommitment longer = BlindBbs.of(1, 2).commit(messages(2), SECURE).commitment();
        assertThrows(VerificationException.class, () -> blind.verify(longer));
    }

    @Test
    void interfacesDoNotTakeEachOthersSignatures() throws Exception {
        List<byte[]> messages = messages(3);
        BbsSignature core = Bbs.of(3).sign(KEY, new byte[0], messages);
        BlindBbs blind = BlindBbs.of(3, 0);
        Committed committed = blind.commit(List.of(), SECURE);
        assertThrows(VerificationException.class,
                () -> blind.verify(VERIFIER, core, new byte[0], messages, List.of(), committed.blind()));
        BlindCommitment forNyms = NymBbs.of(3, 0, 1).commit(NymSecrets.random(1, SECURE), List.of(), SECURE).commitment();
        assertThrows(VerificationException.class, () -> BlindBbs.of(3, 1).verify(forNyms));
    }

    @Test
    void nymSignatureCoversCommittedMessagesAndEntropy() throws Exception {
        NymBbs nym = NymBbs.of(2, 2, 3);
        List<byte[]> messages = messages(2);
        List<byte[]> secret = messages(2);
        NymSecrets own = NymSecrets.random(3, SECURE);
        Committed committed = nym.commit(own, secret, SECURE);
        BbsScalar entropy = BbsScalar.random(SECURE);
        BbsSignature signature = nym.blindSign(KEY, committed.commitment(), new byte[0], messages, entropy);
        NymSecrets signed = nym.finalise(VERIFIER, signature, new byte[0], messages, secret, own, entropy, committed.blind());
        byte[] before = own.toBytes();
        byte[] after = NymSecrets.parse(signed.toBytes()).toBytes();
        for (int i = 0; i < 64; i++) assertEquals(before[i], after[i]); // only the last one changes
        assertThrows(VerificationException.class, () -> nym.finalise(VERIFIER, signature, new byte[0], messages, secret, own,
                BbsScalar.random(SECURE), committed.blind()));
        NymProof shown = nym.prove(KEY.publicKey(), signature, new byte[0], new byte[0], new byte[] {1}, messages, secret,
                new int[] {1}, new int[] {0}, signed, committed.blind(), SECURE);
        nym.verify(VERIFIER, shown.proof(), new byte[0], new byte[0], new byte[] {1}, shown.pseudonym().orElseThrow(),
                Map.of(1, messages.get(1)), Map.of(0, secret.get(0)));
    }

    /** A proof made from a signature that is none: its challenge holds, only the pairings tell. */
    @Test
    void batchFindsProofsThatOnlyThePairingsRefuse() throws Exception {
        Bbs bbs = Bbs.of(2);
        BbsSecretKey second = BbsSecretKey.random(SECURE);
        List<BbsVerifierKey> keys = List.of(VERIFIER, BbsVerifierKey.of(second.publicKey()));
        BatchVerifier batch = new BatchVerifier();
        TreeSet<Integer> wrong = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            BbsSecretKey key = i % 2 == 0 ? KEY : second;
            List<byte[]> messages = messages(2);
            BbsSignature good = bbs.sign(key, new byte[0], messages);
            boolean forged = i == 3 || i == 14;
            BbsSignature signature = forged ? new BbsSignature(bbs.sign(key, new byte[1], messages).a, good.e) : good;
            BbsProof proof = bbs.prove(key.publicKey(), signature, new byte[0], new byte[0], messages, new int[] {0}, SECURE);
            if (forged) {
                wrong.add(i);
                bbs.open(keys.get(i % 2), proof, new byte[0], new byte[0], Map.of(0, messages.get(0))).check(proof);
            }
            bbs.verifyLater(batch, keys.get(i % 2), proof, new byte[0], new byte[0], Map.of(0, messages.get(0)));
        }
        assertEquals(20, batch.size());
        assertEquals(wrong, batch.verify(SECURE));
        assertEquals(new TreeSet<>(), new BatchVerifier().verify(SECURE));
    }

    @Test
    void valuesAreSharedBetweenThreads() throws Exception {
        NymBbs nym = NymBbs.of(2, 0, 1);
        NymSecrets own = NymSecrets.random(1, SECURE);
        Committed committed = nym.commit(own, List.of(), SECURE);
        BbsScalar entropy = BbsScalar.random(SECURE);
        List<byte[]> messages = messages(2);
        byte[] expected = nym.blindSign(KEY, committed.commitment(), new byte[0], messages, entropy).toBytes();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> {
                    BbsSignature s = nym.blindSign(KEY, committed.commitment(), new byte[0], messages, entropy);
                    nym.finalise(VERIFIER, s, new byte[0], messages, List.of(), own, entropy, committed.blind());
                    return s.toBytes();
                });
            }
            for (var task : threads.invokeAll(tasks)) assertArrayEquals(expected, task.get());
        }
    }
}
