package org.safeconduct.core.register;

import static org.safeconduct.core.register.Example.attribute;
import static org.safeconduct.core.register.Example.scope;
import static org.safeconduct.core.register.Example.texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** Changes of one member of a valid line, each of which breaks one rule of that member; for tests and vectors. */
public final class LineRefusals {
    /** The line is valid; with this value of the member it is not. */
    public record Change(byte[] line, String member, Object value) {
        public String type() throws MalformedException {
            return Json.parse(line).members().get("type").string();
        }
    }

    private LineRefusals() {}

    /** The example's attributes with one value more in the list. */
    private static Object withValue(String value) {
        return List.of(attribute("initial", Map.of("kind", "letter"), true, false),
                attribute("birthday", Map.of("kind", "day-month"), true, false),
                attribute("group", Map.of("kind", "list", "values", List.of("ab", value)), false, true),
                attribute("year", Map.of("kind", "year", "first", 1920, "last", 2020), true, false));
    }

    /** All of them, in a fixed order. */
    public static List<Change> all() {
        String small = "0100000000000000000000000000000000000000000000000000000000000000";
        List<Object> many = Collections.nCopies(9, attribute("a", Map.of("kind", "letter"), false, false));
        List<Map.Entry<byte[], List<Object>>> table = List.of(
                Map.entry(Example.OFFICE, List.of("contact", "", "contact", "x".repeat(81), "contact", "a\u200bb", "cosign_key", small,
                        "cosign_key", Example.REGISTER_KEY.publicKey().hex(), "languages", List.of(), "languages", List.of("de", "de"),
                        "languages", List.of("DE"), "languages", IntStream.range(0, 17).mapToObj(i -> "a" + (char) ('a' + i)).toList(),
                        "names", Map.of("de", " Amt"), "names", Map.of("de", "e\u0301"), "names", Map.of("deutsch", "Amt"), "origin", "",
                        "origin", "Example.org", "origin", "a/", "origin", "a".repeat(65), "origin", "a/".repeat(64) + "a", "profile", 2,
                        "profile", "1", "register_key", small, "register_key", "00", "register_key", "AB".repeat(32))),
                Map.entry(Example.SCHEME, Arrays.asList("ahead", 0, "ahead", 32, "attributes", many,
                        "attributes", List.of(many.get(0), many.get(0)),
                        "attributes", withValue("a\u00adb"), "attributes", withValue("a\u200cb"), "attributes", withValue("a\u200db"), "daily_cap", 0, "daily_cap", 100_000_001, "default", List.of(4),
                        "default", List.of(1, 0), "default", List.of(1, 1), "default_scope", 0, "default_scope", 1,
                        "epoch", Map.of("kind", "year", "zone", "UTC"), "epoch", Map.of("kind", "day", "zone", "a b"),
                        "epoch", Map.of("kind", "day", "zone", "a/b/c/d"), "epoch", Map.of("kind", "day", "zone", "a".repeat(65)),
                        "epoch", Map.of("kind", "DAY", "zone", "UTC"), "epoch", Map.of("kind", "day"), "id", "Bath", "id", "-", "legal_basis", null,
                        "paper", Map.of("attributes", List.of(2), "scope", 0), "paper", Map.of("attributes", List.of(0), "scope", 2),
                        "paper", Map.of("attributes", List.of(0)), "purpose", texts("x".repeat(2001), "x"), "replacement", null,
                        "replacement", 1, "scopes", List.of(), "scopes", List.of(scope("a"), scope("a")),
                        "scopes", List.of(scope("a"), scope("b"), scope("c"), scope("d"), scope("e")), "special_basis", null,
                        "specimen", "false", "sunset", "2027-02-29T00:00:00Z", "sunset", "2027-02-28", "sunset", 5)),
                Map.entry(Example.ASKER, Arrays.asList("attributes", List.of(8), "attributes", List.of(1, 1), "doors", List.of("a", "a"),
                        "doors", List.of(""), "doors", IntStream.range(0, 201).mapToObj(i -> "d" + i).toList(), "key", small,
                        "scheme", "00", "scheme", null, "scopes", List.of(4), "until", "2027-06-30T00:00:00.000Z")),
                Map.entry(Example.EPOCH, Arrays.asList("from", "2027-01-11T00:00:00Z", "from", "2027-01-12T00:00:00Z", "holders", 3, "holders", 4095,
                        "key", "c0" + "00".repeat(95), "key", "00".repeat(96), "key", "ff".repeat(96), "key", "00", "number", 100_000,
                        "scheme", "ab", "spare", 0)),
                Map.entry(Example.STOP, Arrays.asList("from", null, "target", "x", "why", Map.of("de", ""))),
                Map.entry(Example.CLOSED, Arrays.asList("epoch", null, "issued", 1, "key", "00".repeat(32), "key", "ff".repeat(32),
                        "key", "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", "key", "01", "replaced", 101)),
                Map.entry(Example.KEY, Arrays.asList("key", small, "number", 0, "number", 4294967296L, "signature", "00", "signature", null)),
                Map.entry(Example.AUTHORITY, Arrays.asList("id", "", "proof", "ab", "regions", List.of(), "regions", List.of(scope("a"), scope("a")),
                        "regions", IntStream.range(0, 65).mapToObj(i -> scope("r" + i)).toList(), "retention", 0, "retention", 31,
                        "signing_key", small, "tracing_key", "CD".repeat(96), "tracing_key", "cd".repeat(95))),
                Map.entry(Example.BUILD, Arrays.asList("app", "office", "digest", "ef", "version", "", "version", "x".repeat(81))));
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<byte[], List<Object>> row : table) {
            for (int i = 0; i < row.getValue().size(); i += 2) {
                changes.add(new Change(row.getKey(), (String) row.getValue().get(i), row.getValue().get(i + 1)));
            }
        }
        return changes;
    }
}
