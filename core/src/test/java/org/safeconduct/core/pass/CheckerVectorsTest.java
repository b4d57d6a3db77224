package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.vectors.Cases;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;

/** Makes vectors/pass-checker.json: showings, the door they are shown at, and its verdict. */
class CheckerVectorsTest {
    private City city = new City();
    private final Pass pass = city.travelPass();
    private final Question usual = city.defaultOf(city.travel);
    private final Question gate = city.gateQuestion(City.NOON, "gate");
    private final Cases cases = new Cases();

    /** The door of a case: what it asks, whether it takes paper, its stamps, and what it was shown before. */
    private record Door(List<Hash> schemes, Question own, Question before, Instant replaced, boolean paper, List<Stamp> stamps,
            List<String> earlier, Instant earlierAt, Instant cosigned) {
        static Door usual(Hash... schemes) {
            return new Door(List.of(schemes), null, null, null, false, List.of(), List.of(), null, City.NOON.minusSeconds(3600));
        }

        static Door own(Question question) {
            return new Door(List.of(), question, null, null, false, List.of(), List.of(), null, City.NOON.minusSeconds(3600));
        }

        Door after(Question question, Instant when) {
            return new Door(schemes, own, question, when, paper, stamps, earlier, earlierAt, cosigned);
        }

        Door takingPaper() {
            return new Door(schemes, own, before, replaced, true, stamps, earlier, earlierAt, cosigned);
        }

        Door with(Stamp stamp) {
            return new Door(schemes, own, before, replaced, paper, List.of(stamp), earlier, earlierAt, cosigned);
        }

        Door shown(String text, Instant when) {
            return new Door(schemes, own, before, replaced, paper, stamps, List.of(text), when, cosigned);
        }

        Door withoutRegister() {
            return new Door(schemes, own, before, replaced, paper, stamps, earlier, earlierAt, null);
        }

        Checker checker(City city) {
            var known = Optional.ofNullable(cosigned).map(city::known);
            Checker checker = own == null ? Checker.byDefault(known, schemes, paper, List.of())
                    : Checker.asking(known, before == null ? own : before, paper, List.of());
            if (before != null) {
                checker.ask(own, replaced);
            }
            stamps.forEach(checker::record);
            earlier.forEach(text -> checker.check(text, earlierAt));
            return checker;
        }

        Json json() {
            return Json.object("default", own == null ? schemes : null, "own", own == null ? null : own.text(),
                    "before", before == null ? null : Json.object("question", before.text(), "replaced", Time.print(replaced)), "paper", paper,
                    "stamps", stamps.stream().map(s -> Json.object("epoch", s.epoch(), "scope", s.scope(), "stamp", Hex.print(s.bytes()))).toList(),
                    "earlier", earlier, "earlier_at", earlierAt == null ? null : Time.print(earlierAt),
                    "cosigned", cosigned == null ? null : Time.print(cosigned));
        }
    }

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        CityVectors.addRegister(cases, city);
        accepted();
        forms();
        fields();
        times();
        memory();
        stamps();
        paper();
        states();
        cases.compare("pass-checker.json");
    }

    private void check(String name, String outcome, String text, Door door, Instant now) {
        Json input = Json.object("lines", CityVectors.lines(city), "door", door.json(), "showing", text, "now", Time.print(now));
        Cases.Reader reader = () -> outcome(door.checker(city).check(text, now));
        if (outcome.equals("ACCEPTED")) {
            assertInstanceOf(Verdict.Accepted.class, door.checker(city).check(text, now), name);
            cases.valid("check", name, input, Map.of(), reader);
        } else {
            cases.outcome("check", name, input, outcome, "ACCEPTED", reader);
        }
    }

    private static Object outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted a -> Json.object("outcome", "ACCEPTED", "form", a.form().name(), "disclosed", a.disclosed(),
                    "stamp", a.stamp().map(s -> Hex.print(s.bytes())).orElse(null));
            case Verdict.Specimen s -> "SPECIMEN";
            case Verdict.Refused r -> r.reason().name();
            case Verdict.CannotTell c -> c.reason().name();
        };
    }

    private static Showing show(Pass shown, Question question) {
        return City.showAnyway(shown, question, 0, City.NOON, new Seeded("vector showing"));
    }

    private Showing liberty(Question question, long step, OptionalInt scope) {
        return pass.prove(question, 0, step, scope, new Seeded("vector liberty"));
    }

    private void accepted() {
        check("the default question", "ACCEPTED", show(pass, usual).text(), Door.usual(city.travel), City.NOON);
        check("the default question of one of two schemes", "ACCEPTED", show(pass, usual).text(), Door.usual(city.meal, city.travel), City.NOON);
        check("a default question that stamps", "ACCEPTED", show(city.mealPass(), city.defaultOf(city.meal)).text(), Door.usual(city.meal), City.NOON);
        check("a signed screen", "ACCEPTED", show(pass, gate).text(), Door.own(gate), City.NOON);
        check("between line ends", "ACCEPTED", "\n" + show(pass, usual).text() + "\r\n", Door.usual(city.travel), City.NOON);
        Question two = Question.staticUnsigned(List.of(Ask.defaultOf(city.meal, city.scheme(city.meal)), usual.asks().getFirst()), city.tip(),
                new Seeded("two"));
        check("the second ask of a poster", "ACCEPTED", City.showAnyway(pass, two, 1, City.NOON, new Seeded("s")).text(), Door.own(two), City.NOON);
        check("a specimen", "SPECIMEN", show(city.pass(city.trialToday, City.VALUES, "Mo"), city.defaultOf(city.trial)).text(),
                Door.usual(city.trial), City.NOON);
    }

    private void forms() throws Exception {
        Showing good = show(pass, usual);
        String text = good.text();
        Door door = Door.usual(city.travel);
        byte[] bytes = good.bytes();
        for (String none : List.of("", "VALID", "SCS1:", text.substring(5), text + " ", text.toLowerCase(java.util.Locale.ROOT),
                "https://office.example/" + text, gate.text())) {
            check("no showing: " + (none.length() > 40 ? none.substring(0, 40) + ".." : none), "NOT_A_PASS", none, door, City.NOON);
        }
        check("a byte more", "NOT_A_PASS", Code.SHOWING.print(Arrays.copyOf(bytes, bytes.length + 1)), door, City.NOON);
        Object[][] changes = {{"version 2", 0, 2}, {"form 2", 1, 2}, {"a step that is null", 3, null}, {"a q of 3 bytes", 4, new byte[3]}, {"ask 4", 5, 4},
            {"nine values", 6, java.util.Collections.nCopies(9, "a")}, {"a value of 41 bytes", 6, List.of("a".repeat(41))}, {"values as bytes", 6, List.of(new byte[1])},
            {"a stamp of 47 bytes", 7, new byte[47]}, {"a stamp at infinity", 7, infinity(48)}, {"a stamp that is no point", 7, new byte[48]},
            {"no proof", 8, null}, {"a proof at infinity", 8, Arrays.copyOf(infinity(48), 464)}, {"paper with a step", 1, 1}, {"a field more", 9, null}};
        for (Object[] change : changes) {
            List<Object> fields = new ArrayList<>(Cbor.parse(bytes).items(9));
            if (change[1].equals(9)) {
                fields.add(null);
            } else {
                fields.set((int) change[1], change[2]);
            }
            check("with " + change[0], "NOT_A_PASS", Code.SHOWING.print(Cbor.of(fields).print()), door, City.NOON);
        }
        byte[] proof = good.proof().toBytes();
        changedProof("a challenge of another bit", proof, proof.length - 1);
        changedProof("a hidden scalar of another bit", proof, 271);
        changedProof("a point of another bit", proof, 47);
        List<Object> longer = new ArrayList<>(Cbor.parse(bytes).items(9));
        longer.set(8, org.safeconduct.core.wire.Bytes.join(proof, Arrays.copyOfRange(proof, 240, 272)));
        check("a proof that hides one more", "NOT_A_PASS", Code.SHOWING.print(Cbor.of(longer).print()), door, City.NOON);
        longer.set(8, org.safeconduct.core.wire.Bytes.join(Arrays.copyOf(proof, 272), Arrays.copyOfRange(proof, 240, 272)));
        check("a proof that hides less than any pass, of a scheme not asked for", "NOT_A_PASS",
                Code.SHOWING.print(Cbor.of(longer).print()), Door.usual(city.meal), City.NOON);
    }

    private static byte[] infinity(int length) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) 0xc0;
        return bytes;
    }

    private void changedProof(String name, byte[] proof, int at) throws Exception {
        byte[] changed = proof.clone();
        changed[at] ^= 1;
        List<Object> fields = new ArrayList<>(Cbor.parse(show(pass, usual).bytes()).items(9));
        fields.set(8, changed);
        check("with " + name, "NOT_A_PASS", Code.SHOWING.print(Cbor.of(fields).print()), Door.usual(city.travel), City.NOON);
    }

    private void fields() throws Exception {
        Showing good = show(pass, usual);
        Door door = Door.usual(city.travel);
        check("no register", "REGISTER_MISSING", good.text(), door.withoutRegister(), City.NOON);
        check("a clock behind the cosignature", "CLOCK_BEHIND", good.text(), door, City.NOON.minusSeconds(3601));
        check("no showing, a clock behind", "NOT_A_PASS", "", door, City.NOON.minusSeconds(3601));
        check("a clock behind itself", "CLOCK_BEHIND", good.text(), door.shown(with(good, 2, 0), City.plusSeconds(1)), City.NOON);
        for (long position : new long[] {0, 1, city.register().size(), 1L << 40}) {
            check("epoch " + position, "UNKNOWN_EPOCH", with(good, 2, position), door, City.NOON);
            check("epoch " + position + ", a day later", "REGISTER_OLD", with(good, 2, position), door, City.plusSeconds(23 * 3600));
        }
        check("a showing for a meal", "OTHER_SCHEME", show(city.mealPass(), city.defaultOf(city.meal)).text(), door, City.NOON);
        check("attack 5: the default answer to a screen", "OTHER_QUESTION", good.text(), Door.own(gate), City.NOON);
        check("the answer to another screen", "OTHER_QUESTION", show(pass, city.gateQuestion(City.NOON, "other")).text(), Door.own(gate), City.NOON);
        check("another ask", "OTHER_QUESTION", with(good, 5, 1), door, City.NOON);
        for (List<String> values : List.of(List.<String>of(), List.of("Resident"), List.of("resident "), List.of("resident\u200b"), List.of("resident", "M"))) {
            check("values " + Json.of(values), "VALUE_NOT_ALLOWED", with(good, 6, values), door, City.NOON);
        }
        check("another value", "NOT_A_PASS", with(good, 6, List.of("worker")), door, City.NOON);
        check("another epoch", "NOT_A_PASS", with(good, 2, (int) good.epoch() + 2), door, City.NOON);
        check("another step", "NOT_A_PASS", with(good, 3, good.step() + 1), door, City.NOON);
        check("a step long gone", "NOT_A_PASS", with(good, 3, 0), door, City.NOON);
    }

    private void times() {
        Showing good = show(pass, usual);
        Door door = Door.usual(city.travel);
        check("a step early", "ACCEPTED", good.text(), door, City.plusSeconds(-30));
        check("more than a step early", "CODE_EARLY", good.text(), door, City.plusSeconds(-31));
        check("three steps late", "ACCEPTED", good.text(), door, City.plusSeconds(119));
        check("four steps late", "CODE_EXPIRED", good.text(), door, City.plusSeconds(120));
        long step = Showing.step(City.NOON);
        check("a screen answered by a later step", "CODE_EARLY", liberty(gate, step + 1, OptionalInt.of(0)).text(), Door.own(gate), City.NOON);
        check("a screen answered by an earlier step", "CODE_EXPIRED", liberty(gate, step - 1, OptionalInt.of(0)).text(), Door.own(gate), City.NOON);
        Question next = city.gateQuestion(City.plusSeconds(30), "next");
        Door replaced = Door.own(next).after(gate, City.plusSeconds(30));
        check("the screen before, for 59 seconds", "ACCEPTED", show(pass, gate).text(), replaced, City.plusSeconds(89));
        check("the screen before, after 60 seconds", "OTHER_QUESTION", show(pass, gate).text(), replaced, City.plusSeconds(90));
        Ask ride = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        Question poster = Question.staticSigned(ride, city.gate, OptionalInt.empty(), City.NOON, City.plusSeconds(60), city.tip(), city.askerKey,
                new Seeded("poster"));
        check("a poster at its end", "ACCEPTED", show(pass, poster).text(), Door.own(poster), City.plusSeconds(60));
        check("a poster that is over", "OTHER_QUESTION", show(pass, poster).text(), Door.own(poster), City.plusSeconds(61));
    }

    private void memory() {
        String text = show(pass, usual).text();
        Door door = Door.usual(city.travel).shown(text, City.plusSeconds(-30));
        check("attack 6: the same code twice", "CODE_SEEN", text, door, City.plusSeconds(119));
        check("the same code twice and too late", "CODE_EXPIRED", text, door, City.plusSeconds(120));
        check("another code of the same pass", "ACCEPTED", City.showAnyway(pass, usual, 0, City.NOON, new Seeded("again")).text(), door, City.NOON);
    }

    private void stamps() {
        long step = Showing.step(City.NOON);
        check("without the stamp", "STAMP_MISSING", liberty(gate, step, OptionalInt.empty()).text(), Door.own(gate), City.NOON);
        check("with the stamp of another scope", "STAMP_UNASKED", liberty(gate, step, OptionalInt.of(1)).text(), Door.own(gate), City.NOON);
        for (int scope = 0; scope < 2; scope++) {
            check("with a stamp unasked, scope " + scope, "STAMP_UNASKED", liberty(usual, step, OptionalInt.of(scope)).text(),
                    Door.usual(city.travel), City.NOON);
        }
        check("without the stamp and too late", "CODE_EXPIRED", liberty(gate, step, OptionalInt.empty()).text(), Door.own(gate), City.plusSeconds(120));
        Showing good = show(pass, gate);
        Showing cut = new Showing(Form.LIVE, good.epoch(), good.step(), gate.q(), 0, good.disclosed(), Optional.empty(), good.proof());
        check("with the stamp cut off", "NOT_A_PASS", cut.text(), Door.own(gate), City.NOON);
        Showing other = new Showing(Form.LIVE, good.epoch(), good.step(), gate.q(), 0, good.disclosed(),
                liberty(gate, step, OptionalInt.of(1)).stamp(), good.proof());
        check("with the stamp of another showing", "NOT_A_PASS", other.text(), Door.own(gate), City.NOON);
        Stamp used = Stamp.of(city.today, 0, good.stamp().orElseThrow());
        check("with a stamp that was used", "ALREADY_USED", good.text(), Door.own(gate).with(used), City.NOON);
        check("with a stamp, where another was used", "ACCEPTED", show(city.pass(city.today, City.VALUES, "Flo"), gate).text(),
                Door.own(gate).with(used), City.NOON);
    }

    private void paper() throws Exception {
        Showing paper = show(pass, city.paper());
        Door door = Door.usual(city.travel).takingPaper();
        check("paper", "ACCEPTED", paper.text(), door, City.plusSeconds(3600));
        check("attack 8: paper where none is taken", "PAPER_NOT_TAKEN", paper.text(), Door.usual(city.travel), City.NOON);
        check("attack 8: paper of another scope than the door asks for", "PAPER_NOT_TAKEN", paper.text(),
                Door.own(city.gateQuestion(City.NOON, "ride")).takingPaper(), City.NOON);
        check("paper of a scheme that has none", "PAPER_NOT_TAKEN", with(show(city.mealPass(), city.defaultOf(city.meal)), 1, 1, 3, 0),
                Door.usual(city.meal).takingPaper(), City.NOON);
        check("paper of a scheme not asked for", "OTHER_SCHEME", paper.text(), Door.usual(city.meal), City.NOON);
        check("paper that was used live or on paper", "ALREADY_USED", paper.text(),
                door.with(Stamp.of(city.today, 1, paper.stamp().orElseThrow())), City.NOON);
        long step = Showing.step(City.NOON);
        check("paper relabelled as live", "OTHER_QUESTION", with(paper, 1, 0, 3, step), door, City.NOON);
        check("paper relabelled as the live answer", "VALUE_NOT_ALLOWED", with(paper, 1, 0, 3, step, 4, usual.q()), door, City.NOON);
        Showing live = show(pass, usual);
        check("live relabelled as paper", "OTHER_QUESTION", with(live, 1, 1, 3, 0), door, City.NOON);
        check("live relabelled as the paper answer", "NOT_A_PASS",
                with(live, 1, 1, 3, 0, 4, city.paper().q(), 6, paper.disclosed(), 7, paper.stamp().orElseThrow().toBytes()), door, City.NOON);
    }

    private static String with(Showing showing, Object... fieldsAndValues) throws Exception {
        List<Object> fields = new ArrayList<>(Cbor.parse(showing.bytes()).items(9));
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            fields.set((int) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return Code.SHOWING.print(Cbor.of(fields).print());
    }

    private void states() {
        Door door = Door.usual(city.travel);
        Showing next = show(city.pass(city.tomorrow, City.VALUES, "Mo"), usual);
        Showing spare = show(city.pass(city.spare, City.VALUES, "Mo"), usual);
        check("an epoch that has not begun", "EPOCH_NOT_YET", next.text(), door, City.NOON);
        check("an epoch not begun, and too late", "EPOCH_NOT_YET", next.text(), door, City.plusSeconds(600));
        check("a spare that is not in use", "EPOCH_SPARE", spare.text(), door, City.NOON);
        Instant night = City.DAY.plus(Duration.ofDays(1));
        check("an epoch that is over", "EPOCH_OVER", City.showAnyway(pass, usual, 0, night, new Seeded("s")).text(), door, night);
        Instant sunset = City.DAY.plus(Duration.ofDays(300));
        check("a scheme that is over", "SCHEME_OVER", City.showAnyway(pass, usual, 0, sunset, new Seeded("s")).text(), door, sunset);
        city.stop(city.today, City.NOON);
        check("an epoch that was stopped", "EPOCH_STOPPED", show(pass, usual).text(), door, City.NOON);
        check("a second before the stop", "ACCEPTED", show(pass, usual).text(), door, City.plusSeconds(-1));
        check("a spare in use", "ACCEPTED", spare.text(), door, City.NOON);
        city.close(city.tomorrow);
        check("an epoch that was closed", "EPOCH_CLOSED", next.text(), door, City.NOON);
        city.stop(city.travel, City.NOON);
        check("a scheme that was stopped", "SCHEME_STOPPED", spare.text(), door, City.NOON);
        City late = new City();
        Hash epoch = late.epoch(late.travel, 61, false, 61, 4096);
        Instant then = City.DAY.plus(Duration.ofDays(61)).plusSeconds(60);
        Showing suspended = City.showAnyway(late.pass(epoch, City.VALUES, "Mo"), usual, 0, then, new Seeded("s"));
        city = late;
        check("an epoch that is suspended", "EPOCH_SUSPENDED", suspended.text(), door, then);
    }
}
