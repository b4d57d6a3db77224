package org.safeconduct.core.pass;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.Pseudonym;

/**
 * A door's judgement of showings (spec/pass.md section 5).
 *
 * <p>It needs no network and makes no request. It keeps, in memory, hashes of the codes it accepted a moment ago, and the
 * stamp books; nothing else of any showing. For one thread.
 *
 * <p>The order of the checks is part of the promise: what is said of a code before its proof has verified is never about
 * time or use, because whoever draws a picture of a code may write there what they like, and staff waves "expired" through.
 */
public final class Checker {
    private static final int STEPS_EARLY = 1;
    private static final int STEPS_LATE = 3;

    /** How a verified proof stands to the stamp that was asked for. */
    private enum Fit {
        AS_ASKED, STAMP_MISSING, STAMP_UNASKED
    }

    private final Asking asking;
    private final Map<String, StampBook> books = new TreeMap<>();
    private final SeenCodes seen = new SeenCodes();
    private final Map<Hash, Layout> prepared = new HashMap<>();
    private Optional<KnownRegister> known;

    private Checker(Optional<KnownRegister> known, Asking asking, Collection<StampBook> books) {
        this.known = known;
        this.asking = asking;
        books.forEach(book -> this.books.put(key(book.epoch(), book.scope()), book));
    }

    /**
     * A checker that asks the default questions of these schemes.
     *
     * @param known empty while this device has no register
     * @param schemes leaves of the scheme lines
     * @param paper whether it takes paper
     * @param books as {@link #books} gave them; none on the first day
     */
    public static Checker byDefault(Optional<KnownRegister> known, List<Hash> schemes, boolean paper,
            Collection<StampBook> books) {
        return new Checker(known, new Asking(schemes, Optional.empty(), paper), books);
    }

    /**
     * A checker that asks a question of its own, and does not accept the default answer.
     *
     * @param question static or fresh; a fresh one is followed by others with {@link #ask}
     * @throws IllegalArgumentException if it is neither, or the register does not permit it: such a checker would collect
     *     what no wallet gives
     */
    public static Checker asking(Optional<KnownRegister> known, Question question, boolean paper,
            Collection<StampBook> books) {
        if (question.source() != Question.Source.STATIC && question.source() != Question.Source.FRESH) {
            throw new IllegalArgumentException("A question of one's own is static or fresh.");
        }
        known.flatMap(k -> Permission.check(question, k.register())).ifPresent(reason -> {
            throw new IllegalArgumentException("The register does not permit this question: " + reason);
        });
        List<Hash> schemes = question.asks().stream().map(Ask::scheme).toList();
        return new Checker(known, new Asking(schemes, Optional.of(question), paper), books);
    }

    /** Goes on with a newer register of the same office. */
    public void update(KnownRegister register) {
        known = Optional.of(known.map(before -> register.saw(before.latest())).orElse(register));
    }

    /** The register with the latest time seen, to be stored; empty if there is none. */
    public Optional<KnownRegister> known() {
        return known;
    }

    /** Replaces the fresh question. Answers to the one before count for another minute. */
    public void ask(Question next, Instant now) {
        asking.replace(next, now);
    }

    /** The stamp books, to be stored; each for one epoch and scope. */
    public Collection<StampBook> books() {
        return List.copyOf(books.values());
    }

    /** The book of an epoch and scope; a new one if there was none. @param epoch leaf of the epoch line */
    public StampBook book(Hash epoch, int scope) {
        return books.computeIfAbsent(key(epoch, scope), k -> StampBook.of(epoch, scope));
    }

    private static String key(Hash epoch, int scope) {
        return epoch.hex() + "/" + scope;
    }

    /**
     * Erases the stamp books of epochs that are surely over (spec/pass.md section 6.1). The clock alone is believed late,
     * and nothing of an epoch that the register does not know yet: a book erased too early lets every right count again.
     */
    public void eraseEnded(Instant now) {
        known.ifPresent(k -> books.values().removeIf(book -> {
            boolean ended = k.register().find(book.epoch(), Epoch.class)
                    .filter(epoch -> isSurelyOver(epoch.line().until(), k, now)).isPresent();
            if (ended) {
                book.erase();
            }
            return ended;
        }));
    }

