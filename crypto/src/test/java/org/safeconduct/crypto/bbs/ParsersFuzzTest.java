package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * One fuzz target per parser: bytes are refused, or parsed and printed as the very same bytes. In a normal test run each target
 * sees the empty input and its seeds; {@code JAZZER_FUZZ=1 mvn -pl crypto surefire:test@fuzz-seeds -Dtest=ParsersFuzzTest#proof} goes on searching.
 */
class ParsersFuzzTest {
    private interface Parser {
        byte[] again(byte[] bytes) throws MalformedException;
    }

    /** One valid value of every kind; a target takes those of the others as inputs to refuse. */
    static Stream<byte[]> seeds() throws VerificationException {
        SecureRandom random = new SecureRandom();
        NymBbs nym = NymBbs.of(1, 0, 1);
        BbsSecretKey key = BbsSecretKey.random(random);
        NymSecrets secrets = NymSecrets.random(1, random);
        Committed committed = nym.commit(secrets, List.of(), random);
        BbsSignature signature = nym.blindSign(key, committed.commitment(), new byte[0], List.of(new byte[0]), BbsScalar.random(random));
        NymProof shown = nym.prove(key.publicKey(), signature, new byte[0], new byte[0], new byte[0], List.of(new byte[0]), List.of(),
                new int[0], new int[0], secrets, committed.blind(), random);
        return Stream.of(key.toBytes(), key.publicKey().toBytes(), signature.toBytes(), shown.proof().toBytes(),
                committed.commitment().toBytes(), shown.pseudonym().orElseThrow().toBytes());
    }

    private static void check(byte[] bytes, Parser parser) {
        try {
            assertArrayEquals(bytes, parser.again(bytes));
        } catch (MalformedException refused) {
            // the other allowed answer
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void secretKey(byte[] bytes) {
        check(bytes, b -> BbsSecretKey.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void publicKey(byte[] bytes) {
        check(bytes, b -> BbsPublicKey.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void signature(byte[] bytes) {
        check(bytes, b -> BbsSignature.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void proof(byte[] bytes) {
        check(bytes, b -> BbsProof.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void commitment(byte[] bytes) {
        check(bytes, b -> BlindCommitment.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void pseudonym(byte[] bytes) {
        check(bytes, b -> Pseudonym.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void nymSecrets(byte[] bytes) {
        check(bytes, b -> NymSecrets.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void proverBlind(byte[] bytes) {
        check(bytes, b -> ProverBlind.parse(b).toBytes());
    }

    @MethodSource("seeds")
    @FuzzTest
    void scalar(byte[] bytes) {
        check(bytes, b -> BbsScalar.parse(b).toBytes());
    }
}
