package org.safeconduct.core.vectors;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.wire.Base45;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Edwards;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Proquint;
import org.safeconduct.core.wire.Text;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

/** Makes vectors/wire.json. */
class WireVectorsTest {
    private static final Map<String, Object> NONE = Map.of();

    private final Cases cases = new Cases();

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        cbor();
        base45();
        codes();
        json();
        texts();
        keys();
        signatures();
        proquints();
        cases.compare("wire.json");
    }

    private void cbor() {
        for (Object value : new Object[] {0, 23, 24, 255, 256, 65535, 65536, 4294967295L, 4294967296L, Cbor.LARGEST, null, "", "é漢🎫", "\u0000",
            new byte[0], new byte[23], new byte[24], new byte[256], List.of(), List.of(List.of(List.of(List.of(1)))),
            Arrays.asList(1, null, new byte[] {1}, "a", List.of(2)), new byte[4093], "x".repeat(4093)}) {
            String hex = Hex.print(Cbor.of(value).print());
            cases.valid("cbor", "reads " + (hex.length() > 40 ? hex.length() / 2 + " bytes from " + hex.substring(0, 8) : hex), hex, NONE, () -> tree(Cbor.parse(bytes(hex))));
        }
        String[][] refusals = {{"nothing", ""}, {"a long head for 0", "1800"}, {"a long head for 23", "1817"}, {"two bytes for 255", "1900ff"},
            {"four bytes for 65535", "1a0000ffff"}, {"eight bytes for 4294967295", "1b00000000ffffffff"}, {"2^53", "1b0020000000000000"},
            {"2^64-1", "1bffffffffffffffff"}, {"a negative number", "20"}, {"an empty map", "a0"}, {"a map", "a10101"}, {"a tag", "c000"}, {"false", "f4"},
            {"true", "f5"}, {"undefined", "f7"}, {"a simple value", "f0"}, {"null in two bytes", "f816"}, {"a half float", "f93c00"}, {"a float", "fa3f800000"},
            {"a double", "fb3ff0000000000000"}, {"an indefinite byte string", "5f4101ff"}, {"an indefinite text", "7f6161ff"}, {"an indefinite array", "9f01ff"},
            {"a break alone", "ff"}, {"a reserved head", "1c"}, {"a head cut off", "19ff"}, {"a byte string cut off", "4201"}, {"bytes after the value", "0000"},
            {"five arrays deep", "8181818180"}, {"an array cut off", "8201"}, {"an array of billions", "9b001fffffffffffff"}, {"a byte string of billions", "5b001fffffffffffff"},
            {"a long head for a byte string", "580100"}, {"a long head for an array", "980101"}, {"a continuation byte alone", "6180"},
            {"overlong UTF-8", "62c080"}, {"a surrogate in UTF-8", "63eda080"}, {"above U+10FFFF", "64f4908080"}, {"UTF-8 cut off", "61c3"}};
        for (String[] refusal : refusals) {
            cases.refused("cbor", "refuses " + refusal[0], refusal[1], NONE, () -> tree(Cbor.parse(bytes(refusal[1]))));
        }
        String tooLong = "590ffe" + "00".repeat(4094);
        cases.refused("cbor", "refuses 4,097 bytes", tooLong, NONE, () -> tree(Cbor.parse(bytes(tooLong))));
    }

    /** Whole numbers and null as they are, bytes and texts as objects of one member, arrays as arrays. */
    private static Object tree(Cbor cbor) throws MalformedException {
        if (cbor.isNull()) {
            return Json.of(null);
        }
        try {
            return cbor.whole(Cbor.LARGEST);
        } catch (MalformedException e) {
            // Another kind.
        }
        try {
            return Json.object("bytes", Hex.print(cbor.bytes(0, Cbor.LONGEST)));
        } catch (MalformedException e) {
            // Another kind.
        }
        try {
            return Json.object("text", cbor.text(Cbor.LONGEST));
        } catch (MalformedException e) {
            List<Object> items = new ArrayList<>();
            for (Cbor item : cbor.items(0, Cbor.LONGEST)) {
                items.add(tree(item));
            }
            return items;
        }
    }

    private void base45() {
        for (String text : List.of("", "00", "U5", "000", "FGW", "BB8", "%69 VD92EX0", "UJCLQE7W581", "QED8WEX0", " 00", "+8D VD82EK4F.KEA2")) {
            cases.valid("base45", "reads '" + text + "'", text, NONE, () -> Json.object("bytes", Hex.print(Base45.parse(text))));
        }
        for (String text : List.of("0", "0000", "GGW", ":::", "::", "V5", "bb8", "B!8", "BB8\n", "é00", "00\u0000", "ＢＢ８", "BB_", "FGX1X0::")) {
            cases.refused("base45", "refuses '" + text + "'", text, NONE, () -> Base45.parse(text));
        }
    }

    private void codes() {
        for (Code code : Code.values()) {
            String text = code.print(new byte[] {1, 2, 3});
            for (String ends : List.of(text, text + "\n", "\r\n" + text + "\r\n\r\n")) {
                code(code, ends, true);
            }
            for (String bad : List.of(text.toLowerCase(java.util.Locale.ROOT), " " + text, text + " ", text + "\t", text.substring(1), text.replace(":", ""),
                    text.replace("1:", "2:"), text.substring(5), "HTTPS://EXAMPLE.ORG/" + text, text + "\n" + text)) {
                code(code, bad, false);
            }
        }
        code(Code.QUESTION, "SCS1:00", false);
        code(Code.OFFER, "SCO1:", true);
        code(Code.OFFER, "", false);
        code(Code.SHOWING, "SCS1:" + Base45.print(new byte[4097]), false);
    }

    private void code(Code code, String text, boolean valid) {
        Map<String, Object> prefix = Map.of("prefix", code.prefix());
        String shown = text.length() > 60 ? text.length() + " characters" : text.replace("\r", "<CR>").replace("\n", "<LF>").replace("\t", "<TAB>");
        String name = "as " + code.prefix() + " '" + shown + "'";
        if (valid) {
            cases.valid("code", name, text, prefix, () -> Json.object("bytes", Hex.print(code.parse(text))));
        } else {
            cases.refused("code", name, text, prefix, () -> code.parse(text));
        }
    }

    private void json() {
        for (String text : List.of("{}", "[]", "null", "true", "false", "0", "9007199254740991", "\"\"", "\"é漢🎫/\u007f\"", "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\"",
                "{\"\":1,\"A\":2,\"a\":3,\"aa\":4,\"\ud83c\udfab\":5,\"\uff5e\":6}", "[[[[[[]]]]]]", "{\"a\":[1,{\"b\":null}],\"b\":false}")) {
            json("reads " + text, Utf8.print(text), true);
        }
        for (String text : List.of("", " ", " {}", "{} ", "{}\n", "{ }", "[1, 2]", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"b\":1,\"a\":2}",
                "{\"\uff5e\":1,\"\ud83c\udfab\":2}", "1.0", "1.5", "1e2", "1E2", "-0", "-1", "00", "01", "+1", ".5", "9007199254740992", "1" + "0".repeat(30), "NaN", "Infinity",
                "'a'", "{a:1}", "[1,]", "{\"a\":1,}", "/**/1", "1 2", "{}{}", "\"\\ud800\"", "\"\\udfab\\ud83c\"", "\"\\ud83c\\udfab\"", "\"\\/\"", "\"\\u00e9\"", "\"\\u0061\"",
                "\"\\u000a\"", "\"\\u001F\"", "\"\\x\"", "\"\t\"", "[", "{", "\"", "]", "undefined", "[[[[[[[]]]]]]]", "\ufeff{}")) {
            json("refuses " + text, Utf8.print(text), false);
        }
        for (String hex : List.of("22c08022", "22eda08022", "22f490808022", "22ff22", "22c322", "7b007d00", "fffe7b007d00")) {
            json("refuses the bytes " + hex, bytes(hex), false);
        }
        json("reads 16,384 bytes", Utf8.print("\"" + "x".repeat(16_382) + "\""), true);
        json("refuses 16,385 bytes", Utf8.print("\"" + "x".repeat(16_383) + "\""), false);
    }

    private void json(String name, byte[] input, boolean valid) {
        if (valid) {
            cases.valid("json", name, Hex.print(input), NONE, () -> Json.parse(input));
        } else {
            cases.refused("json", name, Hex.print(input), NONE, () -> Json.parse(input));
        }
    }

    private void texts() {
        text("text", List.of("x", "é", "漢字", "a b", "\u200c\u200d", "a\u200cb", "a\u200db", "a\u00acb", "a\u2010b", "a\u3163b", "a\ufffcb", "ﬁ", "🎫".repeat(80)), List.of("", " x", "x ", "\u00a0x", "x\u3000", "x\u2028", "a\tb", "a\nb", "a\u0000b",
                "a\u0085b", "a\u007fb", "e\u0301", "\u212b", "a\u200bb", "a\u200eb", "a\u200fb", "a\u202ab", "a\u202eb", "a\u2060b", "a\u2066b", "a\u2069b", "a\ufeffb",
                "a\u00adb", "a\u034fb", "a\u061cb", "a\u115fb", "a\u1160b", "a\u17b4b", "a\u17b5b", "a\u180bb", "a\u180eb", "a\u180fb", "a\u2065b", "a\u206ab", "a\u206fb", "a\u3164b",
                "a\ufe00b", "a\ufe0fb", "a\uffa0b", "a\ufff0b", "a\ufff8b", "a\ud82f\udca0b", "a\ud82f\udca3b", "a\ud834\udd73b", "a\ud834\udd7ab", "a\udb40\udc00b", "a\udb40\udc41b",
                "a\udb40\uddefb", "a\udb43\udfffb", "a\ue000b", "a\ufffeb", "a\u0897b", "a\u1ae5b", "a\ud804\udf82", "a\ud93f\udffeb", "a\udb80\udc00b", "x".repeat(81)), input -> Text.check(input, Text.SHORT));
        for (String plane : List.of("0", "1", "2", "3", "14")) {
            cases.valid("letters", "of plane " + plane, plane, NONE, () -> Json.object("ranges", letters(Integer.parseInt(plane))));
        }
        text("id", List.of("a", "0", "bus-2027", "a--b", "a".repeat(32)), List.of("", "-a", "a-", "A", "ä", "a_b", "a b", "a".repeat(33), "a\n"), Text::id);
        text("language", List.of("de", "gsw", "pt-BR"), List.of("", "e", "EN", "en-us", "en_US", "engl", "en-US-x", "en\n"), Text::language);
        text("time", List.of("2020-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2199-12-31T23:59:59Z"), List.of("2019-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
                "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z", "2026-12-31T23:59:60Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00Z", "2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00+00:00",
                "2026-01-01t00:00:00z", "2026-01-01 00:00:00Z", "2026-1-1T00:00:00Z", "", "2026-01-01T00:00:00Z\n"),
                input -> Json.object("seconds", Time.parse(input).getEpochSecond()));
    }

    /** Ranges of code points that make a text between two brackets, with which none of them composes. */
    private static List<String> letters(int plane) {
        List<String> ranges = new ArrayList<>();
        int first = -1;
        for (int c = plane << 16; c <= (plane + 1) << 16; c++) {
            boolean letter = c < (plane + 1) << 16 && isText("(" + Character.toString(c) + ")");
            if (letter && first < 0) {
                first = c;
            } else if (!letter && first >= 0) {
                ranges.add("%04x-%04x".formatted(first, c - 1));
                first = -1;
            }
        }
        return ranges;
    }

    private static boolean isText(String text) {
        try {
            Text.check(text, Text.SHORT);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    private interface Checked {
        Object read(String input) throws MalformedException;
    }

    private void text(String kind, List<String> valid, List<String> refused, Checked reader) {
        for (String input : valid) {
            cases.valid(kind, "reads " + spell(input), input, NONE, () -> reader.read(input));
        }
        for (String input : refused) {
            cases.refused(kind, "refuses " + spell(input), input, NONE, () -> reader.read(input));
        }
    }

    private static String spell(String text) {
        StringBuilder out = new StringBuilder("'");
        text.codePoints().limit(40).forEach(c -> out.append(c > 0x20 && c < 0x7f ? Character.toString(c) : "<%04x>".formatted(c)));
        return out.append("' of ").append(text.codePointCount(0, text.length())).toString();
    }

    private void keys() {
        cases.valid("ed25519-key", "reads a key", key(1).publicKey().hex(), NONE, () -> Json.object("key", Ed25519Key.parse(key(1).publicKey().hex()).hex()));
        Edwards mixed = Edwards.BASE.times(BigInteger.TEN).plus(Edwards.torsion());
        cases.valid("ed25519-key", "reads a key with a part of small order", Hex.print(mixed.print()), NONE, () -> Json.object("key", Ed25519Key.parse(mixed.print()).hex()));
        Edwards point = Edwards.NEUTRAL;
        for (int i = 0; i < 8; i++) {
            refuseKey("refuses " + i + " times a point of order eight", Hex.print(point.print()));
            point = point.plus(Edwards.torsion());
        }
        refuseKey("refuses x = 0 with the sign bit set", "01" + "00".repeat(30) + "80");
        refuseKey("refuses y = -1 with the sign bit set", "ec" + "ff".repeat(31));
        for (String first : List.of("ed", "ee", "ef", "f0", "f1", "f2", "ff")) {
            refuseKey("refuses y = p and above: " + first, first + "ff".repeat(30) + "7f");
            refuseKey("refuses y = p and above with the sign bit: " + first, first + "ff".repeat(31));
        }
        refuseKey("refuses what is not on the curve", "02" + "00".repeat(31));
        refuseKey("refuses 31 bytes", "02".repeat(31));
        refuseKey("refuses 33 bytes", key(1).publicKey().hex() + "00");
    }

    private void refuseKey(String name, String hex) {
        cases.refused("ed25519-key", name, hex, NONE, () -> Ed25519Key.parse(bytes(hex)));
    }

    private void signatures() throws Exception {
        byte[] message = "a message".getBytes(StandardCharsets.US_ASCII);
        String seed = "00".repeat(31) + "07";
        cases.valid("ed25519-seed", "signs", seed, Map.of("message", Hex.print(message)), () -> {
            Ed25519Secret secret = Ed25519Secret.fromSeed(bytes(seed));
            return Json.object("key", secret.publicKey().hex(), "signature", Hex.print(secret.sign(message)));
        });
        Ed25519Secret secret = key(1);
        byte[] good = secret.sign(message);
        byte[] r = Arrays.copyOf(good, 32);
        BigInteger s = Edwards.little(Arrays.copyOfRange(good, 32, 64));
        byte[] key = secret.publicKey().bytes();
        signature("verifies", key, message, good, true);
        signature("refuses another message", key, new byte[1], good, false);
        signature("refuses another key", key(2).publicKey().bytes(), message, good, false);
        signature("refuses 63 bytes", key, message, Arrays.copyOf(good, 63), false);
        signature("refuses 65 bytes", key, message, Arrays.copyOf(good, 65), false);
        signature("refuses S + L", key, message, Bytes.join(r, Edwards.little(s.add(Edwards.ORDER))), false);
        signature("refuses -S", key, message, Bytes.join(r, Edwards.little(Edwards.ORDER.subtract(s))), false);
        for (int bit = 0; bit < 512; bit += 73) {
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            signature("refuses bit " + bit + " flipped", key, message, flipped, false);
        }
        BigInteger a = new BigInteger("123456789012345678901234567890");
        byte[] plainKey = Edwards.BASE.times(a).print();
        Edwards small = Edwards.NEUTRAL;
        for (int i = 0; i < 8; i++) {
            BigInteger k = challenge(small.print(), plainKey, message);
            signature("refuses R of " + i + " times a point of order eight", plainKey, message,
                    Bytes.join(small.print(), Edwards.little(k.multiply(a).mod(Edwards.ORDER))), false);
            small = small.plus(Edwards.torsion());
        }
        mixedKeys(a);
    }

    /** With the cofactor all of these would verify; without it one in eight does, where [k mod L] of the small part is neutral. */
    private void mixedKeys(BigInteger a) throws Exception {
        byte[] mixed = Edwards.BASE.times(a).plus(Edwards.torsion()).print();
        byte[] r = Edwards.BASE.times(BigInteger.valueOf(77)).print();
        for (int i = 0; i < 24; i++) {
            byte[] message = {(byte) i};
            BigInteger k = challenge(r, mixed, message);
            boolean exact = k.mod(BigInteger.valueOf(8)).signum() == 0;
            signature((exact ? "verifies" : "refuses") + " under a key with a part of small order: " + i, mixed, message,
                    Bytes.join(r, Edwards.little(k.multiply(a).add(BigInteger.valueOf(77)).mod(Edwards.ORDER))), exact);
        }
    }

    private static BigInteger challenge(byte[] r, byte[] key, byte[] message) throws Exception {
        return Edwards.little(MessageDigest.getInstance("SHA-512").digest(Bytes.join(r, key, message))).mod(Edwards.ORDER);
    }

    private void signature(String name, byte[] key, byte[] message, byte[] signature, boolean valid) throws MalformedException {
        Map<String, Object> with = Map.of("key", Hex.print(key), "message", Hex.print(message));
        Ed25519Key parsed = Ed25519Key.parse(key);
        Cases.Reader reader = () -> {
            parsed.verify(message, signature);
            return Json.object();
        };
        if (valid) {
            cases.valid("ed25519", name, Hex.print(signature), with, reader);
        } else {
            cases.refused("ed25519", name, Hex.print(signature), with, reader);
        }
    }

    private void proquints() {
        for (String hex : List.of("00".repeat(32), "ff".repeat(32), "7f0000013f54dcc13f760723ffff0000" + "00".repeat(16), Hash.sha256().hex())) {
            cases.valid("proquint", "words of " + hex.substring(0, 16), hex, NONE, () -> Json.object("words", Proquint.words(Hash.parse(hex))));
        }
    }

    private static Ed25519Secret key(int number) {
        return Example.key(number);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
