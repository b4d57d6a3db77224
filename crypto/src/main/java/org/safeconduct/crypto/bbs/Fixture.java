package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/** One object of a vector file, read strictly; what does not fit is a {@link Mismatch}. */
record Fixture(Map<?, ?> fields) {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SEED = "3.141592653589793238462643383279";
    private static final String CORE_DST = Api.SUITE + "H2G_HM2S_MOCK_RANDOM_SCALARS_DST_";

    /** The file does not say what it should. */
    static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message, null, false, false);
        }
    }

    static Fixture of(Object value, String what) {
        if (value instanceof Map<?, ?> map) return new Fixture(map);
        throw new Mismatch(what + " is not an object");
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    /** True if one of these fields is there, be it null. */
    boolean names(String... some) {
        return List.of(some).stream().anyMatch(fields::containsKey);
    }

    Fixture object(String name) {
        return of(fields.get(name), name);
    }

    /** The object of that name, or an empty one. */
    Fixture optional(String name) {
        return has(name) ? object(name) : new Fixture(Map.of());
    }

    String text(String name) {
        if (fields.get(name) instanceof String s) return s;
        throw new Mismatch(name + " is not a string");
    }

    /** Octets; none if the field is absent. */
    byte[] octets(String name) {
        return has(name) ? hex(name, text(name)) : new byte[0];
    }

    List<?> list(String name) {
        if (fields.get(name) instanceof List<?> list) return list;
        throw new Mismatch(name + " is not a list");
    }

    /** A scalar in 1..r-1, or zero if the field is absent, null or empty. */
    Scalar scalar(String name) throws MalformedException {
        byte[] octets = octets(name);
        if (octets.length == 0) return Scalar.of(0);
        Octets.length(octets, BbsScalar.BYTES, name);
        return Scalar.parse(octets, 0);
    }

    G1 point(String name) throws MalformedException {
        byte[] octets = octets(name);
        Octets.length(octets, G1.BYTES, name);
        return G1.parse(octets, 0);
    }

    /** A list of octet strings; empty if the field is absent. */
    List<byte[]> octetsList(String name) {
        List<byte[]> all = new ArrayList<>();
        if (has(name)) for (Object o : list(name)) all.add(hex(name, o));
        return all;
    }

    /** {"0": "aa", "2": "bb"}; empty if the field is absent. */
    TreeMap<Integer, byte[]> octetsByIndex(String name) {
        TreeMap<Integer, byte[]> all = new TreeMap<>();
        optional(name).fields.forEach((index, value) -> all.put(index(name, index), hex(name, value)));
        return all;
    }

    int[] indexes(String name) {
        return list(name).stream().mapToInt(o -> index(name, o)).toArray();
    }

    int number(String name) {
        return index(name, fields.get(name));
    }

    private static int index(String name, Object value) {
        try {
            int n = Integer.parseInt(String.valueOf(value));
            if (n >= 0 && n <= Generators.MOST) return n;
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new Mismatch(name + " holds something that is not a small number");
    }

    boolean valid() {
        if (object("result").fields.get("valid") instanceof Boolean b) return b;
        throw new Mismatch("result.valid is not a boolean");
    }

    String reason() {
        Fixture result = object("result");
        return result.has("reason") ? result.text("reason").toLowerCase(Locale.ROOT) : "";
    }

    /** Hex integers of up to 64 digits, written out to 32 bytes each. */
    byte[] integers(String name) {
        List<byte[]> all = new ArrayList<>();
        for (Object o : list(name)) {
            String digits = String.valueOf(o);
            if (digits.length() > 64) throw new Mismatch(name + " holds more than 64 digits");
            all.add(hex(name, "0".repeat(64 - digits.length()) + digits));
        }
        return Api.concat(all.toArray(byte[][]::new));
    }

    static byte[] hex(String name, Object value) {
        try {
            return HEX.parseHex((String) value);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new Mismatch(name + " is not hexadecimal");
        }
    }

    /** The mock generator of the vectors: expand_message(seed, dst) cut into scalars (section 8.1 of the core draft). */
    ScalarSource mocked(String operation) {
        Fixture parameters = optional("mockRngParameters");
        String seed = parameters.has("SEED") ? parameters.text("SEED") : SEED;
        Fixture own = parameters.optional(operation);
        ScalarSource source = mocked(Api.ascii(seed), Api.ascii(own.has("DST") ? own.text("DST") : CORE_DST));
        return (vault, count) -> {
            if (own.has("count") && own.number("count") != count) throw new Mismatch("count differs");
            return source.draw(vault, count);
        };
    }

    static ScalarSource mocked(byte[] seed, byte[] dst) {
        return (Vault vault, int count) -> {
            try (Transcript t = new Transcript()) {
                byte[] all = t.add(seed).expand(dst, 48 * count);
                List<SecretScalar> scalars = new ArrayList<>(count);
                for (int i = 0; i < count; i++) scalars.add(vault.reduce(all, 48 * i, 48));
                return scalars;
            }
        };
    }

    /** Compares a field with what was worked out; a field that is absent is not compared. */
    void expect(String name, byte[] actual) {
        if (has(name)) expect(name, actual, fields.get(name));
    }

    /** Compares a point of a trace under any of the spellings in use. */
    void expectTrace(String name, G1 actual) {
        expectTrace(name, actual.toBytes());
    }

    void expectTrace(String name, byte[] actual) {
        fields.forEach((key, value) -> {
            if (plain(String.valueOf(key)).equals(plain(name))) expect(name, actual, value);
        });
    }

    /**
     * Published files have a stray letter at the end of some values: it is cut off. What is not hexadecimal otherwise and has
     * another length is a placeholder and is not compared.
     */
    private static void expect(String name, byte[] actual, Object value) {
        String digits = HEX.formatHex(actual);
        String given = String.valueOf(value).toLowerCase(Locale.ROOT).replaceFirst("[g-z]$", "");
        if (given.equals(digits)) return;
        boolean placeholder = value instanceof String && given.length() != digits.length() && !given.matches("[0-9a-f]*")
                && !given.startsWith(digits.substring(0, 8));
        if (placeholder) return;
        throw new Mismatch(name + " differs");
    }

    /** Compares the random scalars of a trace with those drawn, spread over names; the last name takes a list. */
    void expectRandom(List<SecretScalar> drawn, String... names) {
        Fixture random = optional("random_scalars");
        int at = 0;
        for (String name : names) {
            if (at < names.length - 1) {
                random.expectTrace(name, drawn.get(at++).reveal().toBytes());
                continue;
            }
            List<SecretScalar> rest = drawn.subList(at, drawn.size());
            random.fields.forEach((key, value) -> {
                if (!plain(String.valueOf(key)).equals(plain(name))) return;
                if (!(value instanceof List<?> list) || list.size() != rest.size()) throw new Mismatch(name + " has another length");
                for (int i = 0; i < rest.size(); i++) expect(name, rest.get(i).reveal().toBytes(), list.get(i));
            });
        }
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    BbsPublicKey publicKey(String name) throws MalformedException {
        return BbsPublicKey.parse(octets(name));
    }
}
