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
 * What a wallet puts to its holder before it answers (spec/pass.md section 3.5). All names come from the register.
 *
 * @param form live, or paper: then the wallet says that the same showing is shown many times
 * @param asker who asks; empty for default and paper questions and for a door that does not say who it is
 * @param door which of the asker's doors, if it says so
 * @param disclosed what the showing will tell, with the values
 * @param undisclosed what it will not tell
 * @param stamp the right within which showings of this pass become linkable; empty for no stamp
 * @param crowd how many could have made this showing (spec/pass.md section 8)
 * @param at the time by which to show: the device's clock, or the signed time of a fresh question where the clock is behind
 * @param clockCorrected whether {@code at} is not the device's clock; the holder is told
 */
public record Consent(Form form, Scheme scheme, Optional<Texts> asker, Optional<String> door, List<Told> disclosed,
        List<Attribute> undisclosed, Optional<Named> stamp, long crowd, Instant at, boolean clockCorrected)
        implements Reply {
    /** Below so many the wallet warns: the showing tells nearly who made it. */
    public static final int SMALL_CROWD = 100;

    /** An attribute that will be told. @param value its value in this pass */
    public record Told(Attribute attribute, String value) {}

    /** Copies the lists. */
    public Consent {
        disclosed = List.copyOf(disclosed);
        undisclosed = List.copyOf(undisclosed);
    }

    /** Whether so few could have made this showing that the wallet warns. */
    public boolean isSmallCrowd() {
        return crowd < SMALL_CROWD;
    }

    /**
     * What to put to the holder, or why not to answer.
     *
     * @param ask index into the question's asks
     * @param pass the pass that would answer
     * @param now the device's clock
     */
    public static Reply of(Question question, int ask, Pass pass, KnownRegister known, Instant now) {
        Instant at = Permission.corrected(question, known, now);
        Optional<NoAnswer> refusal = Permission.check(question, known, at)
                .or(() -> refusalBy(pass, question, ask, known.register(), at));
        return refusal.isPresent() ? refusal.get()
                : told(question, question.asks().get(ask), pass, known.register(), at, !at.equals(now));
    }

    private static Optional<NoAnswer> refusalBy(Pass pass, Question question, int ask, Register register, Instant at) {
        if (!pass.scheme().equals(question.asks().get(ask).scheme())) {
            return Optional.of(NoAnswer.OTHER_SCHEME);
        }
        Optional<NoAnswer> refusal = NoAnswer.of(register.validity(pass.epoch(), at));
        // Paper may be printed before its epoch begins.
        return refusal.filter(reason -> question.form() != Form.PAPER || reason != NoAnswer.EPOCH_NOT_YET);
    }

    private static Consent told(Question question, Ask asked, Pass pass, Register register, Instant at, boolean corrected) {
        Scheme scheme = register.find(pass.scheme(), Scheme.class).orElseThrow().line();
        Optional<Asker> asker = Permission.asker(question, register);
        Optional<String> door = question.door().isPresent()
                ? asker.map(a -> a.doors().get(question.door().getAsInt())) : Optional.empty();
        List<Told> disclosed = asked.attributes().stream()
                .map(i -> new Told(scheme.attributes().get(i), pass.values().get(i))).toList();
        List<Attribute> undisclosed = IntStream.range(0, scheme.attributes().size())
                .filter(i -> !asked.attributes().contains(i)).mapToObj(scheme.attributes()::get).toList();
        Optional<Named> stamp = asked.scope().isPresent()
                ? Optional.of(scheme.scopes().get(asked.scope().getAsInt())) : Optional.empty();
        long holders = register.find(pass.epoch(), Epoch.class).orElseThrow().line().holders();
        return new Consent(question.form(), scheme, asker.map(Asker::names), door, disclosed, undisclosed, stamp,
                crowd(holders, disclosed), at, corrected);
    }

    /** spec/pass.md section 8: dividing step by step rounds down to the same number and cannot overflow. */
    private static long crowd(long holders, List<Told> disclosed) {
        long crowd = holders;
        for (Told told : disclosed) {
            crowd /= told.attribute().domain().count();
        }
        return crowd;
    }
}
