package org.safeconduct.crypto.bbs;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.Fixture.Mismatch;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/**
 * Judges vector files of the three drafts, by content and not by name.
 *
 * <p>A valid fixture must be reproduced byte for byte: keys, signatures, commitments, proofs, mocked randomness and traces. An
 * invalid one must be refused, and what its trace says about the thing before it was spoilt must still be true. Holds the
 * generators it has met; may be used by several threads.
 */
public final class FixtureCheck {
    /** What came of one file. */
    public enum Result { PASSED, FAILED, DATA_ONLY }

    /**
     * One verdict.
     *
     * @param result how it went
     * @param reason why it failed, or what was checked; one line
     */
    public record Outcome(Result result, String reason) {}

    private record Dimensions(Api api, int messages, int blinds) {}

    private final Map<Dimensions, Generators> generators = new ConcurrentHashMap<>();

    /** With no generators yet. */
    public FixtureCheck() {}

    Generators generators(Api api, int messages, int blinds) {
        return generators.computeIfAbsent(new Dimensions(api, messages, blinds), d -> Generators.of(api, messages, blinds));
    }

    /**
     * Checks one file.
     *
     * @param json the parsed file: nested {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}
     */
    public Outcome check(Object json) {
        try {
            if (json instanceof List<?> list) return messages(Map.of("messages", list));
            Fixture f = Fixture.of(json, "the file");
            if (f.fields().keySet().stream().allMatch(List.of("messages", "committedMessages")::contains)) return messages(f.fields());
            return new Outcome(Result.PASSED, kind(f));
        } catch (MalformedException | Mismatch | IllegalArgumentException e) {
            return new Outcome(Result.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Outcome(Result.FAILED, "the file cannot be used: " + e.getClass().getSimpleName());
        }
    }

    private static Outcome messages(Map<?, ?> fields) {
        Fixture f = new Fixture(fields);
        int count = f.octetsList("messages").size() + f.octetsList("committedMessages").size();
        if (count == 0) throw new Mismatch("the file holds nothing");
        return new Outcome(Result.DATA_ONLY, count + " messages");
    }

    private String kind(Fixture f) throws MalformedException {
        if (f.has("proof")) return new FixtureProofs(this, f).check();
        if (f.has("signature")) return new FixtureSignatures(this, f).check();
        if (f.has("commitmentWithProof")) return new FixtureSignatures(this, f).checkCommitment();
        if (f.has("keyMaterial")) return keyPair(f);
        if (f.has("mockedScalars")) return mockedScalars(f);
        if (f.has("cases")) return scalars(f.octets("dst"), f.list("cases").stream().map(c -> Fixture.of(c, "a case")).toList());
        if (f.has("scalar")) return scalars(f.octets("dst"), List.of(f));
        if (f.has("MsgGenerators")) return generators(f, "H2G_HM2S_");
        if (f.has("generators")) {
            generators(f.object("generators"), null);
            return f.has("blindGenerators") ? generators(f.object("blindGenerators"), null) : "generators";
        }
        throw new Mismatch("not a fixture of these drafts");
    }

    private static String keyPair(Fixture f) throws MalformedException {
        try (BbsSecretKey key = BbsSecretKey.generate(f.octets("keyMaterial"), f.octets("keyInfo"), f.octets("keyDst"))) {
            Fixture pair = f.object("keyPair");
            same("secretKey", key.toBytes(), pair.octets("secretKey"));
            same("publicKey", key.publicKey().toBytes(), pair.octets("publicKey"));
            BbsPublicKey.parse(pair.octets("publicKey"));
            return "key pair";
        }
    }

    private static String mockedScalars(Fixture f) {
        List<byte[]> expected = f.octetsList("mockedScalars");
        if (f.has("count") && f.number("count") != expected.size()) throw new Mismatch("count differs");
        try (Vault work = Vault.open()) {
            List<SecretScalar> drawn = Fixture.mocked(f.octets("seed"), f.octets("dst")).draw(work, expected.size());
            for (int i = 0; i < drawn.size(); i++) same("mockedScalars", drawn.get(i).reveal().toBytes(), expected.get(i));
        }
        return "mocked randomness";
    }

    private static String scalars(byte[] dst, List<Fixture> cases) {
        if (cases.isEmpty()) throw new Mismatch("no cases");
        for (Fixture c : cases) {
            try (Transcript t = new Transcript()) {
                same("scalar", t.add(Fixture.hex("message", c.text("message"))).scalar(dst).toBytes(), c.octets("scalar"));
            }
        }
        return "hash to scalar";
    }

    private static String generators(Fixture f, String name) {
        byte[] apiId = f.has("api_id") || name == null ? Api.ascii(f.text("api_id")) : Api.ascii(Api.SUITE + name);
        List<byte[]> expected = f.octetsList("MsgGenerators");
        if (expected.isEmpty()) throw new Mismatch("no generators");
        List<G1> points = Generators.create(expected.size() + 1, apiId);
        same("P1", Generators.P1.toBytes(), f.octets("P1"));
        same("Q1", points.getFirst().toBytes(), f.octets("Q1"));
        for (int i = 0; i < expected.size(); i++) same("MsgGenerators", points.get(i + 1).toBytes(), expected.get(i));
        return "generators";
    }

    static void same(String name, byte[] actual, byte[] expected) {
        if (!Arrays.equals(actual, expected)) {
            throw new Mismatch(name + " differs: " + HexFormat.of().formatHex(actual, 0, Math.min(8, actual.length)) + "..");
        }
    }
}
