package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.core.register.Agreement;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.VerificationException;

/**
 * Who may ask what (spec/pass.md sections 3.2 and 3.5).
 *
 * <p>Everything beyond a scheme's default needs the signature of an asker that the register allows just that. So a
 * stranger's poster can neither burn stamps nor read attributes.
 */
public final class Permission {
    /** How far a device's clock may be behind a question's time. */
    static final Duration TOLERANCE = Duration.ofSeconds(60);

    private Permission() {}

    /** Returns why nobody may ask this, whenever and whoever signed it; empty if the register permits it. */
    public static Optional<NoAnswer> check(Question question, Register register) {
        return check(question.source(), question.asks(), question.asker(), question.door(), register);
    }

    static Optional<NoAnswer> check(Question.Source source, List<Ask> asks, Optional<Hash> asker, OptionalInt door,
            Register register) {
        if (asks.stream().anyMatch(ask -> scheme(ask, register).isEmpty())) {
            return Optional.of(NoAnswer.UNKNOWN_SCHEME);
        }
        Optional<Asker> by = asker.flatMap(leaf -> register.find(leaf, Asker.class)).map(Placed::line);
        if (asker.isPresent() && by.isEmpty()) {
            return Optional.of(NoAnswer.UNKNOWN_ASKER);
        }
        boolean hasDoor = door.isEmpty() || door.getAsInt() < by.orElseThrow().doors().size();
        boolean permitted =
                hasDoor && asks.stream().allMatch(ask -> mayAsk(source, ask, scheme(ask, register).get(), by));
        return permitted ? Optional.empty() : Optional.of(NoAnswer.NOT_PERMITTED);
    }

    /**
     * Returns the first reason not to answer: the signature, registers that differ, what nobody may ask, the time, asker or
     * scheme not valid then. The signature first: a stranger's poster must not make an office look like two.
     *
     * @param now the device's clock, or the time to which {@link #corrected} set it
     */
    public static Optional<NoAnswer> check(Question question, KnownRegister known, Instant now) {
        Register register = known.register();
        return signature(question, register).or(() -> tip(question, known)).or(() -> check(question, register))
                .or(() -> time(question, now)).or(() -> validity(question, register, now));
    }

    /** Of a signature that verified; only an asker of the register says something about another one. */
    private static Optional<NoAnswer> tip(Question question, KnownRegister known) {
        boolean isSigned = asker(question, known.register()).isPresent();
        return question.tip().filter(tip -> known.agreement(tip.size(), tip.root()) == Agreement.SPLIT)
                .map(tip -> isSigned ? NoAnswer.REGISTERS_DIFFER : NoAnswer.OTHER_REGISTER);
    }

    /**
     * The time by which to answer: the device's clock, unless a signed fresh question says that it is behind, and is not
     * older than the office's cosignature. Never back: whoever photographed a question could put it up again days later,
     * and collect stamps and attributes with it from everybody whose clock is right.
     */
    static Instant corrected(Question question, KnownRegister known, Instant now) {
        boolean tells = question.source() == Question.Source.FRESH && question.asker().isPresent()
                && time(question, now).filter(NoAnswer.QUESTION_EARLY::equals).isPresent();
        Optional<Instant> told = tells ? question.times().map(Question.Times::notBefore) : Optional.empty();
        return told.filter(time -> known.cosignedAt().filter(time::isBefore).isEmpty()).orElse(now);
    }

    private static Optional<Scheme> scheme(Ask ask, Register register) {
        return register.find(ask.scheme(), Scheme.class).map(Placed::line);
    }

    static Optional<Asker> asker(Question question, Register register) {
        return question.asker().flatMap(leaf -> register.find(leaf, Asker.class)).map(Placed::line);
    }

    private static boolean mayAsk(Question.Source source, Ask ask, Scheme scheme, Optional<Asker> asker) {
        if (source == Question.Source.PAPER) {
            return Ask.paperOf(ask.scheme(), scheme).equals(Optional.of(ask));
        }
        Ask usual = Ask.defaultOf(ask.scheme(), scheme);
        return asker.map(a -> mayAsk(source, ask, usual, a)).orElse(ask.equals(usual));
    }

    /** The asker line names no attribute or scope that its scheme does not have, so neither does what it may ask. */
    private static boolean mayAsk(Question.Source source, Ask ask, Ask usual, Asker asker) {
        boolean fresh = source == Question.Source.FRESH;
        OptionalInt scope = ask.scope();
        return asker.scheme().equals(ask.scheme()) && ask.attributes().containsAll(usual.attributes())
                && ask.attributes().stream().filter(i -> !usual.attributes().contains(i))
                        .allMatch(i -> fresh && asker.attributes().contains(i))
                && (scope.equals(usual.scope()) || scope.isPresent() && asker.scopes().contains(scope.getAsInt()));
    }

    private static Optional<NoAnswer> signature(Question question, Register register) {
        Optional<Asker> asker = asker(question, register);
        try {
            if (asker.isPresent()) {
                question.verify(asker.get().key());
            }
            return Optional.empty();
        } catch (VerificationException e) {
            return Optional.of(NoAnswer.SIGNATURE_WRONG);
        }
    }

    private static Optional<NoAnswer> time(Question question, Instant now) {
        if (question.times().isEmpty()) {
            return Optional.empty();
        }
        Question.Times times = question.times().get();
        if (now.isBefore(times.notBefore().minus(TOLERANCE))) {
            return Optional.of(NoAnswer.QUESTION_EARLY);
        }
        return now.isAfter(times.notAfter()) ? Optional.of(NoAnswer.QUESTION_OVER) : Optional.empty();
    }

    /** Of the asker, if there is one; the schemes of an unsigned question are looked at with the pass that answers. */
    private static Optional<NoAnswer> validity(Question question, Register register, Instant now) {
        return question.asker().flatMap(leaf -> NoAnswer.of(register.validity(leaf, now)));
    }
}
