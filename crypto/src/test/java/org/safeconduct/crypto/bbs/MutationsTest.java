package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * 100,000 changed inputs: each is refused, or parsed and printed as the very same bytes; what was parsed from a changed
 * signature, proof, commitment or pseudonym never verifies.
 */
class MutationsTest {
    private static final int MUTATIONS = 100_000;
    private static final int VERIFIED = 8; // every so many parsed ones are verified too
    private static final SecureRandom SECURE = new SecureRandom();
    private static final byte[] CONTEXT = {1};
    private static final byte[] NONE = {};

    private interface Check {
        void verify(byte[] changed) throws MalformedException, VerificationException;
    }

    private interface Parser {
        byte[] again(byte[] bytes) throws MalformedException;
    }

    private record Target(byte[] valid, Parser parser, Check check) {}

    private final Random random = new Random(424242);

    private static Map<String, Target> targets() throws Exception {
        NymBbs nym = NymBbs.of(2, 0, 1);
        BbsSecretKey key = BbsSecretKey.random(SECURE);
        BbsVerifierKey verifier = BbsVerifierKey.of(key.publicKey());
        NymSecrets own = NymSecrets.random(1, SECURE);
        Committed committed = nym.commit(own, List.of(), SECURE);
        BbsScalar entropy = BbsScalar.random(SECURE);
        List<byte[]> messages = List.of(new byte[1], new byte[2]);
        BbsSignature signature = nym.blindSign(key, committed.commitment(), NONE, messages, entropy);
        NymSecrets secrets = nym.finalise(verifier, signature, NONE, messages, List.of(), own, entropy, committed.blind());
        NymProof shown = nym.prove(key.publicKey(), signature, NONE, NONE, CONTEXT, messages, List.of(), new int[] {1}, new int[0],
                secrets, committed.blind(), SECURE);
        Map<Integer, byte[]> disclosed = Map.of(1, messages.get(1));
        Pseudonym pseudonym = shown.pseudonym().orElseThrow();

        Map<String, Target> all = new LinkedHashMap<>();
        all.put("secret key", new Target(key.toBytes(), b -> BbsSecretKey.parse(b).toBytes(), null));
        all.put("public key", new Target(key.publicKey().toBytes(), b -> BbsPublicKey.parse(b).toBytes(),
                b -> nym.verify(BbsVerifierKey.of(BbsPublicKey.parse(b)), shown.proof(), NONE, NONE, CONTEXT, pseudonym, disclosed, Map.of())));
        all.put("signature", new Target(signature.toBytes(), b -> BbsSignature.parse(b).toBytes(),
                b -> nym.finalise(verifier, BbsSignature.parse(b), NONE, messages, List.of(), own, entropy, committed.blind())));
        all.put("proof", new Target(shown.proof().toBytes(), b -> BbsProof.parse(b).toBytes(),
                b -> nym.verify(verifier, BbsProof.parse(b), NONE, NONE, CONTEXT, pseudonym, disclosed, Map.of())));
        all.put("commitment", new Target(committed.commitment().toBytes(), b -> BlindCommitment.parse(b).toBytes(),
                b -> nym.verify(BlindCommitment.parse(b))));
        all.put("pseudonym", new Target(pseudonym.toBytes(), b -> Pseudonym.parse(b).toBytes(),
                b -> nym.verify(verifier, shown.proof(), NONE, NONE, CONTEXT, Pseudonym.parse(b), disclosed, Map.of())));
        all.put("nym secrets", new Target(secrets.toBytes(), b -> NymSecrets.parse(b).toBytes(), null));
        all.put("prover blind", new Target(committed.blind().toBytes(), b -> ProverBlind.parse(b).toBytes(), null));
        all.put("scalar", new Target(entropy.toBytes(), b -> BbsScalar.parse(b).toBytes(), null));
        return all;
    }

    @Test
    void changedInputIsRefusedOrIsItself() throws Exception {
        Map<String, Target> targets = targets();
        for (Target target : targets.values()) assertArrayEquals(target.valid, target.parser.again(target.valid));
        int[] parsed = {0};
        assertTimeout(Duration.ofSeconds(45), () -> {
            for (int i = 0; i < MUTATIONS / targets.size() + 1; i++) {
                for (Target target : targets.values()) mutate(target, parsed);
            }
        });
        assertTrue(parsed[0] > 1000, "some mutations must get past the parsers");
    }

    private void mutate(Target target, int[] parsed) {
        byte[] changed = mutated(target.valid);
        if (Arrays.equals(changed, target.valid)) return;
        try {
            assertArrayEquals(changed, target.parser.again(changed));
        } catch (MalformedException e) {
            return;
        }
        if (parsed[0]++ % VERIFIED == 0 && target.check != null) {
            assertThrows(VerificationException.class, () -> target.check.verify(changed));
        }
    }

    /** One to three changes: a bit, a byte, a stretch, a length, a scalar's worth from elsewhere. */
    private byte[] mutated(byte[] valid) {
        byte[] out = valid.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && out.length > 0; changes--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(7)) {
                case 0, 1, 2 -> out[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> out[at] = (byte) random.nextInt(256);
                case 4 -> Arrays.fill(out, at, Math.min(out.length, at + random.nextInt(48)), (byte) (random.nextBoolean() ? 0 : 0xff));
                case 5 -> out = Arrays.copyOf(out, Math.max(0, out.length + (random.nextBoolean() ? 32 : random.nextInt(65) - 32)));
                default -> System.arraycopy(valid, 0, out, at, Math.min(valid.length, Math.min(32, out.length - at)));
            }
        }
        return out;
    }
}
