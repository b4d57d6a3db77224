package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Domain;
import org.safeconduct.core.register.EpochKind;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.SchemeLint;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** Passes and what they show: the promises that arithmetic keeps, and what is refused on receipt. */
class PassTest {
    private final City city = new City();
    private final Pass pass = city.travelPass();
    private final Question usual = city.defaultOf(city.travel);

    @Test
    void p1TwoShowingsShareNoBytesBeyondWhatTheyTell() throws Exception {
        Showing one = city.show(pass, usual, 0, City.NOON, new Seeded("one"));
        Showing two = city.show(pass, usual, 0, City.NOON, new Seeded("two"));
        byte[] first = one.bytes();
        byte[] second = two.bytes();
        int proof = one.proof().toBytes().length;
        assertEquals(Hex.print(first).substring(0, 2 * (first.length - proof)),
                Hex.print(second).substring(0, 2 * (second.length - proof)), "what they tell is the same");
        Set<String> windows = windows(one.proof().toBytes());
        windows.retainAll(windows(two.proof().toBytes()));
        assertEquals(Set.of(), windows, "no four bytes of one proof stand in the other");
    }

    private static Set<String> windows(byte[] bytes) {
        Set<String> windows = new HashSet<>();
        String hex = Hex.print(bytes);
        for (int i = 0; i + 8 <= hex.length(); i += 2) {
            windows.add(hex.substring(i, i + 8));
        }
        return windows;
    }

    @Test
    void p2ACodeTellsTheSameOfEverybodyWithTheSameValues() throws Exception {
        Pass other = city.pass(city.today, List.of("resident", "Z", "12-31", "2001"), "Flo");
        List<Cbor> mine = Cbor.parse(city.show(pass, usual, 0, City.NOON, new Seeded("a")).bytes()).items(9);
        List<Cbor> theirs = Cbor.parse(city.show(other, usual, 0, City.NOON, new Seeded("b")).bytes()).items(9);
        assertEquals(mine.subList(0, 8), theirs.subList(0, 8));
        assertEquals(mine.get(8).bytes(1, 4096).length, theirs.get(8).bytes(1, 4096).length);
    }

    @Test
    void p3StampsAreEqualInOneScopeOfOnePassAndNowhereElse() {
        Set<String> stamps = new HashSet<>();
        Question asked = city.gateQuestion(City.NOON, "gate");
        for (Pass shown : List.of(pass, city.pass(city.today, City.VALUES, "Flo"), city.pass(city.tomorrow, City.VALUES, "Mo"))) {
            for (int scope : new int[] {0, 1}) {
                String first = stamp(shown, asked, scope, "first");
                assertEquals(first, stamp(shown, city.gateQuestion(City.plusSeconds(60), "later"), scope, "second"));
                assertTrue(stamps.add(first));
            }
        }
        assertEquals(6, stamps.size());
    }

    private static String stamp(Pass shown, Question question, int scope, String seed) {
        return Hex.print(shown.prove(question, 0, 7, OptionalInt.of(scope), new Seeded(seed)).stamp().orElseThrow().toBytes());
    }

    @Test
    void attack15TheSameRequestGetsTheSameBytesAndAnotherGetsOthers() throws Exception {
        Issuer issuer = city.issuer(city.today);
        PassRequest request = PendingPass.create(city.register(), city.today, new Seeded("w")).request();
        PassRequest other = PendingPass.create(city.register(), city.today, new Seeded("v")).request();
        PassGrant grant = issuer.issue(request, City.row("Mo"), City.VALUES);
        assertEquals(grant, city.issuer(city.today).issue(request, City.row("Mo"), City.VALUES));
        assertNotEquals(Hex.print(grant.entropyBytes()),
                Hex.print(issuer.issue(request, City.row("Flo"), City.VALUES).entropyBytes()), "the row counts");
        assertNotEquals(Hex.print(grant.entropyBytes()),
                Hex.print(issuer.issue(other, City.row("Mo"), City.VALUES).entropyBytes()), "the commitment counts");
        assertNotEquals(request.commitmentHash(), other.commitmentHash());
    }

    @Test
    void attack1AValueThatNobodyElseHasIsRefusedOnReceipt() throws Exception {
        for (String mark : List.of("resident ", "resident\u200b", "Resident", "yes", "", "re\u0301sident")) {
            List<String> marked = List.of(mark, "M", "02-29", "1984");
            PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
            PassGrant honest = city.issuer(city.today).issue(pending.request(), City.row("Mo"), City.VALUES);
            assertThrows(IllegalArgumentException.class,
                    () -> city.issuer(city.today).issue(pending.request(), City.row("Mo"), marked));
            assertThrows(MalformedException.class, () -> pending.receive(PassGrant.parse(city.today, honest.signatureBytes(),
                    honest.entropyBytes(), marked)));
            pending.receive(honest).close();
        }
    }

