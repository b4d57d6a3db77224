package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** Forms of questions, who may ask them, and what a holder is told. */
class QuestionTest {
    private static final OptionalInt NO_STAMP = OptionalInt.empty();
    private final City city = new City();
    private final Pass pass = city.travelPass();
    private final Ask usual = Ask.defaultOf(city.travel, city.scheme(city.travel));

    private Question signed(Ask ask, Ed25519Secret key) {
        return Question.freshSigned(ask, city.gate, OptionalInt.empty(), City.NOON, city.tip(), key, new Seeded("q"));
    }

    private Question poster(Ask ask, Duration life) {
        return Question.staticSigned(ask, city.gate, OptionalInt.of(0), City.NOON, City.NOON.plus(life), city.tip(), city.askerKey,
                new Seeded("poster"));
    }

    private Reply reply(Question question, Instant now) {
        return Consent.of(question, 0, pass, city.known(), now);
    }

    @Test
    void everyFormThatIsSentComesBack() throws Exception {
        List<Ask> two = List.of(usual, Ask.defaultOf(city.meal, city.scheme(city.meal)));
        List<Question> forms = List.of(Question.staticUnsigned(two, city.tip(), new Seeded("a")),
                Question.freshUnsigned(List.of(usual), city.tip(), City.NOON, new Seeded("b")),
                poster(usual, Question.STATIC_LIFE), signed(usual, city.askerKey));
        for (Question form : forms) {
            Question back = Question.parse(form.text());
            assertEquals(form, back);
            assertEquals(form.qhash(), back.qhash());
            assertEquals(form.text(), back.text());
            assertInstanceOf(Consent.class, reply(back, City.NOON));
        }
        assertEquals(city.defaultOf(city.travel), Question.defaultOf(city.travel, city.scheme(city.travel)));
        assertNotEquals(city.defaultOf(city.travel).qhash(), city.paper().qhash());
    }

    @Test
    void theSignatureIsNotInTheHash() {
        assertEquals(signed(usual, city.askerKey).qhash(), signed(usual, City.secret("other")).qhash());
        assertNotEquals(signed(usual, city.askerKey), signed(usual, City.secret("other")));
    }

    @Test
    void defaultAndPaperQuestionsAreNeverSent() {
        assertThrows(IllegalStateException.class, () -> city.defaultOf(city.travel).text());
        assertThrows(IllegalStateException.class, () -> city.paper().text());
    }

    /** Fields of a signed fresh question: version, source, asks, asker, door, nonce, not before, not after, size, root. */
    private List<Object> fields() {
        long now = City.NOON.getEpochSecond();
        return new ArrayList<>(Arrays.asList(1, 2, List.of(usual.print()), city.gate, 1, new byte[16], now, now + 120, 5, city.gate));
    }

    private static String text(List<Object> fields, byte[] signature) {
        return Code.QUESTION.print(Cbor.array(Cbor.of(fields).print(), signature).print());
    }

    private void assertMalformed(byte[] signature, int field, Object value) {
        List<Object> fields = fields();
        fields.set(field, value);
        assertThrows(MalformedException.class, () -> Question.parse(text(fields, signature)), field + " " + value);
    }

    @Test
    void combinationsThatAreNoFormAreMalformed() throws Exception {
        byte[] signature = new byte[64];
        Question.parse(text(fields(), signature));
        assertThrows(MalformedException.class, () -> Question.parse(text(fields(), null)), "signed without signature");
        assertThrows(MalformedException.class, () -> Question.parse(text(fields(), new byte[63])));
        long now = City.NOON.getEpochSecond();
        assertMalformed(signature, 0, 2);
        for (Object source : new Object[] {0, 3, 4, null, "fresh"}) {
            assertMalformed(signature, 1, source);
        }
        Cbor other = new Ask(city.meal, List.of(0), NO_STAMP).print();
        assertMalformed(signature, 2, List.of());
        assertMalformed(signature, 2, List.of(usual.print(), other));
        assertMalformed(signature, 2, List.of(Cbor.array(city.travel, List.of(1, 0), null)));
        assertMalformed(signature, 2, List.of(Cbor.array(city.travel, List.of(0, 0), null)));
        assertMalformed(signature, 2, List.of(Cbor.array(city.travel, List.of(8), null)));
        assertMalformed(signature, 2, List.of(Cbor.array(city.travel, List.of(0), 4)));
        assertMalformed(signature, 3, null);
        assertMalformed(signature, 3, new byte[31]);
        assertMalformed(signature, 4, 200);
        assertMalformed(signature, 5, null);
        assertMalformed(signature, 5, new byte[15]);
        for (Object notAfter : new Object[] {null, now + 119, now + 121, now}) {
            assertMalformed(signature, 7, notAfter);
        }
        assertMalformed(signature, 6, null);
        assertMalformed(signature, 8, null);
        assertMalformed(signature, 8, 0);
        assertMalformed(signature, 8, 100_001);
        assertMalformed(signature, 9, null);
    }

