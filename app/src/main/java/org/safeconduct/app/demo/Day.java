package org.safeconduct.app.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.cli.QrPicture;
import org.safeconduct.app.demo.Telling.Outcome;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.wallet.PassFetch;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.pass.Stamp;
import org.safeconduct.core.pass.Verdict;

/** The first part: a day on which everything goes as it should. */
final class Day {
    private static final int PEOPLE = 256;

    private final Scene scene;
    private final Telling telling;

    Day(Scene scene, Telling telling) {
        this.scene = scene;
        this.telling = telling;
    }

    void tell() throws Exception {
        telling.part("A day as it should be", "A town in an emergency: everybody may run one errand a day. Its canteen serves one lunch a day.");
        register();
        enrol();
        get();
        show();
        meals();
    }

    private void register() throws Exception {
        telling.step("The office opens", "to read its register over HTTP and verify every line", "verified", () -> {
            scene.fetchRegister();
            return new Outcome("verified", scene.known.register().size() + " lines, office words " + scene.known.register().officeWords());
        }, "What passes are for, on what law, and until when is public, signed, and never changes.");
        var errand = scene.scheme(DemoTown.ERRAND).line();
        telling.detail("purpose  " + errand.purpose().in("en", "en"));
        telling.detail("law      " + errand.legalBasis().in("en", "en"));
        telling.detail("ends     " + errand.sunset() + ", and nothing can extend it");
        telling.detail("root     " + scene.known.register().words() + ", witnesses: none");
    }

    private void enrol() throws Exception {
        telling.step("A table with mistakes", "to enrol three people, one of them twice, one with a mark nobody sees", "nobody enrolled", () -> {
            try {
                scene.town.enrol(DemoTown.CANTEEN, "person,tariff\nM. Rossi,staff\nM. Rossi,guest\nL. Marten,staff\u200b\n");
                return Outcome.of("enrolled");
            } catch (OfficeException e) {
                return new Outcome("nobody enrolled", e.getMessage().replaceFirst("^Nobody was enrolled\\. ", "").replace("\n", " "));
            }
        }, "All or nothing, and bad rows are named. A value is one of a public list: a secret mark would follow its holder.");
        telling.step("The office enrols", PEOPLE + " people for errands, 3 for the canteen, from CSV", PEOPLE + 3 + " enrolled", () -> {
            StringBuilder table = new StringBuilder("person,first-name-letter,birthday\nAnna Berg,A,05-14\n");
            for (int i = 1; i < PEOPLE; i++) {
                table.append("Case %04d,%c,%02d-%02d%n".formatted(i, 'A' + i % 26, 1 + i % 12, 1 + i % 28));
            }
            Map<String, Offer> errands = scene.town.enrol(DemoTown.ERRAND, table.toString());
            Map<String, Offer> meals = scene.town.enrol(DemoTown.CANTEEN, "person,tariff\nAnna Berg,staff\nBen Hale,guest\nCleo Dunn,trainee\n");
            scene.offers = new HashMap<>(errands);
            meals.forEach((person, offer) -> scene.offers.put("canteen " + person, offer));
            scene.kitchen = scene.town.desk().addAsker(DemoTown.CANTEEN, Map.of("en", "Kitchen", "de", "Küche"), List.of(), List.of(0, 1, 2), List.of("Counter"),
                scene.scheme(DemoTown.CANTEEN).line().sunset());
            scene.town.tell();
            return Outcome.of(errands.size() + meals.size() + " enrolled");
        }, "Each gets an offer, a code to be printed once. The office keeps hashes: of the person, and of the offer.");
    }

    private void get() {
        telling.step("Anna gets her passes", "to redeem her offer: today and the three days to come, in one request", "4 passes", () -> {
            scene.fetchRegister();
            PassFetch.Result errands = scene.town.get(scene.anna, scene.offers.get("Anna Berg"), scene.known);
            scene.town.get(scene.anna, scene.offers.get("canteen Anna Berg"), scene.known);
            scene.north = Checker.byDefault(Optional.of(scene.known), List.of(scene.scheme(DemoTown.ERRAND).leaf()), true, List.of());
            scene.south = Checker.byDefault(Optional.of(scene.known), List.of(scene.scheme(DemoTown.ERRAND).leaf()), true, List.of());
            return Outcome.of(errands.received().size() + " passes");
        }, "The office signs without seeing what it signs. It could not recognise these passes if it stood at every door.");
    }

    private void show() throws Exception {
        try (Pass pass = scene.town.pass(scene.anna, DemoTown.ERRAND)) {
            Showing showing = scene.showDefault(pass, DemoTown.ERRAND);
            QrPicture picture = QrPicture.of(showing.text(), QrPicture.Use.LIVE);
            Path png = scene.folder.resolve("anna.png");
            SafeFiles.write(png, picture.png(8));
            telling.terminal().line();
            picture.lines(telling.terminal().colour()).forEach(line -> telling.terminal().line("    " + line));
            telling.terminal().line(telling.terminal().quiet("    Anna's code: %d bytes, a new one every 30 seconds; also in %s".formatted(showing.bytes().length, png)));
            telling.step("The north door checks", "to accept Anna's code, with the network off", "accepted", () -> Outcome.of(scene.check(scene.north, showing)),
                "The door learned: an errand pass, of today, not used before. No name, no number, nothing to know her by tomorrow.");
        }
    }

    private void meals() throws Exception {
        try (Pass pass = scene.town.pass(scene.anna, DemoTown.CANTEEN)) {
            telling.step("Lunch and dinner", "one pass, two rights, two questions of the kitchen", "accepted twice, stamps differ", () -> {
                Stamp lunch = meal(pass, 1);
                Stamp dinner = meal(pass, 2);
                return Outcome.of(lunch.equals(dinner) ? "accepted twice, same stamp" : "accepted twice, stamps differ");
            }, "A stamp is known again in its own scope only. Nobody can tell that lunch and dinner were one person's.");
        }
    }

    private Stamp meal(Pass pass, int meal) {
        Question question = scene.kitchenAsks(meal);
        Checker counter = Checker.asking(Optional.of(scene.known), question, false, List.of());
        if (scene.check(counter, scene.show(pass, question)) instanceof Verdict.Accepted accepted) {
            return accepted.stamp().orElseThrow();
        }
        throw new IllegalStateException("The meal was not accepted.");
    }
}