    @Test
    void attack1OneHoldersKeyHeaderOrEntropyIsRefusedOnReceipt() throws Exception {
        PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
        PassGrant honest = city.issuer(city.today).issue(pending.request(), City.row("Mo"), City.VALUES);
        PassRequest forTomorrow = new PassRequest(city.tomorrow, pending.request().commitment());
        PassGrant otherKey = city.issuer(city.tomorrow).issue(forTomorrow, City.row("Mo"), City.VALUES);
        PassGrant otherRow = city.issuer(city.today).issue(pending.request(), City.row("Flo"), City.VALUES);
        assertThrows(MalformedException.class, () -> pending.receive(otherKey));
        assertRefused(pending, otherKey.signatureBytes(), otherKey.entropyBytes(), City.VALUES);
        assertRefused(pending, honest.signatureBytes(), otherRow.entropyBytes(), City.VALUES);
        assertRefused(pending, honest.signatureBytes(), honest.entropyBytes(), List.of("worker", "M", "02-29", "1984"));
        assertThrows(MalformedException.class, () -> pending.receive(PassGrant.parse(city.today, honest.signatureBytes(),
                honest.entropyBytes(), City.VALUES.subList(0, 3))));
        assertRefused(PendingPass.create(city.register(), city.today, new Seeded("v")), honest.signatureBytes(),
                honest.entropyBytes(), City.VALUES);
    }

    private void assertRefused(PendingPass pending, byte[] signature, byte[] entropy, List<String> values) throws Exception {
        PassGrant grant = PassGrant.parse(city.today, signature, entropy, values);
        assertThrows(VerificationException.class, () -> pending.receive(grant));
    }

    @Test
    void requestsForAnotherEpochOrShapeAreRefusedBeforeAnythingIsSigned() {
        PassRequest meal = PendingPass.create(city.register(), city.mealToday, new Seeded("w")).request();
        Issuer issuer = city.issuer(city.today);
        assertThrows(VerificationException.class, () -> issuer.verify(meal));
        assertThrows(VerificationException.class, () -> issuer.verify(new PassRequest(city.today, meal.commitment())));
        assertThrows(VerificationException.class,
                () -> issuer.issue(new PassRequest(city.today, meal.commitment()), City.row("Mo"), City.VALUES));
        assertThrows(IllegalArgumentException.class, () -> Issuer.of(city.register(), city.today, city.keys.get(city.tomorrow)));
        assertThrows(IllegalArgumentException.class, () -> Issuer.of(city.register(), city.travel, city.keys.get(city.today)));
    }

    @Test
    void passesAndPendingPassesComeBackFromStorageAndFromNothingElse() throws Exception {
        PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
        byte[] stored = pending.toBytes();
        assertEquals(pending.request(), PendingPass.parse(stored, city.register()).request());
        byte[] kept = pass.toBytes();
        Pass back = Pass.parse(kept, city.register());
        assertEquals(city.show(pass, usual, 0, City.NOON, new Seeded("s")), city.show(back, usual, 0, City.NOON, new Seeded("s")));
        assertThrows(MalformedException.class, () -> Pass.parse(stored, city.register()));
        assertThrows(MalformedException.class, () -> PendingPass.parse(kept, city.register()));
        assertThrows(MalformedException.class, () -> Pass.parse(changed(kept, city.today, city.mealToday), city.register()));
        assertThrows(MalformedException.class, () -> Pass.parse(changed(kept, city.today, city.travel), city.register()));
    }

    private static byte[] changed(byte[] bytes, Hash from, Hash to) {
        return java.util.HexFormat.of().parseHex(Hex.print(bytes).replace(from.hex(), to.hex()));
    }

    @Test
    void secretsAreUnprintableAndGoneWhenClosed() throws Exception {
        PendingPass pending = PendingPass.create(city.register(), city.today, new Seeded("w"));
        PassGrant grant = city.issuer(city.today).issue(pending.request(), City.row("Mo"), City.VALUES);
        Pass own = pending.receive(grant);
        pending.close();
        city.show(own, usual, 0, City.NOON, new Seeded("still works")).text();
        own.close();
        assertEquals("Pass[secret] PendingPass[secret] PassGrant[secret] Issuer[secret]",
                own + " " + pending + " " + grant + " " + city.issuer(city.today));
        assertThrows(IllegalStateException.class, () -> City.showAnyway(own, usual, 0, City.NOON, new Seeded("s")));
        assertThrows(IllegalStateException.class, own::toBytes);
        assertThrows(IllegalStateException.class, pending::toBytes);
    }