    @Test
    void unsignedQuestionsHaveNoDoorNoSignatureAndDifferentSchemes() throws Exception {
        List<Object> fields = fields();
        fields.set(3, null);
        assertThrows(MalformedException.class, () -> Question.parse(text(fields, null)), "a door without an asker");
        fields.set(4, null);
        Question.parse(text(fields, null));
        assertThrows(MalformedException.class, () -> Question.parse(text(fields, new byte[64])));
        fields.set(2, List.of(usual.print(), usual.print()));
        assertThrows(MalformedException.class, () -> Question.parse(text(fields, null)));
        fields.set(2, List.of(usual.print()));
        fields.set(1, 1);
        assertThrows(MalformedException.class, () -> Question.parse(text(fields, null)), "an unsigned poster with times");
        fields.set(6, null);
        fields.set(7, null);
        Question.parse(text(fields, null));
    }

    @Test
    void postersLastAtMost366Days() {
        assertThrows(IllegalArgumentException.class, () -> poster(usual, Question.STATIC_LIFE.plusSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> poster(usual, Duration.ZERO));
    }

    @Test
    void attack4AnythingBeyondTheDefaultNeedsAnAskerWhoMay() {
        Ask more = new Ask(city.travel, List.of(0, 1), NO_STAMP);
        Ask year = new Ask(city.travel, List.of(0, 3), NO_STAMP);
        Ask less = new Ask(city.travel, List.of(1), NO_STAMP);
        Ask ride = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        Ask market = new Ask(city.travel, List.of(0), OptionalInt.of(1));
        assertInstanceOf(Consent.class, reply(signed(more, city.askerKey), City.NOON));
        assertInstanceOf(Consent.class, reply(signed(ride, city.askerKey), City.NOON));
        assertInstanceOf(Consent.class, reply(poster(ride, Duration.ofDays(1)), City.NOON));
        for (Ask ask : List.of(year, less, market, new Ask(city.travel, List.of(0, 7), NO_STAMP),
                new Ask(city.travel, List.of(0), OptionalInt.of(3)), Ask.defaultOf(city.meal, city.scheme(city.meal)))) {
            assertEquals(NoAnswer.NOT_PERMITTED, reply(signed(ask, city.askerKey), City.NOON), ask.toString());
        }
        assertEquals(NoAnswer.NOT_PERMITTED, reply(poster(more, Duration.ofDays(1)), City.NOON), "attributes are asked fresh");
        for (Ask ask : List.of(more, ride, less)) {
            assertEquals(NoAnswer.NOT_PERMITTED,
                    reply(Question.freshUnsigned(List.of(ask), city.tip(), City.NOON, new Seeded("q")), City.NOON));
        }
        Question door = Question.freshSigned(usual, city.gate, OptionalInt.of(2), City.NOON, city.tip(), city.askerKey,
                new Seeded("q"));
        assertEquals(NoAnswer.NOT_PERMITTED, reply(door, City.NOON), "a door it does not have");
    }

    @Test
    void attack5AStrangersPosterCollectsNoStamps() {
        Ask ride = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        assertEquals(NoAnswer.SIGNATURE_WRONG, reply(signed(ride, City.secret("stranger")), City.NOON));
        assertEquals(NoAnswer.NOT_PERMITTED,
                reply(Question.staticUnsigned(List.of(ride), city.tip(), new Seeded("q")), City.NOON));
        Question unknown = Question.freshSigned(ride, Hash.sha256(), OptionalInt.empty(), City.NOON, city.tip(), city.askerKey,
                new Seeded("q"));
        assertEquals(NoAnswer.UNKNOWN_ASKER, reply(unknown, City.NOON));
    }

    @Test
    void p8ASecondRegisterShowsAtTheFirstHonestDoor() {
        Question.Tip split = new Question.Tip(city.register().size() - 1, city.register().root());
        assertEquals(NoAnswer.REGISTERS_DIFFER, reply(signedFrom(split, city.gate, city.askerKey), City.NOON));
        Question.Tip earlier = new Question.Tip(3, city.register().rootOf(3));
        assertInstanceOf(Consent.class, reply(Question.staticUnsigned(List.of(usual), earlier, new Seeded("q")), City.NOON));
        Question.Tip later = new Question.Tip(city.register().size() + 1, Hash.sha256());
        assertInstanceOf(Consent.class, reply(Question.staticUnsigned(List.of(usual), later, new Seeded("q")), City.NOON));
    }

    @Test
    void attack5AStrangersPosterDoesNotMakeAnOfficeLookLikeTwo() {
        Question.Tip split = new Question.Tip(city.register().size() - 1, city.register().root());
        assertEquals(NoAnswer.OTHER_REGISTER,
                reply(Question.staticUnsigned(List.of(usual), split, new Seeded("q")), City.NOON));
        assertEquals(NoAnswer.SIGNATURE_WRONG, reply(signedFrom(split, city.gate, City.secret("stranger")), City.NOON));
        assertEquals(NoAnswer.OTHER_REGISTER, reply(signedFrom(split, city.today, City.secret("stranger")), City.NOON));
    }

    private Question signedFrom(Question.Tip tip, Hash asker, Ed25519Secret key) {
        return Question.freshSigned(usual, asker, OptionalInt.empty(), City.NOON, tip, key, new Seeded("q"));
    }

    @Test
    void unsignedQuestionsAreAnsweredInTheirTimeOnly() {
        Question question = Question.freshUnsigned(List.of(usual), city.tip(), City.NOON, new Seeded("q"));
        assertInstanceOf(Consent.class, reply(question, City.plusSeconds(-60)));
        assertInstanceOf(Consent.class, reply(question, City.plusSeconds(120)));
        assertEquals(NoAnswer.QUESTION_EARLY, reply(question, City.plusSeconds(-61)));
        assertEquals(NoAnswer.QUESTION_OVER, reply(question, City.plusSeconds(121)));
    }

    @Test
    void aSignedFreshQuestionCorrectsAClockThatIsBehindAndTheHolderIsTold() {
        Question question = signed(usual, city.askerKey);
        for (long wrong : new long[] {-61, -3_000, -40_000}) {
            Consent consent = assertInstanceOf(Consent.class, reply(question, City.plusSeconds(wrong)));
            assertTrue(consent.clockCorrected());
            assertEquals(City.NOON, consent.at());
        }
        assertFalse(((Consent) reply(question, City.plusSeconds(60))).clockCorrected());
        assertEquals(NoAnswer.QUESTION_OVER, reply(poster(usual, Duration.ofHours(1)), City.plusSeconds(3601)));
    }

    @Test
    void attack5AQuestionPhotographedAtADoorIsNotAnsweredLater() {
        Question question = signed(usual, city.askerKey);
        for (long later : new long[] {121, 3600, 36_000, 400_000}) {
            assertEquals(NoAnswer.QUESTION_OVER, reply(question, City.plusSeconds(later)));
        }
    }

    @Test
    void attack1AQuestionOlderThanTheRegisterCorrectsNoClock() {
        Question question = signed(usual, city.askerKey);
        Reply reply = Consent.of(question, 0, pass, city.known(City.plusSeconds(1)), City.plusSeconds(-300));
        assertEquals(NoAnswer.QUESTION_EARLY, reply);
    }

    @Test
    void p7NothingIsAnsweredWhenAskerSchemeOrEpochAreNotValid() {
        Question anytime = Question.staticUnsigned(List.of(usual), city.tip(), new Seeded("q"));
        assertEquals(NoAnswer.EPOCH_OVER, reply(anytime, City.DAY.plus(Duration.ofDays(1))));
        assertEquals(NoAnswer.EPOCH_NOT_YET, reply(anytime, City.DAY.minusSeconds(1)));
        assertInstanceOf(Consent.class, reply(city.paper(), City.DAY.minusSeconds(1)), "paper may be printed before");
        assertEquals(NoAnswer.SCHEME_OVER, reply(anytime, City.DAY.plus(Duration.ofDays(300))));
        Question poster = Question.staticSigned(usual, city.gate, OptionalInt.empty(), City.NOON,
                City.NOON.plus(Duration.ofDays(300)), city.tip(), city.askerKey, new Seeded("q"));
        assertEquals(NoAnswer.ASKER_OVER, reply(poster, City.DAY.plus(Duration.ofDays(200))));
        Question gate = signed(usual, city.askerKey);
        city.stop(city.gate, City.NOON);
        assertEquals(NoAnswer.ASKER_STOPPED, reply(gate, City.NOON));
        city.stop(city.today, City.NOON);
        assertEquals(NoAnswer.EPOCH_STOPPED, reply(anytime, City.NOON));
        city.stop(city.travel, City.NOON);
        assertEquals(NoAnswer.SCHEME_STOPPED, reply(anytime, City.NOON));
        assertEquals(NoAnswer.SCHEME_STOPPED, reply(gate, City.NOON));
    }

    @Test
    void questionsOfOtherSchemesAreNotForThisPass() {
        assertEquals(NoAnswer.OTHER_SCHEME, reply(city.defaultOf(city.meal), City.NOON));
        Ask nowhere = new Ask(city.gate, List.of(0), NO_STAMP);
        assertEquals(NoAnswer.UNKNOWN_SCHEME,
                reply(Question.staticUnsigned(List.of(nowhere), city.tip(), new Seeded("q")), City.NOON));
    }

    @Test
    void aDoorThatDoesNotSayWhoItIsHasNoName() {
        Consent consent = (Consent) reply(Question.staticUnsigned(List.of(usual), city.tip(), new Seeded("q")), City.NOON);
        assertEquals(Optional.empty(), consent.asker());
        assertEquals(Optional.empty(), consent.door());
        assertEquals(Optional.empty(), consent.stamp());
        assertEquals(3, consent.undisclosed().size());
    }
}