    private static boolean isSurelyOver(Instant until, KnownRegister known, Instant now) {
        return known.cosignedAt().filter(signed -> !signed.isBefore(until)).isPresent()
                || !now.isBefore(until.plus(StampBook.KEPT_BY_CLOCK)) && !known.isFarAhead(now);
    }

    /**
     * Records a stamp as used: after the identity step, where there is one.
     *
     * @return whether it was new; if not, the pass was used meanwhile and is refused as {@link Refusal#ALREADY_USED}
     */
    public boolean record(Stamp stamp) {
        return book(stamp.epoch(), stamp.scope()).record(stamp);
    }

    /** Judges the text of a code. @param now this device's clock */
    public Verdict check(String text, Instant now) {
        try {
            return check(Showing.parse(text), now);
        } catch (MalformedException e) {
            return new Verdict.Refused(Refusal.NOT_A_PASS);
        }
    }

    /** Judges the bytes of a code. @param now this device's clock */
    public Verdict check(byte[] bytes, Instant now) {
        try {
            return check(Showing.parse(bytes), now);
        } catch (MalformedException e) {
            return new Verdict.Refused(Refusal.NOT_A_PASS);
        }
    }

    /** spec/pass.md section 5.2, from (2) on. */
    private Verdict check(Showing showing, Instant now) {
        if (known.isEmpty()) {
            return new Verdict.CannotTell(Doubt.REGISTER_MISSING);
        }
        KnownRegister register = known.get();
        if (register.isBehind(now)) {
            return new Verdict.CannotTell(Doubt.CLOCK_BEHIND);
        }
        known = Optional.of(register.saw(now));
        Optional<Layout> layout = layout(register.register(), showing.epoch());
        if (layout.isEmpty()) {
            return register.isYoung(now) ? new Verdict.Refused(Refusal.UNKNOWN_EPOCH)
                    : new Verdict.CannotTell(Doubt.REGISTER_OLD);
        }
        return check(showing, layout.get(), register.register(), now);
    }

    private Optional<Layout> layout(Register register, long position) {
        return register.at(position, Epoch.class)
                .map(epoch -> prepared.computeIfAbsent(epoch.leaf(), leaf -> Layout.of(register, leaf)));
    }

    /** (4) and (5). */
    private Verdict check(Showing showing, Layout layout, Register register, Instant now) {
        Hash scheme = layout.epoch().scheme();
        if (!asking.asksFor(scheme)) {
            return new Verdict.Refused(Refusal.OTHER_SCHEME);
        }
        Optional<Question> paper = asking.paperOf(scheme, layout.scheme());
        if (showing.form() == Form.PAPER && paper.isEmpty()) {
            return new Verdict.Refused(Refusal.PAPER_NOT_TAKEN);
        }
        List<Question> asked = showing.form() == Form.PAPER ? List.of(paper.get()) : asking.liveOf(scheme, register, now);
        Optional<Question> question = asked.stream().filter(q -> showing.answers(q) && showing.ask() < q.asks().size()
                && layout.fits(q.asks().get(showing.ask()))).findFirst();
        if (question.isEmpty()) {
            return new Verdict.Refused(Refusal.OTHER_QUESTION);
        }
        Ask ask = question.get().asks().get(showing.ask());
        if (!layout.areValues(ask.attributes(), showing.disclosed())) {
            return new Verdict.Refused(Refusal.VALUE_NOT_ALLOWED);
        }
        return check(showing, layout, register, question.get(), ask, now);
    }

