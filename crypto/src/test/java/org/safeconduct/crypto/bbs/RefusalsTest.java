package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G2;

/** What no parser takes. */
class RefusalsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BigInteger P = new BigInteger("1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624"
            + "1eabfffeb153ffffb9feffffffffaaab", 16);
    private static final byte[] R = HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
    private static final Map<String, byte[]> BAD_POINTS = new LinkedHashMap<>();
    private static final Map<String, byte[]> BAD_KEYS = new LinkedHashMap<>();
    private static final Map<String, byte[]> BAD_SCALARS = new LinkedHashMap<>();
    private static final Map<String, byte[]> VALID = new LinkedHashMap<>();

    interface Parser {
        Object parse(byte[] bytes) throws MalformedException;
    }

    private static final Map<String, Parser> PARSERS = Map.of(
            "secret key", BbsSecretKey::parse, "public key", BbsPublicKey::parse, "signature", BbsSignature::parse,
            "proof", BbsProof::parse, "commitment", BlindCommitment::parse, "pseudonym", Pseudonym::parse,
            "nym secrets", NymSecrets::parse, "prover blind", ProverBlind::parse, "scalar", BbsScalar::parse);

    @BeforeAll
    static void collect() throws Exception {
        NymBbs nym = NymBbs.of(2, 0, 1);
        BbsSecretKey key = BbsSecretKey.random(RANDOM);
        NymSecrets secrets = NymSecrets.random(1, RANDOM);
        Committed committed = nym.commit(secrets, List.of(), RANDOM);
        BbsScalar entropy = BbsScalar.random(RANDOM);
        List<byte[]> messages = List.of(new byte[1], new byte[2]);
        BbsSignature signature = nym.blindSign(key, committed.commitment(), new byte[0], messages, entropy);
        NymProof shown = nym.prove(key.publicKey(), signature, new byte[0], new byte[0], new byte[0], messages, List.of(),
                new int[] {1}, new int[0], secrets, committed.blind(), RANDOM);
        VALID.put("secret key", key.toBytes());
        VALID.put("public key", key.publicKey().toBytes());
        VALID.put("signature", signature.toBytes());
        VALID.put("proof", shown.proof().toBytes());
        VALID.put("commitment", committed.commitment().toBytes());
        VALID.put("pseudonym", shown.pseudonym().orElseThrow().toBytes());
        VALID.put("nym secrets", NymSecrets.random(3, RANDOM).toBytes());
        VALID.put("prover blind", committed.blind().toBytes());
        VALID.put("scalar", entropy.toBytes());

        badPoints(BAD_POINTS, 48, b -> G1.parse(b, 0), G1.generator().toBytes());
        badPoints(BAD_KEYS, 96, b -> G2.parse(b, 0), G2.generator().toBytes());
        byte[] above = R.clone();
        above[31]++;
        byte[] most = new byte[32];
        Arrays.fill(most, (byte) 0xff);
        BAD_SCALARS.put("zero", new byte[32]);
        BAD_SCALARS.put("r", R);
        BAD_SCALARS.put("r + 1", above);
        BAD_SCALARS.put("2^256 - 1", most);
    }

    private static void badPoints(Map<String, byte[]> all, int length, Parser parser, byte[] good) {
        byte[] identity = new byte[length];
        identity[0] = (byte) 0xc0;
        all.put("identity", identity);
        byte[] dirty = identity.clone();
        dirty[length - 1] = 1;
        all.put("identity with something in it", dirty);
        byte[] signed = identity.clone();
        signed[0] = (byte) 0xe0;
        all.put("identity with a sign", signed);
        byte[] plain = good.clone();
        plain[0] &= 0x7f;
        all.put("without the flag of compression", plain);
        all.put("zeros", new byte[length]);
        byte[] most = new byte[length];
        Arrays.fill(most, (byte) 0xff);
        all.put("ones", most);
        byte[] modulus = new byte[length];
        System.arraycopy(P.toByteArray(), 0, modulus, length - 48, 48);
        modulus[0] |= (byte) 0x80;
        all.put("x = p", modulus);
        for (int x = 0; !all.containsKey("not on the curve") || !all.containsKey("outside the subgroup"); x++) {
            byte[] tried = new byte[length];
            tried[0] = (byte) 0x80;
            tried[length - 1] = (byte) x;
            String said = assertThrows(MalformedException.class, () -> parser.parse(tried)).getMessage();
            if (said.contains("subgroup")) {
                all.put("outside the subgroup", tried);
                byte[] shifted = new byte[length];
                System.arraycopy(P.add(BigInteger.valueOf(x)).toByteArray(), 0, shifted, length - 48, 48);
                shifted[0] |= (byte) 0x80;
                all.put("x + p", shifted);
            } else {
                all.put("not on the curve", tried);
            }
        }
    }

    private static void refused(String what, byte[] bytes) {
        assertThrows(MalformedException.class, () -> PARSERS.get(what).parse(bytes), what);
    }

    @Test
    void whatIsValidIsTakenAndPrintedAgain() throws Exception {
        assertEquals(PARSERS.keySet(), VALID.keySet());
        for (var entry : VALID.entrySet()) assertDoesNotThrow(() -> PARSERS.get(entry.getKey()).parse(entry.getValue()));
        assertEquals(HexFormat.of().formatHex(VALID.get("proof")), HexFormat.of().formatHex(BbsProof.parse(VALID.get("proof")).toBytes()));
    }

    @Test
    void everyOtherLengthIsRefused() {
        VALID.forEach((what, bytes) -> {
            for (int length = 0; length <= bytes.length + 40; length++) {
                boolean possible = switch (what) {
                    case "proof" -> length >= 272 && (length - 272) % 32 == 0;
                    case "commitment" -> length >= 112 && (length - 112) % 32 == 0;
                    case "nym secrets" -> length > 0 && length % 32 == 0;
                    default -> length == bytes.length;
                };
                if (!possible) refused(what, Arrays.copyOf(bytes, length));
            }
        });
        for (String what : List.of("proof", "commitment", "nym secrets")) refused(what, new byte[272 + 32 * 2000]);
    }

    @Test
    void badPointsAreRefusedWhereverTheyStand() {
        BAD_POINTS.forEach((why, point) -> {
            for (String what : List.of("signature", "commitment", "pseudonym")) refused(what, with(VALID.get(what), point, 0));
            for (int at : new int[] {0, 48, 96}) refused("proof", with(VALID.get("proof"), point, at));
        });
        BAD_KEYS.forEach((why, key) -> refused("public key", key));
    }

    @Test
    void badScalarsAreRefusedWhereverTheyStand() {
        BAD_SCALARS.forEach((why, scalar) -> {
            for (String what : List.of("secret key", "prover blind", "scalar")) refused(what, scalar);
            refused("signature", with(VALID.get("signature"), scalar, 48));
            for (int at = 144; at < VALID.get("proof").length; at += 32) refused("proof", with(VALID.get("proof"), scalar, at));
            for (int at = 48; at < VALID.get("commitment").length; at += 32) {
                refused("commitment", with(VALID.get("commitment"), scalar, at));
            }
            for (int at = 0; at < 96; at += 32) refused("nym secrets", with(VALID.get("nym secrets"), scalar, at));
        });
    }

    @Test
    void programmersMistakesAreSaidAsSuch() {
        assertThrows(IllegalArgumentException.class, () -> Bbs.of(-1));
        assertThrows(IllegalArgumentException.class, () -> Bbs.of(1025));
        assertThrows(IllegalArgumentException.class, () -> NymBbs.of(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> NymSecrets.random(0, RANDOM));
        assertThrows(IllegalArgumentException.class, () -> BbsSecretKey.generate(new byte[31], new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> BbsScalar.hash(new byte[0], new byte[256]));
        Bbs bbs = Bbs.of(1);
        BbsSecretKey key = BbsSecretKey.random(RANDOM);
        assertThrows(IllegalArgumentException.class, () -> bbs.sign(key, new byte[0], List.of()));
        BbsSignature signature = bbs.sign(key, new byte[0], List.of(new byte[0]));
        for (int[] indexes : new int[][] {{1}, {-1}, {0, 0}}) {
            assertThrows(IllegalArgumentException.class, () -> bbs.prove(key.publicKey(), signature, new byte[0], new byte[0],
                    List.of(new byte[0]), indexes, RANDOM));
        }
    }

    private static byte[] with(byte[] bytes, byte[] part, int at) {
        byte[] out = bytes.clone();
        System.arraycopy(part, 0, out, at, part.length);
        return out;
    }
}
