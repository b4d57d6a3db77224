package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;

/** One right is used once: codes that are remembered, stamps, paper beside live (spec/pass.md sections 5.5 and 6). */
class UsedOnceTest extends AtTheDoor {
    @Test
    void attack6TheSameCodeTwiceIsNotASecondAdmission() {
        Checker door = usualDoor();
        Showing showing = show(pass, usual);
        assertAccepted(door.check(showing.text(), City.NOON));
        assertRefused(Refusal.CODE_SEEN, door.check("\r\n" + showing.text() + "\n", City.plusSeconds(1)));
        assertAccepted(door.check(City.showAnyway(pass, usual, 0, City.NOON, new Seeded("another")).text(), City.plusSeconds(2)));
    }

    @Test
    void attack12DoubleUseIsSeenInOneScope() {
        Question asked = city.defaultOf(city.meal);
        Checker door = Checker.byDefault(Optional.of(city.known()), List.of(city.meal), false, List.of());
        Pass meal = city.mealPass();
        Verdict.Accepted first = (Verdict.Accepted) door.check(show(meal, asked).text(), City.NOON);
        Showing second = City.showAnyway(meal, asked, 0, City.NOON, new Seeded("second"));
        assertAccepted(door.check(second.text(), City.NOON));
        door.record(first.stamp().orElseThrow());
        Showing third = City.showAnyway(meal, asked, 0, City.NOON, new Seeded("third"));
        assertRefused(Refusal.ALREADY_USED, door.check(third.text(), City.NOON));
        assertAccepted(door.check(show(city.pass(city.mealToday, City.MEAL, "Flo"), asked).text(), City.NOON));
    }

    @Test
    void attack12PairedDoorsShareOneBook() throws Exception {
        PairingSecret secret = PairingSecret.create(new Seeded("pairing"));
        Question asked = city.defaultOf(city.meal);
        Checker one = Checker.byDefault(Optional.of(city.known()), List.of(city.meal), false, List.of());
        Checker two = Checker.byDefault(Optional.of(city.known()), List.of(city.meal), false, List.of());
        Pass meal = city.mealPass();
        one.record(((Verdict.Accepted) one.check(show(meal, asked).text(), City.NOON)).stamp().orElseThrow());
        for (StampExchange part : one.book(city.mealToday, 0).exchange()) {
            two.book(city.mealToday, 0).learn(StampExchange.parse(part.text(secret), secret));
        }
        assertRefused(Refusal.ALREADY_USED, two.check(City.showAnyway(meal, asked, 0, City.NOON, new Seeded("x")).text(), City.NOON));
    }

    @Test
    void attack8PaperNeverPassesAsLive() {
        Showing paper = show(pass, city.paper());
        assertRefused(Refusal.PAPER_NOT_TAKEN, usualDoor().check(paper.text(), City.NOON));
        Verdict.Accepted accepted = (Verdict.Accepted) paperDoor().check(paper.text(), City.NOON);
        assertEquals(Form.PAPER, accepted.form());
        assertEquals(List.of("M", "02-29"), accepted.disclosed());
        // Relabelled as live, for the default and for the paper question.
        Showing live = show(pass, usual);
        for (Question question : List.of(usual, city.paper())) {
            Showing relabelled = new Showing(Form.LIVE, paper.epoch(), live.step(), question.q(), 0, paper.disclosed(),
                    paper.stamp(), paper.proof());
            assertInstanceOf(Verdict.Refused.class, paperDoor().check(relabelled.bytes(), City.NOON));
        }
        Showing asPaper = new Showing(Form.PAPER, live.epoch(), 0, city.paper().q(), 0, paper.disclosed(), paper.stamp(),
                live.proof());
        assertRefused(Refusal.NOT_A_PASS, paperDoor().check(asPaper.bytes(), City.NOON));
    }

