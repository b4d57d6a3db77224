package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.vectors.Cases;
import org.safeconduct.core.wire.Base45;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;

/** Makes vectors/pass-question.json: questions read, and what a wallet makes of them. */
class QuestionVectorsTest {
    private static final long NOW = City.NOON.getEpochSecond();
    private static final OptionalInt NONE = OptionalInt.empty();

    private City city = new City();
    private final Ask usual = Ask.defaultOf(city.travel, city.scheme(city.travel));
    private final Ask meal = Ask.defaultOf(city.meal, city.scheme(city.meal));
    private final Cases cases = new Cases();

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        CityVectors.addRegister(cases, city);
        unsent();
        forms();
        malformedFields();
        malformedTexts();
        replies();
        cases.compare("pass-question.json");
    }

    private void unsent() {
        for (Question question : List.of(city.defaultOf(city.travel), city.defaultOf(city.meal), city.paper())) {
            Hash scheme = question.asks().getFirst().scheme();
            String kind = question.source() == Question.Source.PAPER ? "paper-question" : "default-question";
            cases.valid(kind, "of " + city.scheme(scheme).id(), scheme, Map.of(),
                    () -> Json.object("qhash", question.qhash(), "ask", CityVectors.ask(question.asks().getFirst())));
        }
    }

    private void forms() {
        read("an unsigned poster", Question.staticUnsigned(List.of(usual), city.tip(), new Seeded("1")).text());
        read("an unsigned poster for two schemes", Question.staticUnsigned(List.of(usual, meal), city.tip(), new Seeded("2")).text());
        read("an unsigned screen", Question.freshUnsigned(List.of(meal), city.tip(), City.NOON, new Seeded("3")).text());
        read("a signed poster of 366 days", poster(usual, Question.STATIC_LIFE).text());
        read("a signed screen", city.gateQuestion(City.NOON, "4").text());
        read("between line ends", "\r\n" + city.gateQuestion(City.NOON, "4").text() + "\n");
    }

    private void read(String name, String text) {
        cases.valid("question", name, text, Map.of(), () -> {
            Question q = Question.parse(text);
            return Json.object("qhash", q.qhash(), "source", q.source().ordinal(), "asks", q.asks().stream().map(CityVectors::ask).toList(),
                    "asker", q.asker().orElse(null), "door", Ask.orNull(q.door()),
                    "not_before", q.times().map(t -> Time.print(t.notBefore())).orElse(null),
                    "not_after", q.times().map(t -> Time.print(t.notAfter())).orElse(null),
                    "size", q.tip().map(Question.Tip::size).orElse(null), "root", q.tip().map(Question.Tip::root).orElse(null));
        });
    }

    private void refuse(String name, String text) {
        cases.refused("question", name, text, Map.of(), () -> Question.parse(text));
    }

    private void malformedFields() {
        byte[] s = new byte[64];
        byte[] nonce = new byte[16];
        Cbor ask = usual.print();
        Object[][] changes = {
            {"version 2", 0, 2}, {"the default question sent", 1, 0}, {"the paper question sent", 1, 3}, {"source 4", 1, 4}, {"no asks", 2, List.of()},
            {"two asks signed", 2, List.of(ask, meal.print())}, {"attributes that descend", 2, List.of(Cbor.array(city.travel, List.of(1, 0), null))},
            {"an attribute twice", 2, List.of(Cbor.array(city.travel, List.of(0, 0), null))}, {"attribute 8", 2, List.of(Cbor.array(city.travel, List.of(8), null))},
            {"scope 4", 2, List.of(Cbor.array(city.travel, List.of(0), 4))}, {"a scheme of 31 bytes", 2, List.of(Cbor.array(nonce, List.of(0), null))},
            {"an ask with four fields", 2, List.of(Cbor.array(city.travel, List.of(0), null, null))}, {"signed by nobody", 3, null},
            {"an asker of 16 bytes", 3, nonce}, {"door 200", 4, 200}, {"no nonce", 5, null}, {"a nonce of 15 bytes", 5, Arrays.copyOf(nonce, 15)},
            {"no not_before", 6, null}, {"no not_after", 7, null}, {"119 seconds", 7, NOW + 119}, {"121 seconds", 7, NOW + 121}, {"no size", 8, null},
            {"size 0", 8, 0}, {"size 100,001", 8, 100_001}, {"no root", 9, null}, {"a root of 16 bytes", 9, nonce}, {"a field more", 10, null}};
        for (Object[] change : changes) {
            List<Object> fields = fields();
            if (change[1].equals(fields.size())) {
                fields.add(change[2]);
            } else {
                fields.set((int) change[1], change[2]);
            }
            refuse("a signed screen with " + change[0], text(fields, s));
        }
        refuse("a signed screen without signature", text(fields(), null));
        refuse("a signed screen with a signature of 63 bytes", text(fields(), Arrays.copyOf(s, 63)));
        List<Object> unsigned = fields();
        unsigned.set(3, null);
        refuse("an unsigned screen with a door", text(unsigned, null));
        unsigned.set(4, null);
        refuse("an unsigned screen with a signature", text(unsigned, s));
        unsigned.set(2, List.of(ask, ask));
        refuse("an unsigned screen that asks for a scheme twice", text(unsigned, null));
        unsigned.set(2, java.util.stream.IntStream.range(0, 5).mapToObj(i ->
                new Ask(Hash.sha256(new byte[] {(byte) i}), List.of(), NONE).print()).toList());
        refuse("an unsigned screen with five asks", text(unsigned, null));
        unsigned.set(2, List.of(ask));
        unsigned.set(1, 1);
        refuse("an unsigned poster with times", text(unsigned, null));
        List<Object> poster = fields();
        poster.set(1, 1);
        poster.set(7, NOW);
        refuse("a signed poster that ends as it begins", text(poster, s));
        poster.set(7, NOW + Question.STATIC_LIFE.toSeconds() + 1);
        refuse("a signed poster of 366 days and a second", text(poster, s));
    }

    /** Version, source, asks, asker, door, nonce, not before, not after, size, root: a signed screen. */
    private List<Object> fields() {
        return new ArrayList<>(Arrays.asList(1, 2, List.of(usual.print()), city.gate, 1, new byte[16], NOW, NOW + 120,
                city.tip().size(), city.tip().root()));
    }

    private static String text(List<Object> fields, byte[] signature) {
        return Code.QUESTION.print(Cbor.array(Cbor.of(fields).print(), signature).print());
    }

    private void malformedTexts() throws Exception {
        String good = city.gateQuestion(City.NOON, "4").text();
        byte[] bytes = Base45.parse(good.substring(5));
        refuse("another prefix", "SCS1:" + good.substring(5));
        refuse("no prefix", good.substring(5));
        refuse("lower case", good.toLowerCase(java.util.Locale.ROOT));
        refuse("a space after it", good + " ");
        refuse("a character short", good.substring(0, good.length() - 1));
        refuse("a URL", "https://office.example/" + good);
        refuse("a byte more", "SCQ1:" + Base45.print(Arrays.copyOf(bytes, bytes.length + 1)));
        String hex = Hex.print(bytes);
        refuse("a head in a longer form", longer(hex, "82", "9802"));
        refuse("an array of no definite length", "SCQ1:" + Base45.print(java.util.HexFormat.of().parseHex("9f" + hex.substring(2) + "ff")));
        refuse("a map", longer(hex, "82", "a1"));
        refuse("a tag", longer(hex, "82", "c182"));
    }

    private static String longer(String hex, String head, String other) {
        return "SCQ1:" + Base45.print(java.util.HexFormat.of().parseHex(hex.replaceFirst("^" + head, other)));
    }

    private Question poster(Ask ask, Duration life) {
        return Question.staticSigned(ask, city.gate, OptionalInt.of(0), City.NOON, City.NOON.plus(life), city.tip(), city.askerKey,
                new Seeded("poster"));
    }

    private Question screen(Ask ask, Hash asker, int door, Ed25519Secret key) {
        return Question.freshSigned(ask, asker, OptionalInt.of(door), City.NOON, city.tip(), key, new Seeded("screen"));
    }

    private void replies() {
        Ask ride = new Ask(city.travel, List.of(0), OptionalInt.of(0));
        Ask initial = new Ask(city.travel, List.of(0, 1), NONE);
        Question unsigned = Question.freshUnsigned(List.of(usual), city.tip(), City.NOON, new Seeded("3"));
        Question gate = city.gateQuestion(City.NOON, "4");
        reply("an unsigned poster", "CONSENT", Question.staticUnsigned(List.of(usual), city.tip(), new Seeded("1")), 0);
        reply("an unsigned screen", "CONSENT", unsigned, 0);
        reply("an unsigned screen, 60 seconds early", "CONSENT", unsigned, -60);
        reply("an unsigned screen, 61 seconds early", "QUESTION_EARLY", unsigned, -61);
        reply("an unsigned screen, at its end", "CONSENT", unsigned, 120);
        reply("an unsigned screen, a second late", "QUESTION_OVER", unsigned, 121);
        reply("a signed screen with attribute and stamp", "CONSENT", gate, 0);
        reply("a signed screen, the clock behind", "CONSENT CORRECTED", gate, -61);
        reply("a signed screen photographed and put up an hour later", "QUESTION_OVER", gate, 3600);
        reply("a signed screen from before the cosignature", "QUESTION_OVER", city.gateQuestion(City.NOON.minusSeconds(3601), "5"), 0);
        reply("a signed poster with a stamp", "CONSENT", poster(ride, Duration.ofDays(1)), 0);
        reply("a signed poster that is over", "QUESTION_OVER", poster(ride, Duration.ofHours(1)), 3601);
        reply("a signed poster with an attribute", "NOT_PERMITTED", poster(initial, Duration.ofDays(1)), 0);
        Map<String, Ask> tooMuch = new java.util.TreeMap<>(Map.of("an attribute it may not ask", new Ask(city.travel, List.of(0, 3), NONE),
                "without the default attribute", new Ask(city.travel, List.of(1), NONE), "a scope it may not ask", new Ask(city.travel, List.of(0), OptionalInt.of(1)),
                "attribute 7", new Ask(city.travel, List.of(0, 7), NONE), "scope 3", new Ask(city.travel, List.of(0), OptionalInt.of(3)), "another scheme", meal));
        tooMuch.forEach((name, ask) -> reply("a signed screen with " + name, "NOT_PERMITTED", screen(ask, city.gate, 1, city.askerKey), 0));
        reply("a signed screen of a door it does not have", "NOT_PERMITTED", screen(usual, city.gate, 2, city.askerKey), 0);
        reply("a signed screen by a stranger", "SIGNATURE_WRONG", screen(usual, city.gate, 1, City.secret("stranger")), 0);
        reply("a signed screen by nobody in the register", "UNKNOWN_ASKER", screen(usual, city.today, 1, city.askerKey), 0);
        reply("an unsigned screen with a stamp", "NOT_PERMITTED", Question.freshUnsigned(List.of(ride), city.tip(), City.NOON, new Seeded("6")), 0);
        reply("an unsigned poster with an attribute", "NOT_PERMITTED", Question.staticUnsigned(List.of(initial), city.tip(), new Seeded("7")), 0);
        reply("an unsigned poster of no scheme", "UNKNOWN_SCHEME",
                Question.staticUnsigned(List.of(new Ask(city.gate, List.of(0), NONE)), city.tip(), new Seeded("8")), 0);
        Question.Tip early = new Question.Tip(3, city.register().rootOf(3));
        reply("a poster of an earlier register", "CONSENT", Question.staticUnsigned(List.of(usual), early, new Seeded("9")), 0);
        Question.Tip later = new Question.Tip(city.register().size() + 1, Hash.sha256());
        reply("a poster of a later register", "CONSENT", Question.staticUnsigned(List.of(usual), later, new Seeded("10")), 0);
        Question.Tip split = new Question.Tip(3, city.register().root());
        reply("a poster of another register", "OTHER_REGISTER", Question.staticUnsigned(List.of(usual), split, new Seeded("11")), 0);
        reply("a signed screen of another register", "REGISTERS_DIFFER", Question.freshSigned(usual, city.gate, NONE, City.NOON, split,
                city.askerKey, new Seeded("14")), 0);
        reply("a signed screen of another register that asks too much", "REGISTERS_DIFFER", Question.freshSigned(meal, city.gate, NONE, City.NOON, split,
                city.askerKey, new Seeded("15")), 0);
        reply("a screen by nobody in the register, of another one", "OTHER_REGISTER", Question.freshSigned(usual, city.today, NONE, City.NOON, split,
                city.askerKey, new Seeded("16")), 0);
        reply("a screen by a stranger that asks too much", "SIGNATURE_WRONG", Question.freshSigned(meal, city.gate, NONE, City.NOON, city.tip(),
                City.secret("stranger"), new Seeded("17")), 0);
        reply("a screen by a stranger of another register", "SIGNATURE_WRONG", Question.freshSigned(usual, city.gate, NONE, City.NOON, split,
                City.secret("stranger"), new Seeded("12")), 0);
        Question forever = Question.staticSigned(usual, city.gate, NONE, City.NOON, City.NOON.plus(Question.STATIC_LIFE), city.tip(), city.askerKey,
                new Seeded("13"));
        reply("an asker past its date", "ASKER_OVER", forever, 200 * 86_400);
        reply("a scheme past its sunset", "SCHEME_OVER", forever, 300 * 86_400);
        city.stop(city.gate, City.NOON);
        reply("an asker stopped", "ASKER_STOPPED", gate, 0);
        city.stop(city.travel, City.NOON);
        reply("a scheme stopped", "SCHEME_STOPPED", gate, 0);
        city = new City();
    }

    /** What a wallet makes of a question, without regard to its passes. The register was cosigned an hour before noon. */
    private void reply(String name, String outcome, Question question, long seconds) {
        Instant now = City.plusSeconds(seconds);
        Json input = Json.object("lines", CityVectors.lines(city), "cosigned", Time.print(City.NOON.minusSeconds(3600)),
                "question", question.text(), "now", Time.print(now));
        cases.outcome("reply", name, input, outcome, "CONSENT", () -> {
            Instant at = Permission.corrected(question, city.known(), now);
            return Permission.check(question, city.known(), at).map(Enum::name).orElse(at.equals(now) ? "CONSENT" : "CONSENT CORRECTED");
        });
    }
}
