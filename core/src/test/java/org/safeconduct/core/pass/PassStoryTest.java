package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pass, down once and back once. */
class PassStoryTest {
    private final City city = new City();

    @Test
    void aPassIsIssuedReceivedShownAndAccepted() throws Exception {
        // The wallet stores its secrets before it sends.
        PendingPass made = PendingPass.create(city.register(), city.today, new Seeded("wallet"));
        byte[] stored = made.toBytes();
        PassRequest sent = PassRequest.parse(made.request().epoch(), made.request().commitment().toBytes());

        // The office verifies before its transaction and signs after; a lost answer is asked for again.
        Issuer issuer = city.issuer(city.today);
        issuer.verify(sent);
        PassGrant grant = issuer.issue(sent, City.row("Mo"), City.VALUES);
        assertEquals(grant, issuer.issue(sent, City.row("Mo"), City.VALUES));

        // The wallet was restarted in between; it stores the pass and is restarted again.
        PendingPass pending = PendingPass.parse(stored, city.register());
        byte[] kept = pending.receive(grant).toBytes();
        pending.close();
        Pass pass = Pass.parse(kept, city.register());

        // At the gate.
        Question question = city.defaultOf(city.travel);
        Consent agreed = assertInstanceOf(Consent.class, Consent.of(question, 0, pass, city.known(), City.NOON));
        Showing showing = pass.show(agreed, new Seeded("showing"));
        Checker checker = Checker.byDefault(Optional.of(city.known()), List.of(city.travel), false, List.of());
        Verdict verdict = checker.check(showing.text(), City.plusSeconds(20));
        Verdict.Accepted accepted = assertInstanceOf(Verdict.Accepted.class, verdict);
        assertEquals(List.of("resident"), accepted.disclosed());
        assertEquals(Form.LIVE, accepted.form());
        assertEquals(Optional.empty(), accepted.stamp());
        pass.close();
    }

    @Test
    void aStampIsAskedForConsentedToAndRecordedAfterTheIdentityStep() throws Exception {
        Question asked = Question.parse(city.gateQuestion(City.NOON, "gate").text());
        Pass pass = city.travelPass();
        Consent consent = assertInstanceOf(Consent.class,
                Consent.of(asked, 0, pass, city.known(), City.plusSeconds(9)));
        assertEquals("The gates", consent.asker().orElseThrow().in("en", "en"));
        assertEquals(Optional.of("South gate"), consent.door());
        assertEquals("ride", consent.stamp().orElseThrow().id());
        assertEquals(4096 / (3 * 27), consent.crowd());
        assertEquals(List.of("birthday", "year"), consent.undisclosed().stream().map(a -> a.id()).toList());

        Checker checker = Checker.asking(Optional.of(city.known()), asked, false, List.of());
        Showing first = pass.show(consent, new Seeded("first"));
        Verdict.Accepted accepted =
                assertInstanceOf(Verdict.Accepted.class, checker.check(first.text(), City.plusSeconds(15)));
        assertEquals(List.of("resident", "M"), accepted.disclosed());
        checker.record(accepted.stamp().orElseThrow());
        assertEquals(new Verdict.Refused(Refusal.ALREADY_USED),
                checker.check(pass.show(consent, new Seeded("second")).text(), City.plusSeconds(16)));
    }
}
