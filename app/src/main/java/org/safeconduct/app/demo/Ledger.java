package org.safeconduct.app.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.safeconduct.app.demo.Telling.Outcome;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;

/** The last part: in bytes, what a door learned and what the office stored. */
final class Ledger {
    private static final int PROOF = 8;
    private static final int STAMP = 7;

    private final Scene scene;
    private final Telling telling;

    Ledger(Scene scene, Telling telling) {
        this.scene = scene;
        this.telling = telling;
    }

    void door() throws Exception {
        telling.part("What the door learned, in bytes", "Anna's canteen pass, shown twice to the default question, side by side.");
        try (Pass pass = scene.town.pass(scene.anna, DemoTown.CANTEEN)) {
            Showing one = scene.showDefault(pass, DemoTown.CANTEEN);
            Showing other = scene.showDefault(pass, DemoTown.CANTEEN);
            List<Cbor> left = Cbor.parse(one.bytes()).items(9);
            List<Cbor> right = Cbor.parse(other.bytes()).items(9);
            telling.step("Two showings of one pass", "to find what they have in common", "nothing of Anna's but her tariff", () -> {
                boolean same = true;
                for (int i = 0; i < STAMP; i++) {
                    same &= left.get(i).equals(right.get(i));
                }
                boolean apart = common(left.get(PROOF).bytes(0, 2_000), right.get(PROOF).bytes(0, 2_000)) == 0;
                return Outcome.of(same && apart ? "nothing of Anna's but her tariff" : "more than that");
            }, "Everything else is as random as the next person's. Office and doors together cannot link two such codes.");
            String[] names = {"version", "form", "epoch", "half minute", "question", "ask", "disclosed", "stamp", "proof"};
            for (int i = 0; i < names.length; i++) {
                telling.detail("%-12s %-34s %s".formatted(names[i], brief(left.get(i)), i == PROOF ? "differs: " + brief(right.get(i)) : "same for everybody" + (i == 6 ? " of her tariff" : "")));
            }
            telling.detail("%d bytes in all; of an errand the door also keeps the stamp, 48 bytes, until midnight".formatted(one.bytes().length));
        }
    }

    private static String brief(Cbor value) {
        String printed = Hex.print(value.print());
        return printed.length() <= 32 ? printed : printed.substring(0, 24) + "...";
    }

    /** How many places of 16 bytes and more two byte strings share. */
    private static int common(byte[] left, byte[] right) {
        int common = 0;
        String where = new String(right, StandardCharsets.ISO_8859_1);
        for (int at = 0; at + 16 <= left.length; at += 16) {
            common += contains(where, Arrays.copyOfRange(left, at, at + 16)) ? 1 : 0;
        }
        return common;
    }

    void office() throws IOException, MalformedException {
        telling.part("What the office stored, in bytes", "After all this, everything on its disk is read, byte by byte.");
        Map<String, List<byte[]>> wanted = new LinkedHashMap<>();
        wanted.put("showings", scene.shown.stream().map(showing -> Arrays.copyOfRange(showing.bytes(), 60, 92)).toList());
        wanted.put("stamps", scene.shown.stream().map(Ledger::stamp).filter(stamp -> stamp.length > 0).toList());
        wanted.put("names of the table", Stream.of("Anna Berg", "Ben Hale", "Cleo Dunn", "Case 0007").map(name -> name.getBytes(StandardCharsets.UTF_8)).toList());
        wanted.put("offers", scene.offers.values().stream().map(offer -> offer.sent().getBytes(StandardCharsets.US_ASCII)).toList());
        wanted.put("addresses", List.of("127.0.0.1".getBytes(StandardCharsets.US_ASCII)));
        String everything = everything();
        telling.step("Everything the office holds", "to find %d showings, %d stamps, names, offers and addresses in %,d bytes".formatted(
            wanted.get("showings").size(), wanted.get("stamps").size(), everything.length()), "none found", () -> {
                for (Map.Entry<String, List<byte[]>> kind : wanted.entrySet()) {
                    long found = kind.getValue().stream().filter(bytes -> contains(everything, bytes)).count();
                    if (found > 0) {
                        return Outcome.of(found + " of the " + kind.getKey() + " found");
                    }
                }
                // A search that finds nothing must be able to find something.
                return Outcome.of(contains(everything, scene.offers.get("Anna Berg").hash().bytes()) ? "none found" : "the search does not work");
            }, "There is no place in the office for where anybody went, so nobody can ask it, steal it, or subpoena it.");
        telling.detail("of each person: a keyed hash (32), the hash of the offer (32) and of the wallet's secret (32), the values");
        telling.detail("of each pass, until its day is closed: that this person had it, and the hash of what was signed (32)");
        telling.detail("nothing of any showing, no door, no time finer than a day");
    }

    private static byte[] stamp(Showing showing) {
        try {
            Cbor stamp = Cbor.parse(showing.bytes()).items(9).get(STAMP);
            return stamp.isNull() ? new byte[0] : stamp.bytes(48);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All files of the office; ISO 8859-1 maps bytes to characters one to one, and strings are searched fast. */
    private String everything() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.walk(scene.town.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean contains(String all, byte[] part) {
        return all.contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}
