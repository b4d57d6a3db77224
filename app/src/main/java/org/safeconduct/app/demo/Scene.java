package org.safeconduct.app.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.app.office.Desk;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.DoorSetup;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Scheme;

/** Where the story stands: the town, what Anna and the doors hold, and every showing made so far. */
final class Scene {
    final DemoTown town;
    final DemoClock clock;
    final Path folder;
    /** Anna's wallet. */
    final Path anna;
    /** Everything that was shown, to be looked for later in what the office stored. */
    final List<Showing> shown = new ArrayList<>();
    Map<String, Offer> offers = Map.of();
    /** The register as Anna and the doors hold it. */
    KnownRegister known;
    Checker north;
    Checker south;
    Desk.AskerAdded kitchen;
    Checker lunch;
    Question lunchQuestion;

    Scene(DemoTown town, DemoClock clock, Path folder) {
        this.town = town;
        this.clock = clock;
        this.folder = folder;
        this.anna = folder.resolve("anna");
    }

    Instant now() {
        return clock.instant();
    }

    Placed<Scheme> scheme(String id) {
        return known.register().scheme(id).orElseThrow();
    }

    /** Anna's answer to a scheme's default question, now. */
    Showing showDefault(Pass pass, String scheme) {
        return show(pass, defaultOf(scheme));
    }

    Question defaultOf(String scheme) {
        return Question.defaultOf(scheme(scheme).leaf(), scheme(scheme).line());
    }

    /** An answer to a question, now. */
    Showing show(Pass pass, Question question) {
        return show(pass, agreed(pass, question, known));
    }

    /** An answer to what was agreed to, remembered for the end of the story. */
    Showing show(Pass pass, Consent agreed) {
        Showing showing = pass.show(agreed, town.random());
        shown.add(showing);
        return showing;
    }

    /** What a holder agrees to now, by a register; a changed wallet keeps it for later. */
    Consent agreed(Pass pass, Question question, KnownRegister register) {
        return switch (Consent.of(question, 0, pass, register, now())) {
            case Consent consent -> consent;
            case NoAnswer no -> throw new IllegalStateException(no.holder());
        };
    }

    /** Why Anna's wallet does not answer a question; empty if it does. */
    Optional<NoAnswer> refusal(Pass pass, Question question) {
        return Consent.of(question, 0, pass, known, now()) instanceof NoAnswer no ? Optional.of(no) : Optional.empty();
    }

    /** A door's check; what is accepted is recorded, as after the identity step. */
    Verdict check(Checker door, Showing showing) {
        Verdict verdict = door.check(showing.text(), now());
        if (verdict instanceof Verdict.Accepted accepted) {
            accepted.stamp().ifPresent(door::record);
        }
        return verdict;
    }

    /** A fresh question of the kitchen, with a stamp for a meal: 0 breakfast, 1 lunch, 2 dinner. */
    Question kitchenAsks(int meal) {
        return kitchenDoor(meal).question(known.register(), now(), town.random());
    }

    DoorSetup kitchenDoor(int meal) {
        Ask usual = Ask.defaultOf(scheme(DemoTown.CANTEEN).leaf(), scheme(DemoTown.CANTEEN).line());
        return DoorSetup.signed(known.register().officeLeaf(), town.address(), DoorSetup.Mode.FRESH,
            new Ask(usual.scheme(), usual.attributes(), OptionalInt.of(meal)), false, kitchen.leaf(), OptionalInt.of(0), kitchen.key(), Optional.empty());
    }

    /** Fetches the register over HTTP and gives it to Anna and to every door. */
    void fetchRegister() throws Exception {
        known = town.known(Optional.ofNullable(known));
        for (Checker door : new Checker[] {north, south, lunch}) {
            if (door != null) {
                door.update(known);
            }
        }
    }
}
