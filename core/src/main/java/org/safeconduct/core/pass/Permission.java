package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
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

    /**
     * Returns the first reason not to answer, in this order: another register, unknown scheme or asker, asking too much,
     * scheme or asker not valid now, false signature, out of its time.
     */
    public static Optional<NoAnswer> check(Question question, Register register, Instant now) {
        if (isOfOtherRegister(question, register)) {
            return Optional.of(NoAnswer.OTHER_REGISTER);
        }
        for (Ask ask : question.asks()) {
            Optional<Scheme> scheme = register.find(ask.scheme(), Scheme.class).map(Placed::line);
            if (scheme.isEmpty()) {
                return Optional.of(NoAnswer.SCHEME_UNKNOWN);
            }
            Optional<NoAnswer> excess = excess(question, ask, scheme.get(), register);
            if (excess.isPresent()) {
                return excess;
            }
            if (register.validity(ask.scheme(), now) != Validity.VALID) {
                return Optional.of(NoAnswer.SCHEME_NOT_VALID);
            }
        }
        return question.asker().isPresent() ? signature(question, register, now) : time(question, now);
    }

    /** Whether the asker's root is not that of our first lines. A longer register can only be compared later. */
    private static boolean isOfOtherRegister(Question question, Register register) {
        return question.tip()
                .filter(tip -> tip.size() <= register.size() && !register.rootOf(tip.size()).equals(tip.root())).isPresent();
    }

    private static Optional<NoAnswer> excess(Question question, Ask ask, Scheme scheme, Register register) {
        Ask usual = Ask.defaultOf(ask.scheme(), scheme);
        if (question.source() == Question.Source.PAPER) {
            Optional<Ask> paper = Ask.paperOf(ask.scheme(), scheme);
            return paper.isEmpty() ? Optional.of(NoAnswer.NO_PAPER) : tooMuchUnless(paper.get().equals(ask));
        }
        if (question.asker().isEmpty()) {
            return tooMuchUnless(usual.equals(ask));
        }
        Optional<Asker> asker = asker(question, register);
        return asker.isEmpty() ? Optional.of(NoAnswer.ASKER_UNKNOWN)
                : tooMuchUnless(mayAsk(asker.get(), question, ask, usual, scheme));
    }

    private static boolean mayAsk(Asker asker, Question question, Ask ask, Ask usual, Scheme scheme) {
        boolean attributes = ask.attributes().containsAll(usual.attributes()) && ask.attributes().stream()
                .filter(i -> !usual.attributes().contains(i)).allMatch(i -> question.source() == Question.Source.FRESH
                        && i < scheme.attributes().size() && asker.attributes().contains(i));
        OptionalInt scope = ask.scope();
        boolean stamp = scope.equals(usual.scope())
                || scope.isPresent() && scope.getAsInt() < scheme.scopes().size() && asker.scopes().contains(scope.getAsInt());
        boolean door = question.door().isEmpty() || question.door().getAsInt() < asker.doors().size();
        return asker.scheme().equals(ask.scheme()) && attributes && stamp && door;
    }

    static Optional<Asker> asker(Question question, Register register) {
        return question.asker().flatMap(leaf -> register.find(leaf, Asker.class)).map(Placed::line);
    }

    private static Optional<NoAnswer> tooMuchUnless(boolean allowed) {
        return allowed ? Optional.empty() : Optional.of(NoAnswer.ASKS_TOO_MUCH);
    }

    private static Optional<NoAnswer> signature(Question question, Register register, Instant now) {
        if (register.validity(question.asker().orElseThrow(), now) != Validity.VALID) {
            return Optional.of(NoAnswer.ASKER_NOT_VALID);
        }
        try {
            question.verify(asker(question, register).orElseThrow().key());
        } catch (VerificationException e) {
            return Optional.of(NoAnswer.NOT_SIGNED_BY_ASKER);
        }
        return time(question, now);
    }

    private static Optional<NoAnswer> time(Question question, Instant now) {
        if (question.times().isEmpty()) {
            return Optional.empty();
        }
        Question.Times times = question.times().get();
        if (now.isBefore(times.notBefore().minus(TOLERANCE))) {
            return Optional.of(NoAnswer.QUESTION_NOT_YET);
        }
        return now.isAfter(times.notAfter()) ? Optional.of(NoAnswer.QUESTION_OVER) : Optional.empty();
    }
}
