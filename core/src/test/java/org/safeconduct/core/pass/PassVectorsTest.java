package org.safeconduct.core.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.vectors.Cases;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Utf8;

/** Makes vectors/pass.json: requests, grants, offers, door set-ups, stamp book exchanges. */
class PassVectorsTest {
    private static final Map<String, Object> NONE = Map.of();

    private final City city = new City();
    private final Cases cases = new Cases();
    private final PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("vector wallet"));

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        CityVectors.addRegister(cases, city);
        requests();
        issuing();
        grants();
        offers();
        doors();
        exchanges();
        cases.compare("pass.json");
    }

    private void requests() {
        byte[] good = pending.request().commitment().toBytes();
        Map<String, Object> epoch = Map.of("epoch", city.today);
        cases.valid("pass-request", "to as many secrets as there are scopes", Hex.print(good), epoch, () -> {
            PassRequest request = PassRequest.parse(city.today, good);
            city.issuer(city.today).verify(request);
            return Json.object("hash", request.commitmentHash());
        });
        byte[] one = PendingPass.create(city.register(), city.mealToday, new Seeded("vector wallet")).request().commitment().toBytes();
        byte[] identity = good.clone();
        Arrays.fill(identity, 0, 48, (byte) 0);
        identity[0] = (byte) 0xc0;
        byte[] off = good.clone();
        off[47] ^= 1;
        byte[] zero = good.clone();
        Arrays.fill(zero, 48, 80, (byte) 0);
        byte[] large = good.clone();
        Arrays.fill(large, 48, 80, (byte) 0xff);
        byte[] other = good.clone();
        other[good.length - 1] ^= 1;
        byte[] swapped = Bytes.join(Arrays.copyOf(good, 48), Arrays.copyOfRange(good, 80, 112), Arrays.copyOfRange(good, 48, 80),
                Arrays.copyOfRange(good, 112, good.length));
        Map<String, byte[]> bad = new java.util.LinkedHashMap<>();
        bad.put("to one secret where there are two scopes", one);
        bad.put("empty", new byte[0]);
        bad.put("a byte short", Arrays.copyOf(good, good.length - 1));
        bad.put("a byte long", Arrays.copyOf(good, good.length + 1));
        bad.put("to five secrets", Bytes.join(good, new byte[96]));
        bad.put("the point at infinity", identity);
        bad.put("a point off the curve or out of the subgroup", off);
        bad.put("a scalar 0", zero);
        bad.put("a scalar above r", large);
        bad.put("another challenge", other);
        bad.put("responses swapped", swapped);
        bad.forEach((name, bytes) -> cases.refused("pass-request", name, Hex.print(bytes), epoch, () -> {
            city.issuer(city.today).verify(PassRequest.parse(city.today, bytes));
            return null;
        }));
    }

    private void issuing() {
        for (String person : List.of("Mo", "Flo")) {
            Json input = Json.object("key", Hex.print(city.keys.get(city.today).toBytes()), "epoch", city.today, "row", City.row(person),
                    "commitment", Hex.print(pending.request().commitment().toBytes()), "values", City.VALUES);
            cases.valid("issue", "for the row of " + person, input, NONE,
                    () -> grant(city.issuer(city.today).issue(pending.request(), City.row(person), City.VALUES)));
        }
    }

    private static Json grant(PassGrant grant) {
        return grant(grant.epoch(), grant.signatureBytes(), grant.entropyBytes(), grant.values());
    }

    private static Json grant(Hash epoch, byte[] signature, byte[] entropy, List<String> values) {
        return Json.object("epoch", epoch, "signature", Hex.print(signature), "entropy", Hex.print(entropy), "values", values);
    }

    private void grants() throws Exception {
        PassGrant good = city.issuer(city.today).issue(pending.request(), City.row("Mo"), City.VALUES);
        byte[] s = good.signatureBytes();
        byte[] e = good.entropyBytes();
        receive(true, "an honest one", city.today, s, e, City.VALUES);
        PassGrant tomorrow = city.issuer(city.tomorrow)
                .issue(new PassRequest(city.tomorrow, pending.request().commitment()), City.row("Mo"), City.VALUES);
        receive(false, "of another epoch", city.tomorrow, tomorrow.signatureBytes(), tomorrow.entropyBytes(), City.VALUES);
        receive(false, "under the key of another epoch", city.today, tomorrow.signatureBytes(), tomorrow.entropyBytes(), City.VALUES);
        byte[] otherEntropy = city.issuer(city.today).issue(pending.request(), City.row("Flo"), City.VALUES).entropyBytes();
        receive(false, "with the entropy of another row", city.today, s, otherEntropy, City.VALUES);
        receive(false, "with another value", city.today, s, e, List.of("worker", "M", "02-29", "1984"));
        receive(false, "with values in another order", city.today, s, e, List.of("M", "resident", "02-29", "1984"));
        receive(false, "with a value missing", city.today, s, e, City.VALUES.subList(0, 3));
        receive(false, "with a value more", city.today, s, e, List.of("resident", "M", "02-29", "1984", "1984"));
        for (String mark : List.of("resident ", " resident", "Resident", "resident\u200b", "resident\u00a0", "")) {
            receive(false, "marked: " + Hex.print(Utf8.print(mark)), city.today, s, e, List.of(mark, "M", "02-29", "1984"));
        }
        for (String day : List.of("02-30", "2-29", "00-10", "13-01", "0229")) {
            receive(false, "a day of no year: " + day, city.today, s, e, List.of("resident", "M", day, "1984"));
        }
        for (String year : List.of("1899", "2027", "84", "01984", "198\u0664")) {
            receive(false, "a year out of range: " + year, city.today, s, e, List.of("resident", "M", "02-29", year));
        }
        for (String letter : List.of("m", "MM", "\u00c4", "\u041c")) {
            receive(false, "no letter: " + letter, city.today, s, e, List.of("resident", letter, "02-29", "1984"));
        }
        receive(false, "a signature of 79 bytes", city.today, Arrays.copyOf(s, 79), e, City.VALUES);
        receive(false, "entropy 0", city.today, s, new byte[32], City.VALUES);
        byte[] otherE = s.clone();
        otherE[79] ^= 1;
        receive(false, "another e", city.today, otherE, e, City.VALUES);
    }

    private void receive(boolean valid, String name, Hash epoch, byte[] signature, byte[] entropy, List<String> values) throws Exception {
        List<Cbor> stored = Cbor.parse(pending.toBytes()).items(5);
        Json secret = Json.object("blind", Hex.print(stored.get(2).bytes(32)), "nyms", Hex.print(stored.get(3).bytes(64)));
        Map<String, Object> more = Map.of("pending", Json.object("type", "pending-pass", "epoch", city.today, "commitment",
                Hex.print(pending.request().commitment().toBytes()), "secret", secret));
        Json input = grant(epoch, signature, entropy, values);
        Cases.Reader reader = () -> Json.object("values",
                pending.receive(PassGrant.parse(epoch, signature, entropy, values)).values());
        if (valid) {
            cases.valid("pass-grant", name, input, more, reader);
        } else {
            cases.refused("pass-grant", name, input, more, reader);
        }
    }

    private void offers() {
        Hash office = city.register().officeLeaf();
        Offer offer = Offer.create(office, new Seeded("vector offer"));
        String text = offer.text();
        String digits = text.substring(5).replace("-", "");
        for (String good : List.of(text, text.toLowerCase(java.util.Locale.ROOT), digits, " " + digits.substring(0, 9) + " " + digits.substring(9),
                digits.replace('0', 'O').replace('1', 'l'), text + "\r\n", digits.substring(0, 27) + (digits.charAt(27) == '7' ? '8' : '7'))) {
            cases.valid("offer", "read: " + good.replace("\r\n", " and line ends"), good, NONE, () -> {
                Offer read = Offer.parse(good);
                return Json.object("code", read.sent(), "hash", read.hash(), "text", read.text(), "of_city", read.isOf(office));
            });
        }
        for (String bad : List.of("", "SCO1:", digits.substring(1), digits + "0", digits.replace(digits.charAt(5), 'U'), "SCQ1:" + digits,
                "SCO1:SCO1:" + digits, digits.substring(0, 25) + "1" + digits.substring(26), digits + "\t", digits.substring(1) + "\u0131",
                digits.substring(1) + "\u017f", digits.substring(1) + "\uff10", "https://office.example/" + digits)) {
            cases.refused("offer", "refused: " + bad.replace("\t", " and a tab"), bad, NONE, () -> Offer.parse(bad));
        }
    }

    /** Version, office, address, scheme, mode, scope, attributes, paper, asker, door, seed, pairing secret. */
    private List<Object> door(int mode, Hash asker, Object door, byte[] seed, byte[] pairing) {
        return new ArrayList<>(Arrays.asList(1, city.register().officeLeaf(), "https://office.example", city.travel, mode, null,
                List.of(0), 1, asker, door, seed, pairing));
    }

    private void doors() {
        byte[] seed = city.askerKey.seed();
        door(true, "that asks the default question", door(0, null, null, null, null));
        door(true, "with a poster of its own", door(1, null, null, null, null));
        door(true, "with a screen of its own, paired", door(2, null, null, null, seed));
        door(true, "that asks in a name", door(2, city.gate, 1, seed, seed));
        door(true, "that asks in a name and says no door", door(1, city.gate, null, seed, null));
        door(false, "with a seed and no asker", door(2, null, null, seed, null));
        door(false, "with an asker and no seed", door(2, city.gate, 1, null, null));
        door(false, "with a door and no asker", door(2, null, 1, null, null));
        door(false, "that asks the default question in a name", door(0, city.gate, null, seed, null));
        door(false, "of an unknown mode", door(3, null, null, null, null));
        door(false, "with door 200", door(2, city.gate, 200, seed, null));
        door(false, "with a seed of 31 bytes", door(2, city.gate, 1, Arrays.copyOf(seed, 31), null));
        door(false, "with a pairing secret of 33 bytes", door(2, null, null, null, Arrays.copyOf(seed, 33)));
        for (String address : List.of("", "http://office.example", "https://Office.example", "https://a/", "https://a/b", "https://a?b",
                "https://u@a", "javascript:alert(1)", "https://-a", "https://a:0", "https://" + "a".repeat(193))) {
            List<Object> fields = door(0, null, null, null, null);
            fields.set(2, address);
            door(false, "at " + address, fields);
        }
        for (Object[] change : new Object[][] {{0, 2, "of another version"}, {5, 4, "with scope 4"}, {7, 2, "with paper 2"},
            {6, List.of(1, 0), "with attributes that descend"}, {6, List.of(8), "with attribute 8"}, {3, new byte[31], "with a leaf of 31 bytes"}}) {
            List<Object> fields = door(0, null, null, null, null);
            fields.set((int) change[0], change[1]);
            door(false, (String) change[2], fields);
        }
        List<Object> longer = door(0, null, null, null, null);
        longer.add(null);
        door(false, "with a field more", longer);
    }

    private void door(boolean valid, String name, List<Object> fields) {
        String text = Code.DOOR.print(Cbor.of(fields).print());
        Cases.Reader reader = () -> {
            DoorSetup setup = DoorSetup.parse(text);
            return Json.object("office", setup.office(), "address", setup.address(), "mode", setup.mode().ordinal(),
                    "ask", CityVectors.ask(setup.ask()), "paper", setup.paper(), "asker", setup.asker().orElse(null),
                    "door", Ask.orNull(setup.door()), "seed", setup.askerKey().map(key -> Hex.print(key.seed())).orElse(null),
                    "pairing", setup.pairing().map(secret -> Hex.print(secret.toBytes())).orElse(null), "secret", setup.isSecret());
        };
        if (valid) {
            cases.valid("door", name, text, NONE, reader);
        } else {
            cases.refused("door", name, text, NONE, reader);
        }
    }

    private void exchanges() {
        byte[] one = new byte[8];
        byte[] two = Bytes.i2osp(1, 8);
        byte[] hundred = Bytes.join(java.util.stream.LongStream.range(0, 100).mapToObj(i -> Bytes.i2osp(i, 8)).toArray(byte[][]::new));
        exchange(true, "of two stamps", false, 1, city.today, 0, 0, 1, Bytes.join(one, two));
        exchange(true, "of an empty book", false, 1, city.today, 1, 0, 1, new byte[0]);
        exchange(true, "the first of two parts", false, 1, city.today, 0, 0, 2, hundred);
        exchange(true, "the last of two parts", false, 1, city.today, 0, 1, 2, one);
        exchange(false, "by another door", true, 1, city.today, 0, 0, 1, Bytes.join(one, two));
        exchange(false, "of another version", false, 2, city.today, 0, 0, 1, one);
        exchange(false, "of scope 4", false, 1, city.today, 4, 0, 1, one);
        exchange(false, "part 1 of 1", false, 1, city.today, 0, 1, 1, one);
        exchange(false, "part 0 of 0", false, 1, city.today, 0, 0, 0, one);
        exchange(false, "part 0 of 100,001", false, 1, city.today, 0, 0, 100_001, hundred);
        exchange(false, "a first part that is not full", false, 1, city.today, 0, 0, 2, one);
        exchange(false, "an empty last part of two", false, 1, city.today, 0, 1, 2, new byte[0]);
        exchange(false, "half a prefix", false, 1, city.today, 0, 0, 1, new byte[4]);
        exchange(false, "prefixes that descend", false, 1, city.today, 0, 0, 1, Bytes.join(two, one));
        exchange(false, "a prefix twice", false, 1, city.today, 0, 0, 1, Bytes.join(one, one));
        exchange(false, "101 prefixes", false, 1, city.today, 0, 0, 1, Bytes.join(hundred, Bytes.i2osp(100, 8)));
    }

    private void exchange(boolean valid, String name, boolean otherSecret, Object... fields) {
        PairingSecret secret = PairingSecret.create(new Seeded("vector pairing"));
        PairingSecret by = otherSecret ? PairingSecret.create(new Seeded("other pairing")) : secret;
        byte[] mac = Arrays.copyOf(by.mac(Bytes.join(Bytes.label("stamp-book"), Cbor.array(fields).print())), 16);
        List<Object> all = new ArrayList<>(Arrays.asList(fields));
        all.add(mac);
        String text = Code.STAMP_BOOK.print(Cbor.of(all).print());
        Map<String, Object> more = Map.of("pairing", Hex.print(secret.toBytes()));
        Cases.Reader reader = () -> {
            StampExchange read = StampExchange.parse(text, secret);
            return Json.object("epoch", read.epoch(), "scope", read.scope(), "part", read.part(), "parts", read.parts(),
                    "prefixes", read.prefixes());
        };
        if (valid) {
            cases.valid("exchange", name, text, more, reader);
        } else {
            cases.refused("exchange", name, text, more, reader);
        }
    }
}
