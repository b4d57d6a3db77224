package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.safeconduct.crypto.VerificationException;

/** Issuing and showing with pseudonyms, as a pass does it. */
class NymBbsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final NymBbs NYM = NymBbs.of(4, 0, 2);
    private static final byte[] HEADER = {1, 2, 3};
    private static final byte[] PH = {4, 5};
    private static final byte[] CONTEXT = {6};
    private static final List<byte[]> MESSAGES = List.of(new byte[] {1}, new byte[0], new byte[] {3}, new byte[] {4});
    private static final Map<Integer, byte[]> DISCLOSED = Map.of(0, MESSAGES.get(0), 2, MESSAGES.get(2));
    private static final BbsSecretKey KEY = BbsSecretKey.random(RANDOM);
    private static final BbsVerifierKey VERIFIER = BbsVerifierKey.of(KEY.publicKey());

    private BbsSignature signature;
    private NymSecrets secrets;
    private ProverBlind blind;

    @BeforeEach
    void issue() throws Exception {
        NymSecrets own = NymSecrets.random(2, RANDOM);
        Committed committed = NYM.commit(own, List.of(), RANDOM);
        BbsScalar entropy = BbsScalar.hash(new byte[] {9}, new byte[] {1});
        signature = NYM.blindSign(KEY, BlindCommitment.parse(committed.commitment().toBytes()), HEADER, MESSAGES, entropy);
        blind = committed.blind();
        secrets = NYM.finalise(VERIFIER, signature, HEADER, MESSAGES, List.of(), own, entropy, blind);
        assertNotEquals(own, secrets);
    }

    private NymProof show(byte[] context, NymSecrets with) {
        return NYM.prove(KEY.publicKey(), signature, HEADER, PH, context, MESSAGES, List.of(), new int[] {0, 2}, new int[0],
                with, blind, RANDOM);
    }

    private void verify(NymProof shown, byte[] context, Pseudonym pseudonym) throws Exception {
        BbsProof proof = BbsProof.parse(shown.proof().toBytes());
        NYM.verify(VERIFIER, proof, HEADER, PH, context, pseudonym, DISCLOSED, Map.of());
    }

    @Test
    void showingWithPseudonymVerifies() throws Exception {
        NymProof shown = show(CONTEXT, secrets);
        assertEquals(BbsProof.length(1 + 2 + 2), shown.proof().toBytes().length);
        verify(shown, CONTEXT, Pseudonym.parse(shown.pseudonym().orElseThrow().toBytes()));
    }

    @Test
    void pseudonymIsTheSameInOneContextAndAnotherInAnother() {
        Pseudonym first = show(CONTEXT, secrets).pseudonym().orElseThrow();
        assertEquals(first, show(CONTEXT, secrets).pseudonym().orElseThrow());
        assertEquals(first, secrets.pseudonym(CONTEXT));
        assertNotEquals(first, show(new byte[] {7}, secrets).pseudonym().orElseThrow());
    }

    @Test
    void showingWithoutPseudonymVerifies() throws Exception {
        NymProof shown = show(null, secrets);
        assertEquals(true, shown.pseudonym().isEmpty());
        verify(shown, null, null);
    }

    @Test
    void eachFormIsRefusedAsTheOther() {
        NymProof with = show(CONTEXT, secrets);
        assertThrows(VerificationException.class, () -> verify(with, null, null));
        NymProof without = show(null, secrets);
        assertThrows(VerificationException.class, () -> verify(without, CONTEXT, secrets.pseudonym(CONTEXT)));
    }

    @Test
    void pseudonymOfSomebodyElseIsRefused() {
        NymProof shown = show(CONTEXT, secrets);
        Pseudonym other = NymSecrets.random(2, RANDOM).pseudonym(CONTEXT);
        assertThrows(VerificationException.class, () -> verify(shown, CONTEXT, other));
        assertThrows(VerificationException.class, () -> verify(shown, new byte[] {7}, shown.pseudonym().orElseThrow()));
    }

    @Test
    void secretsThatWereNotSignedGiveNoShowing() {
        NymProof shown = show(CONTEXT, NymSecrets.random(2, RANDOM));
        assertThrows(VerificationException.class, () -> verify(shown, CONTEXT, shown.pseudonym().orElseThrow()));
    }

    @Test
    void anotherNumberOfNymSecretsIsRefused() throws Exception {
        NymBbs other = NymBbs.of(4, 1, 1); // as many points, another N
        NymProof shown = show(CONTEXT, secrets);
        assertThrows(VerificationException.class, () -> other.verify(VERIFIER, shown.proof(), HEADER, PH, CONTEXT,
                shown.pseudonym().orElseThrow(), DISCLOSED, Map.of()));
        NymProof plain = show(null, secrets);
        assertThrows(VerificationException.class, () -> other.verify(VERIFIER, plain.proof(), HEADER, PH, null, null, DISCLOSED,
                Map.of()));
    }

    @Test
    void batchNamesTheProofsThatFail() throws Exception {
        BbsSecretKey second = BbsSecretKey.random(RANDOM);
        BatchVerifier batch = new BatchVerifier();
        TreeSet<Integer> wrong = new TreeSet<>();
        for (int i = 0; i < 12; i++) {
            NymProof shown = show(i % 2 == 0 ? CONTEXT : null, secrets);
            BbsVerifierKey key = i == 5 ? BbsVerifierKey.of(second.publicKey()) : VERIFIER;
            byte[] ph = i == 8 ? new byte[] {1} : PH;
            if (i == 5 || i == 8) wrong.add(i);
            assertEquals(i, NYM.verifyLater(batch, key, shown.proof(), HEADER, ph, i % 2 == 0 ? CONTEXT : null,
                    shown.pseudonym().orElse(null), DISCLOSED, Map.of()));
        }
        assertEquals(wrong, batch.verify(RANDOM));
    }
}
