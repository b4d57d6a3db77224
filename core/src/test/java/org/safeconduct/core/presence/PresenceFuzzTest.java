package org.safeconduct.core.presence;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A fuzz target for every parser of presence: whatever the bytes, they are refused or print as the same bytes. Runs its
 * first inputs in every build; with {@code JAZZER_FUZZ=1} and one test chosen it searches.
 */
class PresenceFuzzTest {
    private static final Ed25519Key SIGNING = Example.key(5).publicKey();
    private static final SecureRandom RANDOM = new SecureRandom();

    private interface Parser {
        byte[] reprint(byte[] bytes) throws MalformedException, VerificationException;
    }

    private static void check(byte[] bytes, Parser parser) {
        byte[] printed;
        try {
            printed = parser.reprint(bytes);
        } catch (MalformedException | VerificationException e) {
            return;
        }
        if (!Arrays.equals(bytes, printed)) {
            throw new AssertionError("A parser accepted what it would not print.");
        }
    }

    @FuzzTest(maxDuration = "10s")
    void venueCode(byte[] bytes) {
        check(bytes, in -> VenueCode.parse(in).bytes());
    }

    @FuzzTest(maxDuration = "10s")
    void tracingSheet(byte[] bytes) {
        check(bytes, in -> {
            String text = new String(in, StandardCharsets.ISO_8859_1);
            TracingSheet sheet = TracingSheet.parse(text);
            return sheet.text().equals(text.strip()) ? in : new byte[0];
        });
    }

    @FuzzTest(maxDuration = "10s")
    void upload(byte[] bytes) {
        check(bytes, in -> {
            Upload once = Upload.parse(in, RANDOM); // people and programs may write it in any order and with white space
            return once.equals(Upload.parse(once.print(), RANDOM)) ? in : new byte[0];
        });
    }

    @FuzzTest(maxDuration = "10s")
    void token(byte[] bytes) {
        check(bytes, in -> Utf8.print(UploadToken.parse(new String(in, StandardCharsets.ISO_8859_1)).text()));
    }

    @FuzzTest(maxDuration = "10s")
    void diary(byte[] bytes) {
        check(bytes, in -> Diary.parse(in, 14).bytes());
    }

    @FuzzTest(maxDuration = "10s")
    void warning(byte[] bytes) {
        check(bytes, in -> Warning.parse(in).bytes());
    }

    @FuzzTest(maxDuration = "10s")
    void chain(byte[] bytes) {
        check(bytes, in -> WarningChain.parse(in).bytes());
    }

    /** Nobody who does not hold the signing key gets past the signature; what comes before it must not crash. */
    @FuzzTest(maxDuration = "10s")
    void files(byte[] bytes) {
        check(bytes, in -> {
            WarningBatch.open(in, SIGNING);
            return new byte[0];
        });
        check(bytes, in -> {
            BatchIndex.open(in, SIGNING);
            return new byte[0];
        });
    }
}
