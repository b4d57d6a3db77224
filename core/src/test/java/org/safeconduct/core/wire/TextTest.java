package org.safeconduct.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;

class TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "Stadt Musterhausen", "é", "漢字", "🎫🎫", "a b", "\u200c\u200d joiners shape some scripts", "ﬁ"})
    void aTextStaysAsItIs(String text) throws MalformedException {
        assertEquals(text, Text.check(text, Text.SHORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "x ", "\u00a0x", "x\u3000", "x\u2028", "a\tb", "a\nb", "a\u0000b", "a\u0085b", "a\u007fb", "e\u0301",
        "\u212b", "a\u200bb", "a\u200eb", "a\u200fb", "a\u202ab", "a\u202eb", "a\u2060b", "a\u2066b", "a\u2069b", "a\ufeffb", "a\ud800b"})
    void refusesWhatCouldMarkAReader(String text) {
        assertThrows(MalformedException.class, () -> Text.check(text, Text.LONGEST));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b, 0x200e, 0x200f, 0x202a, 0x202e,
        0x2060, 0x2065, 0x206a, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff8, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a,
        0xe0000, 0xe0041, 0xe01ef, 0xe0fff})
    void noLetterIsInvisible(int letter) {
        String text = "a" + Character.toString(letter) + "b";
        assertThrows(MalformedException.class, () -> Text.check(text, Text.LONGEST));
    }

    @Test
    void joinersShapeNamesButTellNoTwoValuesApart() throws MalformedException {
        for (String joined : new String[] {"a\u200cb", "a\u200db"}) {
            assertEquals(joined, Text.check(joined, Text.SHORT));
            assertThrows(MalformedException.class, () -> Text.checkUnjoined(joined, Text.SHORT));
        }
        assertEquals("ab", Text.checkUnjoined("ab", Text.SHORT));
    }

    @Test
    void lengthCountsCodePoints() throws MalformedException {
        Text.check("🎫".repeat(80), Text.SHORT);
        assertThrows(MalformedException.class, () -> Text.check("x".repeat(81), Text.SHORT));
        Text.check("x".repeat(2000), Text.LONGEST);
        assertThrows(MalformedException.class, () -> Text.check("x".repeat(2001), Text.LONGEST));
    }

    @Test
    void idsAndLanguageTags() throws MalformedException {
        Text.id("a");
        Text.id("bus-2027");
        Text.id("a".repeat(32));
        Text.language("pt-BR");
        for (String bad : new String[] {"", "-a", "a-", "A", "ä", "a_b", "a".repeat(33), "a\n"}) {
            assertThrows(MalformedException.class, () -> Text.id(bad));
        }
        for (String bad : new String[] {"", "e", "EN", "en-us", "en_US", "engl", "en-US-x", "en\n"}) {
            assertThrows(MalformedException.class, () -> Text.language(bad));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2199-12-31T23:59:59Z"})
    void timesPrintToThemselves(String text) throws MalformedException {
        assertEquals(text, Time.print(Time.parse(text)));
        assertEquals(Instant.parse(text), Time.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-12-31T23:59:60Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00+00:00", "2026-01-01t00:00:00z", "2026-01-01 00:00:00Z", "2026-1-1T00:00:00Z", "",
        "2026-01-01T00:00:00Z\n", "２０２６-01-01T00:00:00Z"})
    void refusesOtherTimes(String text) {
        assertThrows(MalformedException.class, () -> Time.parse(text));
    }

    @Test
    void timesThatHaveNoFormAreAProgrammersError() {
        assertThrows(IllegalArgumentException.class, () -> Time.print(Instant.parse("2019-12-31T23:59:59Z")));
        assertThrows(IllegalArgumentException.class, () -> Time.print(Instant.parse("2200-01-01T00:00:00Z")));
        assertThrows(IllegalArgumentException.class, () -> Time.print(Instant.parse("2026-01-01T00:00:00.5Z")));
    }

    @Test
    void hexIsLowerCaseAndOfTheRightLength() throws MalformedException {
        assertArrayEquals(new byte[] {0, (byte) 0xab}, Hex.parse("00ab", 2));
        for (String bad : new String[] {"00AB", "00a", "00abc", "0x00", "00a ", "", "00ag"}) {
            assertThrows(MalformedException.class, () -> Hex.parse(bad, 2));
        }
    }

    @Test
    void proquintsAreThoseOfTheirAuthorsExamples() throws MalformedException {
        // 127.0.0.1, 63.84.220.193 and 63.118.7.35 are the well-known examples.
        Hash hash = Hash.parse("7f0000013f54dcc13f760723ffff0000" + "0".repeat(32));
        assertEquals("lusab-babad-gutih-tugad-gutuk-bisog-zuzuz-babab", Proquint.words(hash));
    }

    @Test
    void numbersThatDoNotFitAreAProgrammersError() {
        assertArrayEquals(new byte[] {0, 0, 1, 2}, Bytes.i2osp(258, 4));
        assertThrows(IllegalArgumentException.class, () -> Bytes.i2osp(256, 1));
        assertThrows(IllegalArgumentException.class, () -> Bytes.i2osp(-1, 8));
        assertArrayEquals("safeconduct/1/stamp\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII), Bytes.label("stamp"));
    }
}
