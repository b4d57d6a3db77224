package org.safeconduct.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "0", "9007199254740991", "\"\"", "\"é漢🎫/\"",
        "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"", "{\"a\":[1,{\"b\":null}],\"b\":false}",
        "{\"\":1,\"A\":2,\"a\":3,\"aa\":4,\"\ud83c\udfab\":5,\"\uff5e\":6}", "[[[[[[]]]]]]"})
    void canonicalTextPrintsToItself(String text) throws MalformedException {
        byte[] bytes = Utf8.print(text);
        assertArrayEquals(bytes, Json.parse(bytes).print());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nul", "{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":1}",
        "1.0", "1e2", "1E2", "-0", "-1", "00", "01", "+1", ".5", "9007199254740992", "99999999999999999999999999",
        "NaN", "Infinity", "'a'", "{a:1}", "[1,]", "[,1]", "{\"a\":1,}", "/**/1", "1 2", "{}{}", "[1 2]", "{\"a\" 1}",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "\"\\u12\"", "\"\t\"", "\"\n\"", "[", "{", "\"", "]", "[}", "undefined",
        "[[[[[[[]]]]]]]", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}"})
    void refusesEvenLoosely(String text) {
        assertThrows(MalformedException.class, () -> Json.parseLoosely(text.getBytes(StandardCharsets.UTF_8), 999));
    }

    @ParameterizedTest
    @ValueSource(strings = {" {}", "{} ", "{}\n", "{ }", "[1, 2]", "{\"b\":1,\"a\":2}", "{\"\uff5e\":1,\"\ud83c\udfab\":2}",
        "\"\\/\"", "\"\\u00e9\"", "\"\\u0061\"", "\"\\u000a\"", "\"\\u001F\"", "\"\\u007f\"", "\"\\ud83c\\udfab\""})
    void refusesOtherWaysToWriteAValue(String text) throws MalformedException {
        byte[] bytes = Utf8.print(text);
        Json.parseLoosely(bytes, 999);
        assertThrows(MalformedException.class, () -> Json.parse(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"efbbbf7b7d", "7b007d00", "fffe7b007d00", "22c08022", "22eda08022", "22f490808022", "22ff22", "22e9", "0000007b"})
    void refusesWhatIsNotUtf8(String hex) {
        assertThrows(MalformedException.class, () -> Json.parseLoosely(HexFormat.of().parseHex(hex), 999));
    }

    @Test
    void refusesALineThatIsTooLong() throws MalformedException {
        String fits = "\"" + "x".repeat(Json.LONGEST_LINE - 2) + "\"";
        Json.parse(Utf8.print(fits));
        assertThrows(MalformedException.class, () -> Json.parse(Utf8.print(fits + " ")));
        assertThrows(MalformedException.class, () -> Json.parse(Utf8.print("\"x" + fits.substring(1))));
    }

    @Test
    void membersAreExactlyTheNamedOnes() throws MalformedException {
        Json object = Json.object("a", 1, "b", null);
        assertEquals(1, object.members("b", "a").get("a").whole(0, 1));
        assertThrows(MalformedException.class, () -> object.members("a"));
        assertThrows(MalformedException.class, () -> object.members("a", "b", "c"));
        assertThrows(MalformedException.class, () -> object.members("a", "c"));
        assertThrows(MalformedException.class, () -> Json.of("x").members());
    }

    @Test
    void whatParsesPrintsToTheSameBytesAfterAnyMutation() {
        Random random = new Random(4);
        byte[] line = Utf8.print("{\"a\":[0,12,{\"b\":null}],\"b\":false,\"c\":\"h\\n\\u0001é🎫\",\"d\":9007199254740991}");
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = CborTest.mutate(line, random);
            try {
                assertArrayEquals(bytes, Json.parse(bytes).print());
            } catch (MalformedException e) {
                // As it should be: malformed is the only other outcome.
            }
        }
    }
}
