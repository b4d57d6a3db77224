package org.safeconduct.app.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.app.demo.Telling.Outcome;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Proquint;
import org.safeconduct.crypto.MalformedException;

/**
 * The third part: offices that cheat, and wallets that do. A twin of the office is run from a copy of its
 * store, with its own keys: as far as anybody can go who took the server.
 */
final class Forgeries {
    private final Scene scene;
    private final Telling telling;
    private final DemoTown twin;

    Forgeries(Scene scene, Telling telling, DemoTown twin) {
        this.scene = scene;
        this.telling = telling;
        this.twin = twin;
    }

    void tell() throws Exception {
        telling.part("What goes wrong at offices", "Somebody copied the office's store and keys before the first day, and runs a second office with them.");
        forgedKey();
        otherRegister();
        forgedRegisterAtDoor();
        secondCommitment();
    }

    private void forgedKey() {
        telling.step("A forged key", "the second office makes today's pass with a key of its own", "refused NOT_A_PASS", () -> {
            Offer offer = twin.enrol(DemoTown.ERRAND, "person,first-name-letter,birthday\nMallory,M,01-01\n").get("Mallory");
            Path mallory = scene.folder.resolve("mallory");
            KnownRegister theirs = twin.known(Optional.empty());
            twin.get(mallory, offer, theirs);
            try (Pass forged = twin.pass(mallory, DemoTown.ERRAND)) {
                return Outcome.of(scene.check(scene.south, scene.show(forged, scene.agreed(forged, scene.defaultOf(DemoTown.ERRAND), theirs))));
            }
        }, "The door has the day's key from the register it holds, and believes no other.");
    }

    private void otherRegister() {
        telling.step("A register that does not extend yesterday's", "the second office answers Anna's wallet instead of the first", "kept as evidence", () -> {
            twin.enrol(DemoTown.CANTEEN, "person,tariff\nMallory,staff\n");
            return switch (twin.fetch(Optional.of(scene.known))) {
                case Acceptance.NotAnExtension split -> new Outcome("kept as evidence",
                    "two signed roots: " + start(split.held().root()) + " held, " + start(split.other().root()) + " shown");
                case Acceptance.Accepted _ -> Outcome.of("accepted");
                case Acceptance.Ahead ahead -> new Outcome("signed ahead of time", ahead.cosigned().toString());
                case Acceptance.Malformed malformed -> new Outcome("malformed", malformed.why());
            };
        }, "It is signed by the office's own key, so both signatures together prove what happened. The first register stays in use.");
    }

    private static String start(Hash root) {
        return Proquint.words(root).substring(0, 11);
    }

    private void forgedRegisterAtDoor() throws Exception {
        KnownRegister forged = twin.known(Optional.empty());
        Ask usual = Ask.defaultOf(scene.scheme(DemoTown.CANTEEN).leaf(), scene.scheme(DemoTown.CANTEEN).line());
        try (Pass pass = scene.town.pass(scene.anna, DemoTown.CANTEEN)) {
            telling.step("A forged register met at a door", "the kitchen, which got its register from the second office, asks Anna", "not answered " + NoAnswer.REGISTERS_DIFFER, () -> {
                int size = Math.min(forged.register().size(), scene.known.register().size());
                Question.Tip tip = new Question.Tip(size, forged.register().rootOf(size));
                Question question = Question.freshSigned(usual, scene.kitchen.leaf(), OptionalInt.of(0), scene.now(), tip, scene.kitchen.key(), scene.town.random());
                return scene.refusal(pass, question).map(Outcome::of).orElse(Outcome.of("answered"));
            }, "Every question names the register behind it. Two registers meet at the first honest door or wallet; only a signed question counts, because anybody can write a poster.");
        }
    }

    /** Ben's wallet is written out here by hand, because no wallet does what he tries. */
    private void secondCommitment() throws Exception {
        Offer offer = scene.offers.get("Case 0007");
        byte[] secret = new byte[32];
        scene.town.random().nextBytes(secret);
        OfficeClient client = scene.town.client();
        OfficeClient.Token token = client.token(offer.sent(), Optional.empty(), Hash.sha256(Bytes.label("wallet"), secret), OfficeClient.NO_QUEUE);
        Hash today = today();
        try (PendingPass first = PendingPass.create(scene.known.register(), today, scene.town.random());
             PendingPass second = PendingPass.create(scene.known.register(), today, scene.town.random())) {
            Json answer = client.credential(token, body(first, secret));
            telling.step("A lost answer", "Ben's wallet asks again with the same bytes", "the same answer", () ->
                Outcome.of(client.credential(token, body(first, secret)).equals(answer) ? "the same answer" : "another answer"),
                "Whatever breaks in between, asking again gives the same pass and never a second one.");
            telling.step("A second commitment for the same day", "Ben asks for a second pass of today", "refused already_issued", () -> {
                try {
                    client.credential(token, body(second, secret));
                    return Outcome.of("issued");
                } catch (OfficeRefusal no) {
                    return Outcome.of("refused " + no.error());
                }
            }, "One person, one day, one pass. Nothing was signed or written for the second request.");
            telling.step("A value with an invisible mark", "a changed office grants Ben the letter H and a mark nobody sees", "refused by the wallet", () -> {
                try {
                    first.receive(marked(answer)).close();
                    return Outcome.of("received");
                } catch (MalformedException no) {
                    return new Outcome("refused by the wallet", no.getMessage());
                }
            }, "A mark in a value would be a name. Wallets and doors take exactly the values of the public list.");
        }
    }

    private Hash today() {
        return scene.known.register().epochs(scene.scheme(DemoTown.ERRAND).leaf()).stream()
            .filter(epoch -> isRunning(epoch.line()) && !epoch.line().spare()).findFirst().orElseThrow().leaf();
    }

    private boolean isRunning(Epoch epoch) {
        return !scene.now().isBefore(epoch.from()) && scene.now().isBefore(epoch.until());
    }

    private static Json body(PendingPass pending, byte[] secret) {
        return Json.object("credential_configuration_id", DemoTown.ERRAND, "proofs", Json.object("bbs_commitment",
            List.of(Json.object("commitment", Hex.print(pending.request().commitment().toBytes()), "epoch", pending.epoch()))), "wallet_secret", Hex.print(secret));
    }

    private static PassGrant marked(Json answer) throws MalformedException {
        Map<String, Json> granted = answer.members("credentials").get("credentials").items(1, 1).getFirst()
            .members("credential").get("credential").members("entropy", "epoch", "signature", "values");
        List<String> values = new ArrayList<>();
        for (Json value : granted.get("values").items(0, 8)) {
            values.add(value.string());
        }
        values.set(0, values.getFirst() + "\u200b");
        return PassGrant.parse(Hash.parse(granted.get("epoch").string()), Hex.parse(granted.get("signature").string(), 80),
            Hex.parse(granted.get("entropy").string(), 32), values);
    }
}