    @Test
    void attack8PaperSharesItsStampBookWithLive() {
        Showing paper = show(pass, city.paper());
        Hash market = city.add(city.asker(city.travel, List.of(), List.of(1)));
        Question asked = Question.freshSigned(new Ask(city.travel, List.of(0), OptionalInt.of(1)), market, OptionalInt.empty(),
                City.NOON, city.tip(), city.askerKey, new Seeded("market"));
        Checker door = Checker.asking(Optional.of(city.known()), asked, true, List.of());
        Verdict.Accepted accepted = (Verdict.Accepted) door.check(paper.text(), City.NOON);
        door.record(accepted.stamp().orElseThrow());
        assertRefused(Refusal.ALREADY_USED, door.check(show(pass, asked).text(), City.NOON));
        assertRefused(Refusal.CODE_SEEN, door.check(paper.text(), City.plusSeconds(149)));
        assertRefused(Refusal.ALREADY_USED, door.check(paper.text(), City.plusSeconds(150)));
    }

    @Test
    void attack8APassIsNotUsedOnceLiveAndOnceMoreOnPaper() {
        Question ride = city.gateQuestion(City.NOON, "ride");
        Checker door = Checker.asking(Optional.of(city.known()), ride, true, List.of());
        Verdict.Accepted live = (Verdict.Accepted) door.check(show(pass, ride).text(), City.NOON);
        assertTrue(door.record(live.stamp().orElseThrow()));
        assertRefused(Refusal.PAPER_NOT_TAKEN, door.check(show(pass, city.paper()).text(), City.NOON));
    }

    @Test
    void paperWithoutAStampIsRememberedForTwoHours() {
        SeenCodes seen = new SeenCodes();
        Showing live = show(pass, usual);
        Showing paper = new Showing(Form.PAPER, 0, 0, usual.q(), 0, List.of(), Optional.empty(), live.proof());
        seen.add(live, Optional.empty(), City.NOON);
        seen.add(paper, Optional.empty(), City.NOON);
        assertTrue(seen.contains(live, City.plusSeconds(149)) && seen.contains(paper, City.plusSeconds(149)));
        assertFalse(seen.contains(live, City.plusSeconds(150)));
        assertTrue(seen.contains(paper, City.plusSeconds(7199)));
        assertFalse(seen.contains(paper, City.plusSeconds(7200)));
    }

    @Test
    void attack21StampBooksAreErasedAtTheEndOfTheirEpoch() {
        Checker door = Checker.byDefault(Optional.of(city.known()), List.of(city.meal), false, List.of());
        door.record(((Verdict.Accepted) door.check(show(city.mealPass(), city.defaultOf(city.meal)).text(), City.NOON))
                .stamp().orElseThrow());
        Instant until = City.DAY.plus(Duration.ofDays(1));
        door.eraseEnded(until.plus(Duration.ofHours(48)).minusSeconds(1));
        assertEquals(1, door.books().iterator().next().size(), "a clock that jumped ahead destroys nothing");
        door.update(city.known(until.minusSeconds(1)));
        door.eraseEnded(until);
        assertEquals(1, door.books().size());
        door.update(city.known(until));
        door.eraseEnded(until);
        assertTrue(door.books().isEmpty(), "the office signed a time after the epoch");
    }

    @Test
    void aDoorThatHearsNothingErasesItsBooksTwoDaysAfterTheEpoch() {
        StampBook unknown = StampBook.of(Hash.sha256(new byte[] {1}), 0);
        List<StampBook> books = List.of(StampBook.of(city.mealToday, 0), unknown);
        Checker door = Checker.byDefault(Optional.of(city.known()), List.of(city.meal), false, books);
        for (int days : new int[] {32, 7_000}) {
            door.eraseEnded(City.DAY.plus(Duration.ofDays(days)));
            assertEquals(2, door.books().size(), "a clock far ahead of the office's signature erases nothing");
        }
        door.eraseEnded(City.DAY.plus(Duration.ofDays(3)));
        assertEquals(List.of(unknown), List.copyOf(door.books()), "of an epoch that the register may bring tomorrow");
    }
}
