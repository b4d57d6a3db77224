package org.safeconduct.core.pass;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A fuzz target for every parser of passes, questions, showings and the codes around them: whatever the bytes, they are
 * refused, or make a value that prints to the same bytes. Searches as {@code ParserFuzzTest} says.
 */
class PassFuzzTest {
    private static final City CITY = new City();
    private static final PairingSecret SECRET = PairingSecret.create(new Seeded("fuzz"));

    private interface Parser {
        /** Returns what the parsed value prints. */
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

    private static String text(Code kind, byte[] bytes) throws MalformedException {
        if (bytes.length > 4096) {
            throw new MalformedException("Too long.");
        }
        return kind.print(bytes);
    }

    @FuzzTest(maxDuration = "10s")
    void showing(byte[] bytes) {
        check(bytes, in -> Showing.parse(in).bytes());
    }

    @FuzzTest(maxDuration = "10s")
    void question(byte[] bytes) {
        check(bytes, in -> Code.QUESTION.parse(Question.parse(text(Code.QUESTION, in)).text()));
    }

    @FuzzTest(maxDuration = "10s")
    void doorSetup(byte[] bytes) {
        check(bytes, in -> Code.DOOR.parse(DoorSetup.parse(text(Code.DOOR, in)).text()));
    }

    @FuzzTest(maxDuration = "10s")
    void exchange(byte[] bytes) {
        check(bytes, in -> Code.STAMP_BOOK.parse(StampExchange.parse(text(Code.STAMP_BOOK, in), SECRET).text(SECRET)));
    }

    @FuzzTest(maxDuration = "10s")
    void stampBook(byte[] bytes) {
        check(bytes, in -> StampBook.parse(in).toBytes());
    }

    @FuzzTest(maxDuration = "10s")
    void request(byte[] bytes) {
        check(bytes, in -> PassRequest.parse(CITY.today, in).commitment().toBytes());
    }

    @FuzzTest(maxDuration = "10s")
    void grant(byte[] bytes) {
        check(bytes, in -> {
            byte[] entropy = Arrays.copyOfRange(in, Math.min(80, in.length), Math.max(80, in.length));
            PassGrant grant = PassGrant.parse(CITY.today, Arrays.copyOf(in, 80), entropy, List.of());
            return Bytes.join(grant.signatureBytes(), grant.entropyBytes());
        });
    }

    @FuzzTest(maxDuration = "10s")
    void pass(byte[] bytes) {
        check(bytes, in -> Pass.parse(in, CITY.register()).toBytes());
    }

    @FuzzTest(maxDuration = "10s")
    void pendingPass(byte[] bytes) {
        check(bytes, in -> PendingPass.parse(in, CITY.register()).toBytes());
    }

    @FuzzTest(maxDuration = "10s")
    void offer(byte[] bytes) {
        Hash office = CITY.register().officeLeaf();
        check(bytes, in -> {
            Offer offer = Offer.parse(new String(in, StandardCharsets.ISO_8859_1));
            Offer again = Offer.parse(offer.text());
            return offer.equals(again) && offer.isOf(office) == again.isOf(office) ? in : new byte[0];
        });
    }
}
