package org.safeconduct.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;

class CodeTest {
    @Test
    void base45WritesTheExamplesOfRfc9285() throws MalformedException {
        assertEquals("BB8", Base45.print("AB".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("%69 VD92EX0", Base45.print("Hello!!".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("UJCLQE7W581", Base45.print("base-45".getBytes(StandardCharsets.US_ASCII)));
        assertArrayEquals("ietf!".getBytes(StandardCharsets.US_ASCII), Base45.parse("QED8WEX0"));
    }

    @Test
    void everyTextOfThreeCharactersIsRefusedOrPrintsToItself() throws MalformedException {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        int refused = 0;
        for (int i = 0; i < 45 * 45 * 45; i++) {
            String text = "" + alphabet.charAt(i % 45) + alphabet.charAt(i / 45 % 45) + alphabet.charAt(i / 2025);
            try {
                assertEquals(text, Base45.print(Base45.parse(text)));
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertEquals(45 * 45 * 45 - 65_536, refused);
    }

    @Test
    void bytesOfEveryLengthComeBack() throws MalformedException {
        Random random = new Random(5);
        for (int length = 0; length <= Cbor.LONGEST; length += 1 + length / 16) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, Code.SHOWING.parse("\r\n" + Code.SHOWING.print(bytes) + "\n\r\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCS1:0", "SCS1:0000", "SCS1:bb8", "SCS1:BB8\t", " SCS1:BB8", "SCS1:BB8 ", "SCS1:GGX", "SCS1::::", "SCS1:V5",
        "SCS1:::", "SCQ1:BB8", "scs1:BB8", "SCS1BB8", "SCS2:BB8", "BB8", "", "SCS1:BB_", "SCS1:BBé", "SCS1:BB8\nBB8", "HTTPS://X/"})
    void refuses(String text) {
        assertThrows(MalformedException.class, () -> Code.SHOWING.parse(text));
    }

    @Test
    void aSpaceIsACharacterLikeAnyOther() throws MalformedException {
        assertArrayEquals(new byte[] {0, 36}, Code.QUESTION.parse("SCQ1: 00\n"));
    }

    @Test
    void sizesAreBounded() {
        assertThrows(IllegalArgumentException.class, () -> Code.OFFER.print(new byte[Cbor.LONGEST + 1]));
        assertThrows(MalformedException.class, () -> Code.OFFER.parse("SCO1:" + Base45.print(new byte[Cbor.LONGEST + 1])));
        assertThrows(MalformedException.class, () -> Code.OFFER.parse("\n".repeat(20_000) + "SCO1:BB8"));
        assertEquals(Optional.empty(), Code.kindOf("SCO1:".repeat(5_000)));
        assertEquals(Optional.of(Code.OFFER), Code.kindOf("\nSCO1:"));
        assertEquals(Optional.empty(), Code.kindOf("HTTPS://EXAMPLE.ORG"));
    }
}
