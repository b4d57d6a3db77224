package org.safeconduct.core.register;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

class CheckpointTest {
    private static final Register REGISTER = Example.register();
    private static final Checkpoint SIGNED = Example.checkpoint(REGISTER);
    private static final String NOTE = SIGNED.toString();

    @Test
    void aCheckpointPrintsToItsBytesAndVerifies() throws Exception {
        Checkpoint parsed = Checkpoint.parse(SIGNED.print());
        assertArrayEquals(SIGNED.print(), parsed.print());
        parsed.verify(REGISTER);
        assertEquals(Optional.of(Instant.parse("2027-01-20T06:00:00Z")), parsed.cosignedAt(REGISTER.office()));
        assertEquals(9, parsed.size());
        assertEquals(REGISTER.root(), parsed.root());
    }

    static List<String> malformed() {
        String[] lines = NOTE.split("\n");
        String odd = lines[2].substring(0, 42) + (char) (lines[2].charAt(42) + 1) + "=";
        return List.of("", "\n", NOTE.substring(0, NOTE.length() - 1), NOTE + "\n", "\n" + NOTE, NOTE + lines[4] + "\n", NOTE + lines[5] + "\n",
                NOTE.replace("\n9\n", "\n09\n"), NOTE.replace("\n9\n", "\n0\n"), NOTE.replace("\n9\n", "\n+9\n"),
                NOTE.replace("\n9\n", "\n100001\n"), NOTE.replace("\n9\n", "\n\n"), NOTE.replace("\n9\n", "\n9 \n"), NOTE.replace("\n9\n", "\n９\n"),
                NOTE.replace(lines[2], lines[2].replace("=", "")), NOTE.replace(lines[2], odd), NOTE.replace(lines[2], lines[2] + "="),
                NOTE.replace(lines[2], "AAAA"), NOTE.replace("\n\n", "\nextension\n\n"), NOTE.replace("\n\n", "\n"), NOTE.replace("\n\n", "\n\n\n"),
                NOTE.replace("\u2014 ", "- "), NOTE.replace("\u2014 ", "\u2014  "), NOTE.replace("\u2014 ", "\u2014"), NOTE + "\u2014 a+b AAAAAAA=\n",
                NOTE + "\u2014 name AAAAAA==\n", NOTE + "\u2014 name\n", NOTE + "\u2014 na me AAAAAAA=\n", NOTE + "\u2014 na\u00a0me AAAAAAA=\n",
                NOTE + "\u2014 name AAAAAAB=\n", NOTE.replace("\n", "\r\n"), NOTE.replace("pass.", "Pass."), lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n\n",
                NOTE + "\u2014 name " + Base64.getEncoder().encodeToString(new byte[3000]) + "\n");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesOtherForms(String note) {
        assertThrows(MalformedException.class, () -> Checkpoint.parse(Utf8.print(note)));
    }

    @Test
    void linesOfUnknownSignersAreKeptAndIgnored() throws Exception {
        String note = NOTE + "\u2014 witness.example AAAAAAA=\n\u2014 " + Example.ORIGIN + " AAAAAAA=\n";
        Checkpoint parsed = Checkpoint.parse(Utf8.print(note));
        parsed.verify(REGISTER);
        assertEquals(note, parsed.toString());
    }

    @Test
    void onlyTheRegisterKeyOfThatSizeSigns() throws Exception {
        Register rotated = REGISTER.append(Example.KEY);
        Checkpoint.sign(rotated, Example.SECOND_REGISTER_KEY).verify(rotated);
        assertThrows(VerificationException.class, () -> Checkpoint.sign(rotated, Example.REGISTER_KEY).verify(rotated));
        assertThrows(VerificationException.class, () -> Checkpoint.sign(REGISTER, Example.SECOND_REGISTER_KEY).verify(REGISTER));
        assertThrows(VerificationException.class, () -> Checkpoint.sign(REGISTER, Example.COSIGN_KEY).verify(REGISTER));
        assertThrows(VerificationException.class, () -> SIGNED.verify(rotated));
        assertThrows(VerificationException.class, () -> SIGNED.verify(Example.register(Example.lines().subList(0, 8))));
        String cosignatureOnly = NOTE.replace(NOTE.split("\n")[4] + "\n", "");
        assertThrows(VerificationException.class, () -> Checkpoint.parse(Utf8.print(cosignatureOnly)).verify(REGISTER));
    }

    @Test
    void aCosignatureThatDoesNotVerifySpoilsTheNote() throws Exception {
        Checkpoint other = Checkpoint.sign(Example.register(Example.lines().subList(0, 8)), Example.REGISTER_KEY)
                .cosign(Example.COSIGN_KEY, Example.NOW);
        String swapped = NOTE.replace(NOTE.split("\n")[5], other.toString().split("\n")[5]);
        assertThrows(VerificationException.class, () -> Checkpoint.parse(Utf8.print(swapped)).verify(REGISTER));
        Checkpoint stranger = Checkpoint.sign(REGISTER, Example.REGISTER_KEY).cosign(Example.key(9), Example.NOW);
        stranger.verify(REGISTER);
        assertEquals(Optional.empty(), stranger.cosignedAt(REGISTER.office()));
        assertThrows(IllegalArgumentException.class, () -> SIGNED.cosign(Example.COSIGN_KEY, Instant.EPOCH));
    }

    @Test
    void aNewCosignatureTakesThePlaceOfTheOld() throws Exception {
        Checkpoint renewed = SIGNED.cosign(Example.COSIGN_KEY, Example.NOW);
        assertEquals(Optional.of(Example.NOW), renewed.cosignedAt(REGISTER.office()));
        assertEquals(NOTE.split("\n").length, renewed.toString().split("\n").length);
    }

    /** 100,000 changed notes: malformed, or not verified where they say something else; changed signatures are tried now and then. */
    @Test
    void mutatedNotesDoNotVerifyAsSomethingElse() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Mutation.of(SIGNED.print(), random);
            try {
                Checkpoint parsed = Checkpoint.parse(bytes);
                assertArrayEquals(bytes, parsed.print());
                if (!saysTheSame(parsed)) {
                    assertThrows(VerificationException.class, () -> parsed.verify(REGISTER));
                } else if (i % 8 == 0) {
                    parsed.verify(REGISTER);
                }
            } catch (MalformedException | VerificationException e) {
                // The only other outcomes.
            }
        }
        assertDoesNotThrow(() -> SIGNED.verify(REGISTER));
    }

    private static boolean saysTheSame(Checkpoint parsed) {
        return parsed.root().equals(SIGNED.root()) && parsed.size() == SIGNED.size() && parsed.origin().equals(SIGNED.origin());
    }
}
