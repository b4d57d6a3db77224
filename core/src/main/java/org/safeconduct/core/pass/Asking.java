package org.safeconduct.core.pass;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;

/** The questions that a checker is asking (spec/pass.md section 5.1). */
final class Asking {
    /** How long the answer to a fresh question counts after the question was replaced. */
    static final Duration GRACE = Duration.ofSeconds(60);

    private final List<Hash> schemes;
    private final boolean paper;
    /** The checker's own question; empty if it asks the default questions. */
    private Optional<Question> own;
    private Optional<Question> before = Optional.empty();
    private Instant replaced = Instant.EPOCH;

    Asking(List<Hash> schemes, Optional<Question> own, boolean paper) {
        this.schemes = List.copyOf(schemes);
        this.own = own;
        this.paper = paper;
    }

    /** Replaces a fresh question by the next one. */
    void replace(Question next, Instant now) {
        if (own.isEmpty() || own.get().source() != Question.Source.FRESH || next.source() != Question.Source.FRESH
                || !next.asks().equals(own.get().asks())) {
            throw new IllegalArgumentException("A fresh question follows one that asks the same.");
        }
        before = own;
        own = Optional.of(next);
        replaced = now;
    }

    boolean asksFor(Hash scheme) {
        return schemes.contains(scheme);
    }

    /**
     * The paper question of a scheme, where this checker takes paper and the scheme has it. Where a stamp is asked for, paper
     * must stamp in the same scope: otherwise one pass would count once live and once more on paper.
     */
    Optional<Question> paperOf(Hash leaf, Scheme scheme) {
        OptionalInt live = own.flatMap(question -> question.asks().stream().filter(ask -> ask.scheme().equals(leaf)).findFirst())
                .orElseGet(() -> Ask.defaultOf(leaf, scheme)).scope();
        return paper ? Question.paperOf(leaf, scheme)
                .filter(question -> live.isEmpty() || live.equals(question.asks().getFirst().scope())) : Optional.empty();
    }

    /** The live questions asked now that may be answered by this scheme. */
    List<Question> liveOf(Hash leaf, Register register, Instant now) {
        if (own.isEmpty()) {
            return register.find(leaf, Scheme.class).stream().map(scheme -> Question.defaultOf(leaf, scheme.line()))
                    .toList();
        }
        List<Question> live = new ArrayList<>();
        own.filter(question -> isOn(question, now)).ifPresent(live::add);
        if (now.isBefore(replaced.plus(GRACE))) {
            before.ifPresent(live::add);
        }
        return live;
    }

    /** A poster is asked between its times; a fresh question goes by the step of its answers. */
    private static boolean isOn(Question question, Instant now) {
        return question.source() != Question.Source.STATIC || question.times().isEmpty()
                || !now.isBefore(question.times().get().notBefore().minus(Permission.TOLERANCE))
                        && !now.isAfter(question.times().get().notAfter());
    }
}