    @Test
    void aPassAnswersAsksOfItsSchemeOnly() {
        assertThrows(IllegalArgumentException.class, () -> City.showAnyway(pass, city.defaultOf(city.meal), 0, City.NOON, new Seeded("s")));
        Question beyond = Question.staticUnsigned(List.of(new Ask(city.travel, List.of(4), OptionalInt.empty())), city.tip(),
                new Seeded("q"));
        assertThrows(IllegalArgumentException.class, () -> City.showAnyway(pass, beyond, 0, City.NOON, new Seeded("s")));
    }

    @Test
    void aPassAnswersOnlyWhatWasAgreedToForIt() {
        Pass other = city.pass(city.today, City.VALUES, "Eve");
        Consent agreed = (Consent) Consent.of(usual, 0, pass, city.known(), City.NOON);
        assertThrows(IllegalArgumentException.class, () -> other.show(agreed, new Seeded("s")));
        assertEquals("Consent[LIVE, 1 told]", agreed.toString());
    }

    @Test
    void aLiveShowingWithAStampAndThreeHiddenAttributesHasAtMost560Bytes() throws Exception {
        for (int scopes = 1; scopes <= 2; scopes++) {
            // Short and long values beside the three hidden ones, and none.
            for (int told = 0; told <= 2; told++) {
                City bare = new City();
                Showing showing = worstOf(bare, scopes, 3, told, 12);
                System.out.printf("showing: %d scopes, 3 hidden, %d told, a stamp: %d bytes%n", scopes, told, showing.bytes().length);
                assertTrue(showing.bytes().length <= 560);
            }
        }
    }

    @Test
    void noShowingIsLongerThanTheFormulaSays() {
        for (int scopes = 1; scopes <= 4; scopes++) {
            for (int told = 0; told <= 8; told += 4) {
                int hidden = 8 - told;
                City city = new City();
                Showing showing = worstOf(city, scopes, hidden, told, 40);
                // The formula has room for an epoch beyond line 255; this one is below.
                int epoch = showing.epoch() < 24 ? 2 : 1;
                Scheme scheme = city.register().scheme("worst").orElseThrow().line();
                assertEquals(SchemeLint.worstShowing(scheme), showing.bytes().length + epoch);
            }
        }
    }

    /** A stamped showing of a scheme of letters (hidden) and texts (told). */
    private static Showing worstOf(City city, int scopes, int hidden, int told, int length) {
        List<Attribute> attributes = new ArrayList<>();
        String value = "x".repeat(length);
        for (int i = 0; i < told + hidden; i++) {
            Domain domain = i < told ? new Domain.Listed(List.of(value)) : new Domain.Letter();
            attributes.add(new Attribute(domain, "a" + i, false, City.text("A"), false));
        }
        List<Named> rights = IntStream.range(0, scopes).mapToObj(i -> new Named("s" + i, City.text("S"))).toList();
        Hash scheme = city.add(new Scheme(1, attributes, 1000, City.upTo(told), OptionalInt.empty(), EpochKind.DAY, "UTC", "worst",
                City.text("L"), City.text("N"), Optional.empty(), City.text("P"), false, rights, Optional.empty(), false,
                City.DAY.plus(Duration.ofDays(300))));
        Hash epoch = city.epoch(scheme, 0, false, 0, 4096);
        List<String> values = attributes.stream().map(a -> a.domain() instanceof Domain.Letter ? "Q" : value).toList();
        Hash gate = city.add(city.asker(scheme, List.of(), List.of(scopes - 1)));
        Question question = Question.freshSigned(new Ask(scheme, City.upTo(told), OptionalInt.of(scopes - 1)), gate,
                OptionalInt.empty(), City.NOON, city.tip(), city.askerKey, new Seeded("q"));
        return city.show(city.pass(epoch, values, "Mo"), question, 0, City.NOON, new Seeded("s"));
    }

    @Test
    void theCrowdIsHoldersOverValuesRoundedDown() {
        Consent consent = (Consent) Consent.of(usual, 0, pass, city.known(), City.NOON);
        assertEquals(4096 / 3, consent.crowd());
        assertFalse(consent.isSmallCrowd());
        Consent paper = (Consent) Consent.of(city.paper(), 0, pass, city.known(), City.NOON);
        assertEquals(4096 / (27 * 366), paper.crowd());
        assertTrue(paper.isSmallCrowd());
        assertEquals(Form.PAPER, paper.form());
        assertEquals(Map.of("initial", "M", "birthday", "02-29"), paper.disclosed().stream()
                .collect(java.util.stream.Collectors.toMap(told -> told.attribute().id(), Consent.Told::value)));
    }
}
