package org.safeconduct.core.pass;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Texts;

/**
 * What a wallet puts to its holder before it answers, and all that a {@link Pass} answers (spec/pass.md section 3.5): a
 * question that passed every check, for one pass at one time. All names come from the register.
 */
public final class Consent implements Reply {
    /** Below so many the wallet warns: the showing tells nearly who made it. */
    public static final int SMALL_CROWD = 100;

    /** An attribute that will be told. @param value its value in this pass */
    public record Told(Attribute attribute, String value) {}

    private final Pass pass;
    private final Question question;
    private final int ask;
    private final Register register;
    private final Instant at;
    private final boolean clockCorrected;

    private Consent(Pass pass, Question question, int ask, Register register, Instant at, boolean clockCorrected) {
        this.pass = pass;
        this.question = question;
        this.ask = ask;
        this.register = register;
        this.at = at;
        this.clockCorrected = clockCorrected;
    }

    /**
     * What to put to the holder, or why not to answer. Default and paper questions are looked at like any other.
     *
     * @param ask index into the question's asks
     * @param pass the pass that would answer
     * @param now the device's clock
     */
    public static Reply of(Question question, int ask, Pass pass, KnownRegister known, Instant now) {
        Instant at = Permission.corrected(question, known, now);
        Optional<NoAnswer> refusal = Permission.check(question, known, at)
                .or(() -> refusalBy(pass, question, ask, known.register(), at));
        return refusal.isPresent() ? refusal.get() : new Consent(pass, question, ask, known.register(), at, !at.equals(now));
    }

    private static Optional<NoAnswer> refusalBy(Pass pass, Question question, int ask, Register register, Instant at) {
        if (!pass.scheme().equals(question.asks().get(ask).scheme())) {
            return Optional.of(NoAnswer.OTHER_SCHEME);
        }
        Optional<NoAnswer> refusal = NoAnswer.of(register.validity(pass.epoch(), at));
        // Paper may be printed before its epoch begins.
        return refusal.filter(reason -> question.form() != Form.PAPER || reason != NoAnswer.EPOCH_NOT_YET);
    }

    boolean isFor(Pass other) {
        return pass == other;
    }

    Question question() {
        return question;
    }

    int ask() {
        return ask;
    }

    private Ask asked() {
        return question.asks().get(ask);
    }

    /** Live, or paper: then the wallet says that the same showing is shown many times. */
    public Form form() {
        return question.form();
    }

    /** What the pass is of. */
    public Scheme scheme() {
        return register.find(pass.scheme(), Scheme.class).orElseThrow().line();
    }

    /** Who asks; empty for default and paper questions and for a door that does not say who it is. */
    public Optional<Texts> asker() {
        return Permission.asker(question, register).map(Asker::names);
    }

    /** Which of the asker's doors, if it says so. */
    public Optional<String> door() {
        return question.door().isPresent()
                ? Permission.asker(question, register).map(asker -> asker.doors().get(question.door().getAsInt())) : Optional.empty();
    }

    /** What the showing will tell, with the values. */
    public List<Told> disclosed() {
        return asked().attributes().stream().map(i -> new Told(scheme().attributes().get(i), pass.values().get(i))).toList();
    }

    /** What it will not tell. */
    public List<Attribute> undisclosed() {
        return IntStream.range(0, scheme().attributes().size()).filter(i -> !asked().attributes().contains(i))
                .mapToObj(scheme().attributes()::get).toList();
    }

    /** The right within which showings of this pass become linkable; empty for no stamp. */
    public Optional<Named> stamp() {
        return asked().scope().isPresent() ? Optional.of(scheme().scopes().get(asked().scope().getAsInt())) : Optional.empty();
    }

    /** How many could have made this showing (spec/pass.md section 8). */
    public long crowd() {
        // Dividing step by step rounds down to the same number and cannot overflow.
        long crowd = register.find(pass.epoch(), Epoch.class).orElseThrow().line().holders();
        for (Told told : disclosed()) {
            crowd /= told.attribute().domain().count();
        }
        return crowd;
    }

    /** Whether so few could have made this showing that the wallet warns. */
    public boolean isSmallCrowd() {
        return crowd() < SMALL_CROWD;
    }

    /** The time by which to show: the device's clock, or the signed time of a fresh question where the clock is behind. */
    public Instant at() {
        return at;
    }

    /** Whether {@link #at} is not the device's clock; the holder is told. */
    public boolean clockCorrected() {
        return clockCorrected;
    }

    @Override
    public String toString() {
        return "Consent[" + form() + ", " + disclosed().size() + " told]";
    }
}