    /** (6) to (9). */
    private Verdict check(Showing showing, Layout layout, Register register, Question question, Ask ask, Instant now) {
        Optional<Fit> fit = verify(showing, layout, question, ask);
        if (fit.isEmpty()) {
            return new Verdict.Refused(Refusal.NOT_A_PASS);
        }
        Optional<Refusal> late = state(register.validity(layout.leaf(), now)).or(() -> step(showing, question, now));
        if (late.isPresent()) {
            return new Verdict.Refused(late.get());
        }
        if (seen.contains(showing, now)) {
            return new Verdict.Refused(Refusal.CODE_SEEN);
        }
        if (fit.get() != Fit.AS_ASKED) {
            return new Verdict.Refused(fit.get() == Fit.STAMP_MISSING ? Refusal.STAMP_MISSING : Refusal.STAMP_UNASKED);
        }
        Optional<Stamp> stamp = showing.stamp().map(p -> Stamp.of(layout.leaf(), ask.scope().getAsInt(), p));
        if (stamp.filter(s -> book(s.epoch(), s.scope()).contains(s)).isPresent()) {
            return new Verdict.Refused(Refusal.ALREADY_USED);
        }
        if (layout.scheme().specimen()) {
            return new Verdict.Specimen(showing.form(), layout.scheme());
        }
        seen.add(showing, stamp, now);
        return new Verdict.Accepted(showing.form(), layout.scheme(), layout.epoch(), showing.disclosed(), stamp);
    }

    /** Whether the proof verifies, and with the stamp asked for, without it, or with one that nobody asked for. */
    private static Optional<Fit> verify(Showing showing, Layout layout, Question question, Ask ask) {
        OptionalInt asked = ask.scope();
        if (showing.stamp().isEmpty()) {
            Fit fit = asked.isPresent() ? Fit.STAMP_MISSING : Fit.AS_ASKED;
            return Optional.of(fit).filter(f -> holds(showing, layout, question, ask, OptionalInt.empty()));
        }
        if (asked.isPresent() && holds(showing, layout, question, ask, asked)) {
            return Optional.of(Fit.AS_ASKED);
        }
        for (int scope = 0; scope < layout.scopes(); scope++) {
            if (!asked.equals(OptionalInt.of(scope)) && holds(showing, layout, question, ask, OptionalInt.of(scope))) {
                return Optional.of(Fit.STAMP_UNASKED);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Showing showing, Layout layout, Question question, Ask ask, OptionalInt scope) {
        byte[] header = Showing.presentationHeader(showing.form(), question.qhash(), showing.ask(), showing.step());
        byte[] context = scope.isPresent() ? Stamp.context(layout.leaf(), scope.getAsInt()) : null;
        Pseudonym stamp = scope.isPresent() ? showing.stamp().orElseThrow() : null;
        Map<Integer, byte[]> disclosed = new TreeMap<>();
        for (int i = 0; i < ask.attributes().size(); i++) {
            disclosed.put(ask.attributes().get(i), Utf8.print(showing.disclosed().get(i)));
        }
        try {
            layout.bbs().verify(layout.key(), showing.proof(), layout.header(), header, context, stamp, disclosed, Map.of());
            return true;
        } catch (VerificationException e) {
            return false;
        }
    }

    private static Optional<Refusal> state(Validity state) {
        return state == Validity.VALID ? Optional.empty() : Optional.of(Refusal.valueOf(state.name()));
    }

    /** spec/pass.md section 5.3. The answer to a fresh question has the question's step and no other. */
    private static Optional<Refusal> step(Showing showing, Question question, Instant now) {
        if (showing.form() == Form.PAPER) {
            return Optional.empty();
        }
        long clock = Showing.step(now);
        long earliest = clock - STEPS_LATE;
        long latest = clock + STEPS_EARLY;
        if (question.source() == Question.Source.FRESH) {
            earliest = Math.max(earliest, question.step(now));
            latest = Math.min(latest, question.step(now));
        }
        if (showing.step() < earliest) {
            return Optional.of(Refusal.CODE_EXPIRED);
        }
        return showing.step() > latest ? Optional.of(Refusal.CODE_EARLY) : Optional.empty();
    }
}
