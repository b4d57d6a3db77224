package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Closed;
import org.safeconduct.core.register.Domain;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.EpochKind;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Stop;
import org.safeconduct.core.register.Texts;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/**
 * A small office with everything that tests need, the same in every run: schemes, epochs of one day, askers, and the
 * secret keys to them. Grows by {@link #add}; never changes what stands.
 *
 * <p>{@code travel} has four attributes, two scopes, paper, and stamps only when asked; {@code meal} has one attribute and
 * one scope, and stamps by default; {@code trial} is travel's specimen.
 */
final class City {
    /** The first day of everything. */
    static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    static final Instant NOON = DAY.plus(Duration.ofHours(12));
    static final List<String> VALUES = List.of("resident", "M", "02-29", "1984");
    static final List<String> MEAL = List.of("warm");

    final List<byte[]> lines = new ArrayList<>();
    final Ed25519Secret registerKey = secret("register");
    final Ed25519Secret cosignKey = secret("cosign");
    final Ed25519Secret askerKey = secret("asker");
    final Map<Hash, BbsSecretKey> keys = new HashMap<>();
    final Hash travel;
    final Hash meal;
    final Hash trial;
    final Hash gate;
    final Hash today;
    final Hash spare;
    final Hash tomorrow;
    final Hash mealToday;
    final Hash trialToday;
    private Register register;

    City() {
        add(new Office("Room 1", cosignKey.publicKey(), List.of("en"), text("Office"), "office.example", registerKey.publicKey()));
        travel = add(travel("travel", false));
        meal = add(new Scheme(3, List.of(attribute("kind", new Domain.Listed(List.of("warm", "cold")), false)), 1000, List.of(0),
                OptionalInt.of(0), EpochKind.DAY, "Europe/Berlin", "meal", text("By-law 2"), text("Meal"), Optional.empty(),
                text("Meals for helpers"), false, List.of(scope("meal")), Optional.empty(), false, DAY.plus(Duration.ofDays(300))));
        trial = add(travel("trial", true));
        gate = add(asker(travel, List.of(1, 2), List.of(0)));
        today = epoch(travel, 0, false, 0, 4096);
        spare = epoch(travel, 0, true, 0, 4096);
        tomorrow = epoch(travel, 1, false, 1, 4096);
        mealToday = epoch(meal, 0, false, 0, 128);
        trialToday = epoch(trial, 0, false, 0, 64);
    }

    private static Scheme travel(String id, boolean specimen) {
        List<Attribute> attributes = List.of(
                attribute("status", new Domain.Listed(List.of("resident", "worker", "guest")), false),
                attribute("initial", new Domain.Letter(), true), attribute("birthday", new Domain.DayMonth(), true),
                attribute("year", new Domain.Year(1900, 2026), false));
        return new Scheme(7, attributes, 1000, List.of(0), OptionalInt.empty(), EpochKind.DAY, "Europe/Berlin", id,
                text("By-law 1"), text("Travel"), Optional.of(new Scheme.Paper(List.of(1, 2), OptionalInt.of(1))),
                text("Travel in the city"), false, List.of(scope("ride"), scope("market")), Optional.empty(), specimen,
                DAY.plus(Duration.ofDays(300)));
    }

    Asker asker(Hash scheme, List<Integer> attributes, List<Integer> scopes) {
        return new Asker(attributes, List.of("North gate", "South gate"), askerKey.publicKey(), text("The gates"), scheme, scopes,
                DAY.plus(Duration.ofDays(200)));
    }

    private static Attribute attribute(String id, Domain domain, boolean identity) {
        return new Attribute(domain, id, identity, text(id), false);
    }

    private static Named scope(String id) {
        return new Named(id, text(id));
    }

    static Texts text(String text) {
        return new Texts(Map.of("en", text));
    }

    static Ed25519Secret secret(String name) {
        try {
            return Ed25519Secret.fromSeed(Hash.sha256(Utf8.print("city " + name)).bytes());
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes a line and returns its leaf. */
    Hash add(Line line) {
        byte[] bytes = line.print();
        try {
            lines.add(bytes);
            register = lines.size() == 1 ? Register.of(lines) : register.append(bytes);
            return register.at(register.size() - 1).leaf();
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Publishes an epoch of one day. */
    Hash epoch(Hash scheme, int number, boolean spare, int day, long holders) {
        BbsSecretKey key = BbsSecretKey.generate(Hash.sha256(scheme.bytes(), new byte[] {(byte) number, (byte) (spare ? 1 : 0)}).bytes(),
                new byte[0]);
        Instant from = DAY.plus(Duration.ofDays(day));
        Hash leaf = add(new Epoch(from, holders, key.publicKey(), number, scheme, spare, from.plus(Duration.ofDays(1))));
        keys.put(leaf, key);
        return leaf;
    }

    void stop(Hash target, Instant from) {
        add(new Stop(from, target, text("Because.")));
    }

    void close(Hash epoch) {
        add(new Closed(epoch, 1, Hex.print(keys.get(epoch).toBytes()), 0));
    }

    Register register() {
        return register;
    }

    /** The register as a client knows it that fetched it at noon, cosigned an hour before. */
    KnownRegister known() {
        return known(NOON.minus(Duration.ofHours(1)));
    }

    /** The register as a client knows it that fetched it at this time, just cosigned. */
    KnownRegister known(Instant fetched) {
        byte[] checkpoint = Checkpoint.sign(register, registerKey).cosign(cosignKey, fetched).print();
        return ((Acceptance.Accepted) KnownRegister.first(lines, checkpoint, fetched)).known();
    }

    Question.Tip tip() {
        return new Question.Tip(register.size(), register.root());
    }

    Scheme scheme(Hash leaf) {
        return register.find(leaf, Scheme.class).orElseThrow().line();
    }

    Question defaultOf(Hash scheme) {
        return Question.defaultOf(scheme, scheme(scheme));
    }

    Question paper() {
        return Question.paperOf(travel, scheme(travel)).orElseThrow();
    }

    /** What the gate's screen asks: status and initial, and a stamp for a ride. */
    Question gateQuestion(Instant now, String seed) {
        Ask ask = new Ask(travel, List.of(0, 1), OptionalInt.of(0));
        return Question.freshSigned(ask, gate, OptionalInt.of(1), now, tip(), askerKey, new Seeded(seed));
    }

    Issuer issuer(Hash epoch) {
        return Issuer.of(register, epoch, keys.get(epoch));
    }

    static Hash row(String person) {
        return Hash.sha256(Utf8.print(person));
    }

    /** Issues and receives a pass. */
    Pass pass(Hash epoch, List<String> values, String person) {
        try (PendingPass pending = PendingPass.create(register, epoch, new Seeded(person))) {
            return pending.receive(issuer(epoch).issue(pending.request(), row(person), values));
        } catch (MalformedException | VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    Pass travelPass() {
        return pass(today, VALUES, "Mo");
    }

    Pass mealPass() {
        return pass(mealToday, MEAL, "Mo");
    }

    /** What an honest wallet shows. */
    Showing show(Pass pass, Question question, int ask, Instant now, Seeded random) {
        return pass.show((Consent) Consent.of(question, ask, pass, known(), now), random);
    }

    /** What a changed wallet shows, which looks neither at the question nor at the time. */
    static Showing showAnyway(Pass pass, Question question, int ask, Instant now, Seeded random) {
        return pass.prove(question, ask, question.step(now), question.asks().get(ask).scope(), random);
    }

    static Instant plusSeconds(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
