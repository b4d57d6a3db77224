package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.wire.Base45;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A hundred thousand changed codes: none crashes, none hangs, none is accepted, and nothing is thrown but the two
 * exceptions for it. Most die in parsing; what does not is verified up to a number that keeps the run short.
 */
class MutationTest {
    private final City city = new City();
    private final Seeded random = new Seeded("mutations");
    private int parsed;
    private int verified;

    /** One attempt with changed bytes. */
    private interface Attempt {
        void on(byte[] changed) throws MalformedException, VerificationException;
    }

    private void mutate(String what, int times, byte[] valid, Attempt attempt) {
        parsed = 0;
        verified = 0;
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] changed = mutation(valid);
            if (Arrays.equals(changed, valid)) {
                continue;
            }
            try {
                attempt.on(changed);
            } catch (MalformedException | VerificationException e) {
                refused++;
            }
        }
        System.out.printf("mutations of a %s: %d, refused by an exception %d, parsed %d, verified %d%n", what, times, refused,
                parsed, verified);
    }

    private byte[] mutation(byte[] valid) {
        byte[] bytes = valid.clone();
        // Half of the changes fall into the first 32 bytes, where heads and small fields are.
        int at = random.below(random.below(2) == 0 ? Math.min(32, bytes.length) : bytes.length);
        return switch (random.below(8)) {
            case 0, 1 -> {
                bytes[at] ^= (byte) (1 << random.below(8));
                yield bytes;
            }
            case 2 -> {
                bytes[at] = (byte) random.below(256);
                yield bytes;
            }
            case 3 -> Bytes.join(Arrays.copyOf(bytes, at), new byte[] {(byte) random.below(256)},
                    Arrays.copyOfRange(bytes, at, bytes.length));
            case 4 -> Bytes.join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> Bytes.join(bytes, Arrays.copyOf(bytes, at));
            default -> {
                int other = random.below(bytes.length);
                byte kept = bytes[at];
                bytes[at] = bytes[other];
                bytes[other] = kept;
                yield bytes;
            }
        };
    }

    /** Counts what was parsed; true for the first so many, which are verified too. */
    private boolean isToBeVerified(int most) {
        parsed++;
        verified += parsed <= most ? 1 : 0;
        return parsed <= most;
    }

    @Test
    void changedShowingsAreNeverAccepted() {
        Question asked = city.gateQuestion(City.NOON, "gate");
        Showing stamped = City.showAnyway(city.travelPass(), asked, 0, City.NOON, new Seeded("s"));
        Checker gate = Checker.asking(Optional.of(city.known()), asked, true, List.of());
        assertInstanceOf(Verdict.Accepted.class, gate.check(stamped.bytes(), City.NOON));
        mutate("showing with a stamp", 30_000, stamped.bytes(), changed -> verify(gate, changed));
        Showing plain = City.showAnyway(city.travelPass(), city.defaultOf(city.travel), 0, City.NOON, new Seeded("s"));
        Checker door = Checker.byDefault(Optional.of(city.known()), List.of(city.travel), true, List.of());
        mutate("showing", 20_000, plain.bytes(), changed -> verify(door, changed));
        mutate("showing's text", 10_000, Utf8.print(plain.text()), changed ->
                verify(door, Code.SHOWING.parse(Utf8.parse(changed))));
    }

    private void verify(Checker checker, byte[] changed) throws MalformedException {
        Showing.parse(changed);
        if (isToBeVerified(1500)) {
            Verdict verdict = checker.check(changed, City.NOON);
            assertInstanceOf(Verdict.Refused.class, verdict);
        }
    }

    @Test
    void changedQuestionsAreNeverPutToTheHolder() throws Exception {
        Question asked = city.gateQuestion(City.NOON, "gate");
        Pass pass = city.travelPass();
        KnownRegister known = city.known();
        byte[] bytes = Base45.parse(asked.text().substring(5));
        mutate("signed question", 15_000, bytes, changed -> {
            Question question = Question.parse("SCQ1:" + Base45.print(changed));
            if (isToBeVerified(10_000)) {
                assertInstanceOf(NoAnswer.class, Consent.of(question, 0, pass, known, City.NOON));
            }
        });
    }

    @Test
    void changedRequestsAreNeverSigned() {
        PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
        Issuer issuer = city.issuer(city.today);
        mutate("pass request", 8_000, pending.request().commitment().toBytes(), changed -> {
            PassRequest request = PassRequest.parse(city.today, changed);
            if (isToBeVerified(2000)) {
                issuer.verify(request);
                fail("a changed request was taken");
            }
        });
    }

    @Test
    void changedGrantsAreNeverReceived() throws Exception {
        PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
        PassGrant grant = city.issuer(city.today).issue(pending.request(), City.row("Mo"), City.VALUES);
        byte[] values = Utf8.print(String.join("\n", City.VALUES));
        byte[] all = Bytes.join(grant.signatureBytes(), grant.entropyBytes(), values);
        mutate("pass grant", 8_000, all, changed -> {
            int length = Math.max(112, changed.length);
            byte[] padded = Arrays.copyOf(changed, length);
            List<String> said = List.of(Utf8.parse(Arrays.copyOfRange(padded, 112, length)).split("\n", -1));
            PassGrant other = PassGrant.parse(city.today, Arrays.copyOf(padded, 80), Arrays.copyOfRange(padded, 80, 112), said);
            if (isToBeVerified(2000)) {
                pending.receive(other);
                fail("a changed grant was received");
            }
        });
    }

    @Test
    void changedSetUpsAndExchangesAreReadOrRefused() throws Exception {
        PairingSecret secret = PairingSecret.create(new Seeded("pairing"));
        Ask ride = new Ask(city.travel, List.of(0, 1), OptionalInt.of(0));
        DoorSetup setup = DoorSetup.signed(city.register().officeLeaf(), "https://office.example", DoorSetup.Mode.FRESH, ride, true,
                city.gate, OptionalInt.of(1), city.askerKey, Optional.of(secret));
        mutate("door set-up", 4_000, Base45.parse(setup.text().substring(5)), changed -> {
            DoorSetup read = DoorSetup.parse("SCD1:" + Base45.print(changed));
            assertEquals("SCD1:" + Base45.print(changed), read.text());
            parsed++;
        });
        StampBook book = StampBook.of(city.today, 0);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[Stamp.LENGTH];
            random.nextBytes(bytes);
            book.record(new Stamp(city.today, 0, bytes));
        }
        byte[] exchange = Base45.parse(book.exchange().getFirst().text(secret).substring(5));
        mutate("stamp book exchange", 5_000, exchange, changed -> {
            StampExchange.parse("SCB1:" + Base45.print(changed), secret);
            fail("a changed exchange was taken");
        });
    }
}
