package org.safeconduct.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.app.demo.Telling.Outcome;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.PairingSecret;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.pass.StampBook;
import org.safeconduct.core.pass.StampExchange;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.wire.Ed25519Secret;

/** The second part: what goes wrong at doors, on the same day and the days after. */
final class Attacks {
    private final Scene scene;
    private final Telling telling;
    private Pass firstDay;
    /** What a changed wallet of that day still answers to, whatever the time and the register say. */
    private Consent firstDayAgreed;

    Attacks(Scene scene, Telling telling) {
        this.scene = scene;
        this.telling = telling;
    }

    void atDoors() throws Exception {
        telling.part("What goes wrong at doors", "Each is answered by the check itself, without a network and without a list of people.");
        firstDay = scene.town.pass(scene.anna, DemoTown.ERRAND);
        garbage();
        screenshot();
        secondUse();
        questions();
        nextDay();
        paper();
    }

    private void garbage() {
        telling.step("Garbage", "a menu's QR code, an empty one, and Anna's code with one letter changed", "refused NOT_A_PASS", () -> {
            String real = scene.showDefault(firstDay, DemoTown.ERRAND).text();
            char last = real.charAt(real.length() - 9);
            String changed = real.substring(0, real.length() - 9) + (last == '7' ? '8' : '7') + real.substring(real.length() - 8);
            for (String code : List.of("HTTPS://EXAMPLE.ORG/MENU", "", "SCS1:")) {
                Outcome outcome = Outcome.of(scene.north.check(code, scene.now()));
                if (!outcome.code().equals("refused NOT_A_PASS")) {
                    return outcome;
                }
            }
            return Outcome.of(scene.north.check(changed, scene.now()));
        }, "A code is read strictly and then proved. There is nothing in it that a door would have to believe.");
    }

    private void screenshot() {
        Showing picture = scene.showDefault(firstDay, DemoTown.ERRAND);
        telling.step("A screenshot, two minutes later", "Ben shows the picture that Anna sent him", "refused CODE_EXPIRED", () -> {
            scene.clock.advance(Duration.ofMinutes(2));
            return Outcome.of(scene.check(scene.south, picture));
        }, "A code names its half minute, and the proof covers it.");
    }

    private void secondUse() {
        telling.step("A second errand", "Anna shows a new code at the door that accepted her", "refused ALREADY_USED",
            () -> Outcome.of(scene.check(scene.north, scene.showDefault(firstDay, DemoTown.ERRAND))),
            "The new code differs in every byte but carries the same stamp for today's errand.");
        telling.step("A second errand at the other door", "the two doors exchange their stamp books by QR code; then Anna tries the south door", "refused ALREADY_USED", () -> {
            try (PairingSecret pairing = PairingSecret.create(scene.town.random())) {
                for (StampBook book : scene.north.books()) {
                    for (StampExchange part : book.exchange()) {
                        scene.south.book(book.epoch(), book.scope()).learn(StampExchange.parse(part.text(pairing), pairing));
                    }
                }
            }
            return Outcome.of(scene.check(scene.south, scene.showDefault(firstDay, DemoTown.ERRAND)));
        }, "Doors without a network tell each other which stamps are used: no time, no place. Until they do, each accepts one use.");
    }

    private void questions() throws Exception {
        try (Pass pass = scene.town.pass(scene.anna, DemoTown.CANTEEN)) {
            Question breakfast = scene.kitchenAsks(0);
            telling.step("Another door's question", "Anna answers the breakfast counter and shows that at lunch", "refused OTHER_QUESTION", () -> {
                scene.lunch = Checker.asking(Optional.of(scene.known), scene.kitchenAsks(1), false, List.of());
                return Outcome.of(scene.check(scene.lunch, scene.show(pass, breakfast)));
            }, "An answer fits one question. It cannot be carried to another door.");
            Ask usual = Ask.defaultOf(scene.scheme(DemoTown.CANTEEN).leaf(), scene.scheme(DemoTown.CANTEEN).line());
            Ask stamped = new Ask(usual.scheme(), usual.attributes(), OptionalInt.of(1));
            Question.Tip tip = new Question.Tip(scene.known.register().size(), scene.known.register().root());
            telling.step("A stranger's poster that wants a stamp", "a question without a name asks for the lunch stamp", "not answered " + NoAnswer.NOT_PERMITTED,
                () -> answer(pass, Question.staticUnsigned(List.of(stamped), tip, scene.town.random())),
                "Only an asker whom the register allows it may ask for more than the default. Nobody can burn or collect stamps.");
            telling.step("The same, in the kitchen's name", "the stranger signs with a key of his own", "not answered " + NoAnswer.SIGNATURE_WRONG, () -> {
                byte[] seed = new byte[Ed25519Secret.SEED_LENGTH];
                scene.town.random().nextBytes(seed);
                return answer(pass, Question.freshSigned(stamped, scene.kitchen.leaf(), OptionalInt.of(0), scene.now(), tip,
                    Ed25519Secret.fromSeed(seed), scene.town.random()));
            }, "The register holds the kitchen's key. Names come from there, never from the code.");
        }
    }

