package org.safeconduct.core.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.ibe.IbeSecretKey;

/** The register of an office that does not exist, the same in every run: tests and vectors start from its lines. */
public final class Example {
    public static final String ORIGIN = "pass.example.org/register";
    public static final Instant NOW = Instant.parse("2027-01-20T12:00:00Z");
    public static final Ed25519Secret REGISTER_KEY = key(1);
    public static final Ed25519Secret COSIGN_KEY = key(2);
    public static final Ed25519Secret ASKER_KEY = key(3);
    public static final Ed25519Secret SECOND_REGISTER_KEY = key(4);
    public static final IbeSecretKey TRACING_KEY = ibeKey(1);

    public static final byte[] OFFICE = print("type", "office", "contact", "office@example.org",
            "cosign_key", COSIGN_KEY.publicKey().hex(), "languages", List.of("de", "en"), "names", texts("Amt", "Office"),
            "origin", ORIGIN, "profile", 1, "register_key", REGISTER_KEY.publicKey().hex());
    public static final byte[] SCHEME = print("type", "scheme", "ahead", 3, "attributes", List.of(
                    attribute("initial", Map.of("kind", "letter"), true, false),
                    attribute("birthday", Map.of("kind", "day-month"), true, false),
                    attribute("group", Map.of("kind", "list", "values", List.of("blau", "grün")), false, true),
                    attribute("year", Map.of("kind", "year", "first", 1920, "last", 2020), true, false)),
            "daily_cap", 5000, "default", List.of(2), "default_scope", null,
            "epoch", Map.of("kind", "week", "zone", "Europe/Berlin"), "id", "bath",
            "legal_basis", texts("Satzung", "By-law"), "names", texts("Bad", "Bath"),
            "paper", nullable("attributes", List.of(0, 1), "scope", 1), "purpose", texts("Schwimmen", "Swimming"),
            "replacement", true, "scopes", List.of(scope("entry"), scope("meal")),
            "special_basis", texts("Einwilligung", "Consent"), "specimen", false, "sunset", "2027-12-31T00:00:00Z");
    public static final Hash SCHEME_LEAF = Line.leaf(SCHEME);
    public static final byte[] ASKER = print("type", "asker", "attributes", List.of(0, 3), "doors", List.of("Nord", "Süd"),
            "key", ASKER_KEY.publicKey().hex(), "names", texts("Bad Nord", "North Bath"), "scheme", SCHEME_LEAF,
            "scopes", List.of(0, 1), "until", "2027-06-30T00:00:00Z");
    public static final byte[] EPOCH = epoch(1, "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z", false, 11);
    public static final byte[] SPARE = epoch(1, "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z", true, 12);
    public static final byte[] NEXT_EPOCH = epoch(2, "2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z", false, 13);
    public static final byte[] STOP = print("type", "stop", "from", "2027-01-06T10:00:00Z", "target", Line.leaf(EPOCH),
            "why", texts("Schlüssel gestohlen", "Key stolen"));
    public static final byte[] CLOSED = closed(EPOCH, 11);
    public static final byte[] KEY = KeyRotation.sign(Line.leaf(OFFICE), 1, SECOND_REGISTER_KEY.publicKey(), REGISTER_KEY).print();
    public static final byte[] AUTHORITY = print("type", "authority", "id", "health", "names", texts("Gesundheitsamt", "Health office"),
            "proof", Hex.print(TRACING_KEY.prove().toBytes()), "regions", List.of(scope("north"), scope("south")), "retention", 14,
            "signing_key", key(5).publicKey().hex(), "tracing_key", Hex.print(TRACING_KEY.publicKey().toBytes()));
    public static final byte[] BUILD = print("type", "build", "app", "wallet", "digest", "ef".repeat(32), "version", "0.1.0");

    private Example() {}

    public static List<byte[]> lines() {
        return List.of(OFFICE, SCHEME, ASKER, EPOCH, SPARE, NEXT_EPOCH, STOP, AUTHORITY, BUILD);
    }

    public static Register register() {
        return register(lines());
    }

    public static Register register(List<byte[]> lines) {
        try {
            return Register.of(lines);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** These lines and more after them. */
    public static List<byte[]> and(List<byte[]> lines, byte[]... more) {
        List<byte[]> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }

    public static Checkpoint checkpoint(Register register) {
        return Checkpoint.sign(register, REGISTER_KEY).cosign(COSIGN_KEY, Instant.parse("2027-01-20T06:00:00Z"));
    }

    public static Ed25519Secret key(int number) {
        try {
            return Ed25519Secret.fromSeed(Hash.sha256(new byte[] {(byte) number}).bytes());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    public static IbeSecretKey ibeKey(int number) {
        byte[] secret = Hash.sha256(new byte[] {(byte) number, 2}).bytes();
        secret[0] &= 0x3f; // below the group order
        try {
            return IbeSecretKey.parse(secret);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    public static BbsSecretKey bbsKey(int number) {
        return BbsSecretKey.generate(Hash.sha256(new byte[] {(byte) number, 1}).bytes(), new byte[0]);
    }

    public static byte[] epoch(int number, String from, String until, boolean spare, int key) {
        return epoch(SCHEME_LEAF, number, from, until, spare, key);
    }

    public static byte[] epoch(Hash scheme, int number, String from, String until, boolean spare, int key) {
        try (BbsSecretKey secret = bbsKey(key)) {
            return print("type", "epoch", "from", from, "holders", 4096, "key", Hex.print(secret.publicKey().toBytes()),
                    "number", number, "scheme", scheme, "spare", spare, "until", until);
        }
    }

    public static byte[] closed(byte[] epoch, int key) {
        try (BbsSecretKey secret = bbsKey(key)) {
            return print("type", "closed", "epoch", Line.leaf(epoch), "issued", 100, "key", Hex.print(secret.toBytes()), "replaced", 2);
        }
    }

    public static byte[] stop(byte[] target, String from) {
        return print("type", "stop", "from", from, "target", Line.leaf(target), "why", texts("Darum", "Because"));
    }

    /** The line with one member put in or replaced. */
    public static byte[] with(byte[] line, String name, Object value) {
        Map<String, Object> members = members(line);
        members.put(name, value);
        return Json.of(members).print();
    }

    /** The line without one member. */
    public static byte[] without(byte[] line, String name) {
        Map<String, Object> members = members(line);
        members.remove(name);
        return Json.of(members).print();
    }

    private static Map<String, Object> members(byte[] line) {
        try {
            return new HashMap<>(Json.parse(line).members());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    public static Map<String, Object> texts(String german, String english) {
        return Map.of("de", german, "en", english);
    }

    public static Map<String, Object> attribute(String id, Object domain, boolean identity, boolean special) {
        return Map.of("domain", domain, "id", id, "identity", identity, "names", texts(id, id), "special", special);
    }

    public static Map<String, Object> scope(String id) {
        return Map.of("id", id, "names", texts(id, id));
    }

    /** Like Map.of, with null allowed. */
    public static Map<String, Object> nullable(Object... namesAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static byte[] print(Object... namesAndValues) {
        return Json.object(namesAndValues).print();
    }
}
