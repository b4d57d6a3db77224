package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.crypto.bbs.FixtureCheck.Outcome;
import org.safeconduct.crypto.bbs.FixtureCheck.Result;
import org.safeconduct.crypto.bls.G1;

/** How files are judged that no published set contains. */
class FixtureCheckTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final FixtureCheck CHECK = new FixtureCheck();
    private static final BbsSecretKey KEY = BbsSecretKey.generate(new byte[32], new byte[0]);
    private static final List<String> MESSAGES = List.of("aa", "", "bbcc");

    private static void expect(Result result, Object json) {
        Outcome outcome = CHECK.check(json);
        assertEquals(result, outcome.result(), outcome.reason());
    }

    private static List<byte[]> octets(List<String> hex) {
        return hex.stream().map(HEX::parseHex).toList();
    }

    private static Map<String, Object> pair() {
        return Map.of("secretKey", HEX.formatHex(KEY.toBytes()), "publicKey", HEX.formatHex(KEY.publicKey().toBytes()));
    }

    @Test
    void whatIsNoFixtureFails() {
        Map<String, Object> self = new HashMap<>(Map.of("proof", "", "result", List.of()));
        for (Object junk : Arrays.asList(null, 1, "text", true, Map.of(), Map.of("x", 1), List.of(), List.of(1), List.of("xyz"),
                Map.of("signature", 1), Map.of("proof", "00"), Map.of("cases", List.of()), Map.of("generators", Map.of()),
                Map.of("mockedScalars", "no"), Map.of("messages", List.of(), "committedMessages", List.of()), self)) {
            expect(Result.FAILED, junk);
        }
    }

    @Test
    void messagesAreDataOnly() {
        expect(Result.DATA_ONLY, MESSAGES);
        expect(Result.DATA_ONLY, Map.of("messages", MESSAGES, "committedMessages", List.of("00")));
    }

    /** As a file has it that leaves header and presentation header out, or empty. */
    @Test
    void absentHeadersAreEmptyHeaders() {
        Bbs bbs = Bbs.of(3);
        BbsSignature signature = bbs.sign(KEY, new byte[0], octets(MESSAGES));
        Map<String, Object> fixture = new HashMap<>(Map.of("signerKeyPair", pair(), "messages", MESSAGES,
                "signature", HEX.formatHex(signature.toBytes()), "result", Map.of("valid", true)));
        expect(Result.PASSED, fixture);
        fixture.put("header", "");
        expect(Result.PASSED, fixture);
        fixture.put("header", "00");
        expect(Result.FAILED, fixture);
        fixture.put("result", Map.of("valid", false, "reason", "different header"));
        expect(Result.PASSED, fixture);

        BbsProof proof = bbs.prove(KEY.publicKey(), signature, new byte[0], new byte[0], octets(MESSAGES), new int[] {1},
                new Fixture(Map.of()).mocked("proof"));
        Map<String, Object> shown = new HashMap<>(Map.of("signerPublicKey", pair().get("publicKey"), "messages", MESSAGES,
                "signature", HEX.formatHex(signature.toBytes()), "disclosedIndexes", List.of(1),
                "proof", HEX.formatHex(proof.toBytes()), "result", Map.of("valid", true)));
        expect(Result.PASSED, shown);
        shown.put("presentationHeader", "");
        expect(Result.PASSED, shown);
        for (List<Integer> indexes : List.of(List.of(0), List.of(1, 1), List.of(1, 2), List.<Integer>of(), List.of(9))) {
            Map<String, Object> other = new HashMap<>(shown);
            other.put("disclosedIndexes", indexes);
            expect(Result.FAILED, other);
        }
        for (int length : new int[] {0, 1, 48, 144, 239, 271, 272, 335}) {
            Map<String, Object> cut = new HashMap<>(shown);
            cut.put("proof", HEX.formatHex(Arrays.copyOf(proof.toBytes(), length)));
            expect(Result.FAILED, cut);
        }
    }

    /** A blind signature may be asked for without a commitment; then the blind is zero. */
    @Test
    void blindSignatureWithoutCommitmentIsJudged() {
        Generators g = Generators.of(Api.BLIND, 3, 1);
        G1 b = Signing.blindB(g, KEY.publicKey(), new byte[0], Messages.known(Api.BLIND, octets(MESSAGES), 3), G1.IDENTITY);
        Map<String, Object> fixture = new HashMap<>(Map.of("signerKeyPair", pair(), "header", "", "messages", MESSAGES,
                "committedMessages", new ArrayList<>(), "signature", HEX.formatHex(Signing.signBlind(g, KEY, b).toBytes()),
                "result", Map.of("valid", true)));
        fixture.put("commitmentWithProof", null);
        fixture.put("proverBlind", null);
        expect(Result.PASSED, fixture);
        fixture.put("messages", List.of("aa", "", "bbcd"));
        expect(Result.FAILED, fixture);
    }
}