    private Outcome answer(Pass pass, Question question) {
        return scene.refusal(pass, question).map(Outcome::of).orElse(Outcome.of("answered"));
    }

    private void nextDay() {
        telling.step("Yesterday's pass", "a changed wallet kept it and shows it today", "refused EPOCH_OVER", () -> {
            firstDayAgreed = scene.agreed(firstDay, scene.defaultOf(DemoTown.ERRAND), scene.known);
            scene.clock.advance(Duration.ofDays(1));
            scene.town.desk().openEpochs(DemoTown.ERRAND);
            scene.town.tell();
            scene.fetchRegister();
            return Outcome.of(scene.check(scene.north, scene.show(firstDay, firstDayAgreed)));
        }, "Each day has its own key. An honest wallet has erased the pass.");
    }

    private void paper() throws Exception {
        Pass today = scene.town.pass(scene.anna, DemoTown.ERRAND);
        Question onPaper = Question.paperOf(scene.scheme(DemoTown.ERRAND).leaf(), scene.scheme(DemoTown.ERRAND).line()).orElseThrow();
        Showing printed = scene.show(today, onPaper);
        Checker liveOnly = Checker.byDefault(Optional.of(scene.known), List.of(scene.scheme(DemoTown.ERRAND).leaf()), false, List.of());
        telling.step("Paper", "Anna's battery is low, so she printed today's pass in the morning", "accepted on paper",
            () -> Outcome.of(scene.check(scene.north, printed)), "Its own verdict and colour, and a comparison before green: letter and birthday stand on it.");
        telling.step("The paper, copied", "the neighbour shows a photocopy an hour later", "refused ALREADY_USED", () -> {
            scene.clock.advance(Duration.ofHours(1));
            return Outcome.of(scene.check(scene.north, printed));
        }, "Paper and phone share one stamp. Paper is one code shown many times: who sees it twice knows it again.");
        telling.step("The paper at a door for phones only", "the same paper, where no paper is taken", "refused PAPER_NOT_TAKEN",
            () -> Outcome.of(scene.check(liveOnly, printed)), "Paper never passes as live.");
        today.close();
    }

    void afterwards() {
        telling.part("And in the end", "Eight days later. What was promised for the end happens.");
        telling.step("The day's key is published", "the office closes the first day", "published", () -> {
            scene.clock.advance(Duration.ofDays(8));
            for (var epoch : scene.town.desk().closable()) {
                scene.town.desk().close(epoch.leaf());
            }
            scene.town.desk().openEpochs(DemoTown.ERRAND);
            scene.town.tell();
            scene.fetchRegister();
            var epoch = scene.known.register().find(firstDay.epoch(), Epoch.class).orElseThrow();
            var closed = scene.known.register().closed(epoch.leaf());
            return closed.isEmpty() ? Outcome.of("not published")
                : new Outcome("published", "passes issued that day: " + closed.get().line().issued());
        }, "From now on anybody can make codes of that day, so a code that surfaces later proves nothing about anybody.");
        telling.step("A code of that day surfaces", "somebody shows what he kept", "refused EPOCH_CLOSED", () -> {
            Checker door = Checker.byDefault(Optional.of(scene.known), List.of(scene.scheme(DemoTown.ERRAND).leaf()), false, List.of());
            return Outcome.of(door.check(scene.show(firstDay, firstDayAgreed).text(), scene.now()));
        }, "Whoever holds the published key could have made it.");
        telling.step("A stopped scheme", "the office stops the canteen at noon; Cleo shows her pass of today", "refused SCHEME_STOPPED", this::stopped,
            "A stop stands in the register with its reason. From then on no door accepts, and the office issues nothing.");
        firstDay.close();
    }

    private Outcome stopped() throws Exception {
        Instant now = scene.now();
        scene.town.desk().openEpochs(DemoTown.CANTEEN);
        scene.town.tell();
        scene.fetchRegister();
        scene.town.get(scene.folder.resolve("cleo"), scene.offers.get("canteen Cleo Dunn"), scene.known);
        try (Pass pass = scene.town.pass(scene.folder.resolve("cleo"), DemoTown.CANTEEN)) {
            Consent agreed = scene.agreed(pass, scene.defaultOf(DemoTown.CANTEEN), scene.known);
            scene.town.desk().stop(scene.scheme(DemoTown.CANTEEN).leaf(), Optional.of(now), Map.of("en", "The kitchen moves.", "de", "Die Küche zieht um."));
            scene.town.tell();
            scene.fetchRegister();
            Checker counter = Checker.byDefault(Optional.of(scene.known), List.of(scene.scheme(DemoTown.CANTEEN).leaf()), false, List.of());
            return Outcome.of(scene.check(counter, scene.show(pass, agreed)));
        }
    }
}
