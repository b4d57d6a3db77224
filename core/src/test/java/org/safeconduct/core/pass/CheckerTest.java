package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Register;

/** Every reason of spec/pass.md section 5.4, and the order of section 5.2. */
class CheckerTest extends AtTheDoor {
    /** The same showing with other fields, as somebody who draws codes would make it. */
    private static Showing with(Showing s, long epoch, long step, int ask, List<String> disclosed) {
        return new Showing(s.form(), epoch, step, java.util.Arrays.copyOfRange(s.bytes(), q(s), q(s) + 4), ask, disclosed,
                s.stamp(), s.proof());
    }

    private static int q(Showing s) {
        // Version, form, epoch below 24, step in five bytes, head of q.
        return s.form() == Form.LIVE ? 1 + 1 + 1 + 1 + 5 + 1 : 1 + 1 + 1 + 1 + 1 + 1;
    }

    @Test
    void whatIsNoShowingIsNoPass() {
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check("VALID", City.NOON));
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check(new byte[0], City.NOON));
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check("https://example.org/pass", City.NOON));
    }

    @Test
    void aProofUnderAnotherKeyIsNoPass() {
        // The same values, issued for tomorrow, claimed for today.
        Showing showing = show(city.pass(city.tomorrow, City.VALUES, "Mo"), usual);
        int today = city.register().find(city.today, org.safeconduct.core.register.Epoch.class).orElseThrow().position();
        Showing claimed = with(showing, today, showing.step(), 0, showing.disclosed());
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check(claimed.bytes(), City.NOON));
    }

    @Test
    void showingOfAnotherSchemeIsToldSo() {
        assertRefused(Refusal.OTHER_SCHEME,
                usualDoor().check(show(city.mealPass(), city.defaultOf(city.meal)).text(), City.NOON));
    }

    @Test
    void showingOfNoEpochIsRefusedByAYoungRegisterOnly() {
        Showing showing = show(pass, usual);
        for (long position : new long[] {0, city.register().size(), Register.LONGEST, (1L << 53) - 1}) {
            byte[] none = with(showing, position, showing.step(), 0, showing.disclosed()).bytes();
            assertRefused(Refusal.UNKNOWN_EPOCH, usualDoor().check(none, City.NOON));
            Instant old = City.NOON.plus(Duration.ofHours(23));
            assertEquals(new Verdict.CannotTell(Doubt.REGISTER_OLD), usualDoor().check(none, old));
            assertRefused(Refusal.UNKNOWN_EPOCH, usualDoor().check(none, old.minusSeconds(1)));
        }
    }

    @Test
    void checkerWithoutRegisterCannotTell() {
        Checker door = Checker.byDefault(Optional.empty(), List.of(city.travel), false, List.of());
        assertEquals(new Verdict.CannotTell(Doubt.REGISTER_MISSING), door.check(show(pass, usual).text(), City.NOON));
        door.update(city.known());
        assertAccepted(door.check(show(pass, usual).text(), City.NOON));
    }

    @Test
    void checkerBehindATimeItHasSeenCannotTell() {
        Checker door = usualDoor();
        Showing showing = show(pass, usual);
        assertEquals(new Verdict.CannotTell(Doubt.CLOCK_BEHIND),
                door.check(showing.text(), City.NOON.minus(Duration.ofHours(1)).minusSeconds(1)), "behind the cosignature");
        assertRefused(Refusal.CODE_EXPIRED, door.check(showing.text(), City.plusSeconds(600)));
        assertEquals(new Verdict.CannotTell(Doubt.CLOCK_BEHIND), door.check(showing.text(), City.NOON), "behind its own clock");
        door.update(city.known());
        assertEquals(new Verdict.CannotTell(Doubt.CLOCK_BEHIND), door.check(showing.text(), City.NOON), "a fetch changes nothing");
    }

    @Test
    void checkerIsWellAgainWhenAClockThatWasFarAheadIsSetRight() {
        Checker door = usualDoor();
        Showing showing = show(pass, usual);
        door.check(showing.text(), City.NOON.plus(Duration.ofDays(7_000)));
        assertAccepted(door.check(showing.text(), City.NOON));
    }

    @Test
    void answersToOtherQuestionsAreRefused() {
        Question other = city.gateQuestion(City.NOON, "other gate");
        assertRefused(Refusal.OTHER_QUESTION,
                doorFor(city.gateQuestion(City.NOON, "gate")).check(show(pass, other).text(), City.NOON));
        Showing showing = show(pass, usual);
        byte[] otherAsk = with(showing, showing.epoch(), showing.step(), 1, showing.disclosed()).bytes();
        assertRefused(Refusal.OTHER_QUESTION, usualDoor().check(otherAsk, City.NOON));
    }

    @Test
    void attack5DowngradeToTheUnstampedAnswerIsRefused() {
        assertRefused(Refusal.OTHER_QUESTION,
                doorFor(city.gateQuestion(City.NOON, "gate")).check(show(pass, usual).text(), City.NOON));
    }

    @Test
    void valuesThatAreNoneAreRefusedBeforeTheProof() {
        Showing showing = show(pass, usual);
        for (List<String> values : List.of(List.of("Resident"), List.of("resident "), List.of("resident\u200b"),
                List.of("nobody"), List.<String>of(), List.of("resident", "M"))) {
            byte[] changed = with(showing, showing.epoch(), showing.step(), 0, values).bytes();
            assertRefused(Refusal.VALUE_NOT_ALLOWED, usualDoor().check(changed, City.NOON));
        }
        byte[] lie = with(showing, showing.epoch(), showing.step(), 0, List.of("worker")).bytes();
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check(lie, City.NOON));
    }

    @Test
    void aStampThatIsMissingOrUnaskedIsToldOnlyOfARealPass() {
        Question asked = city.gateQuestion(City.NOON, "gate");
        Showing withStamp = show(pass, asked);
        // The same question answered without a stamp: a wallet that takes liberties.
        Showing without = unstamped(asked);
        assertRefused(Refusal.STAMP_MISSING, doorFor(asked).check(without.bytes(), City.NOON));
        // Cutting the stamp off an honest showing breaks the proof.
        Showing cut = new Showing(Form.LIVE, withStamp.epoch(), withStamp.step(), asked.q(), 0, withStamp.disclosed(),
                Optional.empty(), withStamp.proof());
        assertRefused(Refusal.NOT_A_PASS, doorFor(asked).check(cut.bytes(), City.NOON));
        for (int scope : new int[] {0, 1}) {
            assertRefused(Refusal.STAMP_UNASKED, usualDoor().check(stamped(usual, scope).bytes(), City.NOON));
        }
        assertRefused(Refusal.STAMP_UNASKED, doorFor(asked).check(stamped(asked, 1).bytes(), City.NOON));
    }

    private Showing unstamped(Question question) {
        return answered(question, OptionalInt.empty());
    }

    private Showing stamped(Question question, int scope) {
        return answered(question, OptionalInt.of(scope));
    }

    /** Answers a question with a stamp of the wallet's choosing, bound to the question as asked. */
    private Showing answered(Question question, OptionalInt scope) {
        return pass.prove(question, 0, question.step(City.NOON), scope, new Seeded("liberty"));
    }

    @Test
    void showingIsRefusedAfterItsTimeStep() {
        Showing showing = show(pass, usual);
        long step = 30 * showing.step();
        for (long second : new long[] {-30, 0, 119}) {
            assertAccepted(usualDoor().check(showing.text(), Instant.ofEpochSecond(step + second)));
        }
        assertRefused(Refusal.CODE_EXPIRED, usualDoor().check(showing.text(), Instant.ofEpochSecond(step + 120)));
        assertRefused(Refusal.CODE_EARLY, usualDoor().check(showing.text(), Instant.ofEpochSecond(step - 31)));
    }

    @Test
    void onlyAProofThatVerifiedIsCalledExpiredOrEarly() {
        Showing showing = show(pass, usual);
        for (long step : new long[] {0, showing.step() - 1, showing.step() + 1, (1L << 53) - 1}) {
            byte[] redated = with(showing, showing.epoch(), step, 0, showing.disclosed()).bytes();
            assertRefused(Refusal.NOT_A_PASS, usualDoor().check(redated, City.NOON));
        }
    }

    @Test
    void attack6ASavedCodeIsNoAnswerToAFreshQuestion() {
        Question asked = city.gateQuestion(City.NOON, "gate");
        Showing saved = show(pass, asked);
        Checker door = doorFor(asked);
        Question next = city.gateQuestion(City.plusSeconds(30), "gate 2");
        door.ask(next, City.plusSeconds(30));
        assertAccepted(door.check(saved.text(), City.plusSeconds(89)));
        Checker later = doorFor(asked);
        later.ask(next, City.plusSeconds(30));
        assertRefused(Refusal.OTHER_QUESTION, later.check(saved.text(), City.plusSeconds(90)));
    }

    @Test
    void theAnswerToAFreshQuestionHasTheStepOfTheQuestion() {
        Question asked = city.gateQuestion(City.NOON, "gate");
        assertEquals(Showing.step(City.NOON), city.show(pass, asked, 0, City.plusSeconds(90), new Seeded("s")).step());
        // A wallet that takes its own clock instead.
        Showing early = pass.prove(asked, 0, Showing.step(City.NOON) + 1, OptionalInt.of(0), new Seeded("s"));
        Showing late = pass.prove(asked, 0, Showing.step(City.NOON) - 1, OptionalInt.of(0), new Seeded("s"));
        assertRefused(Refusal.CODE_EARLY, doorFor(asked).check(early.bytes(), City.NOON));
        assertRefused(Refusal.CODE_EXPIRED, doorFor(asked).check(late.bytes(), City.NOON));
    }

    @Test
    void p7NothingIsAcceptedWhenEpochOrSchemeAreNotValid() {
        Showing next = City.showAnyway(city.pass(city.tomorrow, City.VALUES, "Mo"), usual, 0, City.NOON, new Seeded("s"));
        assertRefused(Refusal.EPOCH_NOT_YET, usualDoor().check(next.text(), City.NOON));
        Showing spare = show(city.pass(city.spare, City.VALUES, "Mo"), usual);
        assertRefused(Refusal.EPOCH_SPARE, usualDoor().check(spare.text(), City.NOON));
        Instant night = City.DAY.plus(Duration.ofDays(1));
        assertRefused(Refusal.EPOCH_OVER, usualDoor().check(City.showAnyway(pass, usual, 0, night, new Seeded("s")).text(), night));
        Instant sunset = City.DAY.plus(Duration.ofDays(300));
        assertRefused(Refusal.SCHEME_OVER, usualDoor().check(City.showAnyway(pass, usual, 0, sunset, new Seeded("s")).text(), sunset));
        city.stop(city.today, City.NOON);
        assertRefused(Refusal.EPOCH_STOPPED, usualDoor().check(show(pass, usual).text(), City.NOON));
        assertAccepted(usualDoor().check(spare.text(), City.NOON));
        city.close(city.tomorrow);
        assertRefused(Refusal.EPOCH_CLOSED, usualDoor().check(next.text(), City.NOON));
        city.stop(city.travel, City.NOON);
        assertRefused(Refusal.SCHEME_STOPPED, usualDoor().check(spare.text(), City.NOON));
    }

    @Test
    void p7OfficeThatDoesNotPublishItsKeysIsSuspended() {
        city.epoch(city.travel, 61, false, 61, 4096);
        Pass late = city.pass(city.register().at(city.register().size() - 1).leaf(), City.VALUES, "Mo");
        Instant then = City.DAY.plus(Duration.ofDays(61)).plusSeconds(60);
        assertRefused(Refusal.EPOCH_SUSPENDED, usualDoor().check(City.showAnyway(late, usual, 0, then, new Seeded("s")).text(), then));
    }

    @Test
    void stateIsSaidBeforeTheStepAndBothOnlyOfAProofThatVerified() {
        Showing showing = show(pass, usual);
        Instant night = City.DAY.plus(Duration.ofDays(1));
        assertRefused(Refusal.EPOCH_OVER, usualDoor().check(showing.text(), night));
        byte[] redated = with(showing, showing.epoch(), Showing.step(night), 0, showing.disclosed()).bytes();
        assertRefused(Refusal.NOT_A_PASS, usualDoor().check(redated, night));
    }

    @Test
    void specimenIsNeverGreen() {
        Checker door = Checker.byDefault(Optional.of(city.known()), List.of(city.trial), false, List.of());
        Showing showing = show(city.pass(city.trialToday, City.VALUES, "Mo"), city.defaultOf(city.trial));
        assertEquals(new Verdict.Specimen(Form.LIVE, city.scheme(city.trial)), door.check(showing.text(), City.NOON));
        assertRefused(Refusal.CODE_EXPIRED, door.check(showing.text(), City.plusSeconds(600)));
    }

    @Test
    void attack1FormsAreRefusedAsEachOther() {
        // With and without a stamp, live and paper, ask by ask: each proof holds for its own form alone.
        Question two = Question.freshUnsigned(List.of(Ask.defaultOf(city.meal, city.scheme(city.meal)),
                Ask.defaultOf(city.travel, city.scheme(city.travel))), city.tip(), City.NOON, new Seeded("two"));
        Showing second = City.showAnyway(pass, two, 1, City.NOON, new Seeded("s"));
        assertAccepted(doorFor(two).check(second.text(), City.NOON));
        byte[] asFirst = with(second, second.epoch(), second.step(), 0, second.disclosed()).bytes();
        assertRefused(Refusal.OTHER_QUESTION, doorFor(two).check(asFirst, City.NOON));
    }

    @Test
    void posterIsAskedBetweenItsTimesOnly() {
        Ask ask = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        Instant end = City.plusSeconds(3600);
        Question poster = Question.staticSigned(ask, city.gate, OptionalInt.empty(), City.NOON, end, city.tip(), city.askerKey,
                new Seeded("poster"));
        assertAccepted(doorFor(poster).check(show(pass, poster).text(), City.NOON));
        Showing last = City.showAnyway(pass, poster, 0, end, new Seeded("s"));
        assertAccepted(doorFor(poster).check(last.text(), end));
        assertRefused(Refusal.OTHER_QUESTION, doorFor(poster).check(last.text(), end.plusSeconds(1)));
    }

    @Test
    void p10EveryReasonHasASentenceForTheDoorAndANextStepAndBlamesNobody() {
        Stream<String> sentences = Stream.concat(
                Stream.of(Refusal.values()).flatMap(r -> Stream.of(r.door(), r.holder())),
                Stream.of(Doubt.values()).flatMap(d -> Stream.of(d.door(), d.holder())));
        Set<String> alarms = Set.of("police", "fake", "forged", "fraud", "stolen", "alarm", "stop the", "arrest", "report", "you ");
        sentences.forEach(sentence -> {
            assertTrue(sentence.matches("[A-Z].*\\."), sentence);
            assertTrue(alarms.stream().noneMatch(sentence.toLowerCase(java.util.Locale.ROOT)::contains), sentence);
        });
        assertEquals(20, EnumSet.allOf(Refusal.class).size());
    }

    @Test
    void aQuestionOfOnesOwnIsStaticOrFresh() {
        assertThrows(IllegalArgumentException.class, () -> doorFor(usual));
        Question tooMuch = Question.freshUnsigned(List.of(new Ask(city.travel, List.of(0, 3), OptionalInt.empty())), city.tip(),
                City.NOON, new Seeded("q"));
        assertThrows(IllegalArgumentException.class, () -> doorFor(tooMuch), "not permitted");
        assertThrows(IllegalArgumentException.class, () -> usualDoor().ask(city.gateQuestion(City.NOON, "g"), City.NOON));
    }
}
