package org.safeconduct.core.pass;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * What a door asks (spec/pass.md section 3). Holds no words of anybody: names come from the register.
 *
 * <p>A question that exists has one of the six forms of section 3.2. Whether its asker may ask that is another matter:
 * {@link Permission}. Immutable.
 */
public final class Question {
    /** Where the question comes from; the number in the bytes is the position here. */
    public enum Source {
        /** Computed from the scheme line by both sides; nothing to scan. */
        DEFAULT,
        /** Posted at a door. */
        STATIC,
        /** On a checker's screen, for two minutes. */
        FRESH,
        /** Computed from the scheme line; answered once and printed. */
        PAPER
    }

    /** The state of a register as the asker knows it. @param size lines, 1 to 100,000; @param root root hash at that size */
    public record Tip(int size, Hash root) {
        /** @throws IllegalArgumentException if the size is out of range */
        public Tip {
            if (size < 1 || size > MOST_LINES) {
                throw new IllegalArgumentException("A register has 1 to 100,000 lines.");
            }
        }
    }

    /** When a question may be answered. @param notBefore whole seconds; @param notAfter whole seconds, later */
    public record Times(Instant notBefore, Instant notAfter) {}

    /** How long a fresh question lives. */
    public static final Duration FRESH_LIFE = Duration.ofSeconds(120);
    /** Longest life of a signed static question. */
    public static final Duration STATIC_LIFE = Duration.ofDays(366);
    /** Most asks of an unsigned question. */
    public static final int MOST_ASKS = 4;

    private static final int NONCE = 16;
    private static final int MOST_DOORS = 200;
    private static final int MOST_LINES = 100_000;

    private final Source source;
    private final List<Ask> asks;
    private final Optional<Hash> asker;
    private final OptionalInt door;
    private final byte[] nonce;
    private final Optional<Times> times;
    private final Optional<Tip> tip;
    private final byte[] signature;
    private final byte[] bytes;
    private final Hash qhash;

    private Question(Source source, List<Ask> asks, Optional<Hash> asker, OptionalInt door, byte[] nonce,
            Optional<Times> times, Optional<Tip> tip, Ed25519Secret signer, byte[] signature) {
        this.source = source;
        this.asks = List.copyOf(asks);
        this.asker = asker;
        this.door = door;
        this.nonce = nonce;
        this.times = times;
        this.tip = tip;
        this.bytes = Cbor.array(1, source.ordinal(), asks.stream().map(Ask::print).toList(), asker.orElse(null),
                Ask.orNull(door), nonce, times.map(t -> t.notBefore.getEpochSecond()).orElse(null),
                times.map(t -> t.notAfter.getEpochSecond()).orElse(null), tip.map(Tip::size).orElse(null),
                tip.map(Tip::root).orElse(null)).print();
        this.qhash = Hash.sha256(covered());
        this.signature = signer == null ? signature : signer.sign(covered());
    }

    /** The default question of a scheme, which nobody sends. @param leaf of the scheme line */
    public static Question defaultOf(Hash leaf, Scheme scheme) {
        return unsent(Source.DEFAULT, Ask.defaultOf(leaf, scheme));
    }

    /** The paper question of a scheme, if it has paper; nobody sends it. @param leaf of the scheme line */
    public static Optional<Question> paperOf(Hash leaf, Scheme scheme) {
        return Ask.paperOf(leaf, scheme).map(ask -> unsent(Source.PAPER, ask));
    }

    private static Question unsent(Source source, Ask ask) {
        return new Question(source, List.of(ask), Optional.empty(), OptionalInt.empty(), null, Optional.empty(),
                Optional.empty(), null, null);
    }

    /** A poster of a door that does not say who it is. @param asks 1 to 4 default asks of different schemes */
    public static Question staticUnsigned(List<Ask> asks, Tip tip, SecureRandom random) {
        return made(Source.STATIC, asks, null, OptionalInt.empty(), null, null, tip, random);
    }

    /** A screen of a door that does not say who it is, from now for two minutes. */
    public static Question freshUnsigned(List<Ask> asks, Tip tip, Instant now, SecureRandom random) {
        return made(Source.FRESH, asks, null, OptionalInt.empty(), fresh(now), null, tip, random);
    }

    /** An asker's poster. @param notAfter at most 366 days after notBefore; @param door index into its doors */
    public static Question staticSigned(Ask ask, Hash asker, OptionalInt door, Instant notBefore, Instant notAfter, Tip tip,
            Ed25519Secret key, SecureRandom random) {
        return made(Source.STATIC, List.of(ask), asker, door, new Times(notBefore, notAfter), key, tip,
                random);
    }

    /** An asker's screen, from now for two minutes. @param door index into its doors */
    public static Question freshSigned(Ask ask, Hash asker, OptionalInt door, Instant now, Tip tip, Ed25519Secret key,
            SecureRandom random) {
        return made(Source.FRESH, List.of(ask), asker, door, fresh(now), key, tip, random);
    }

    private static Times fresh(Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        return new Times(second, second.plus(FRESH_LIFE));
    }

    private static Question made(Source source, List<Ask> asks, Hash asker, OptionalInt door, Times times, Ed25519Secret key,
            Tip tip, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        Question question = new Question(source, asks, Optional.ofNullable(asker), door, nonce,
                Optional.ofNullable(times), Optional.of(tip), key, null);
        try {
            question.requireForm();
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return question;
    }

    /**
     * Reads a question code.
     *
     * @throws MalformedException if it is not the text of a static or fresh question in one of the forms of section 3.2
     */
    public static Question parse(String text) throws MalformedException {
        List<Cbor> outer = Cbor.parse(Code.QUESTION.parse(text)).items(2);
        byte[] signature = outer.get(1).isNull() ? null : outer.get(1).bytes(Ed25519Key.SIGNATURE_LENGTH);
        List<Cbor> items = Cbor.parse(outer.get(0).bytes(1, Cbor.LONGEST)).items(10);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This question is of an unknown version.");
        }
        Source source = Source.values()[(int) items.get(1).whole(Source.values().length - 1)];
        List<Ask> asks = new ArrayList<>();
        for (Cbor ask : items.get(2).items(1, MOST_ASKS)) {
            asks.add(Ask.parse(ask));
        }
        Question question = new Question(source, asks,
                items.get(3).isNull() ? Optional.empty() : Optional.of(items.get(3).hash()),
                Ask.index(items.get(4), MOST_DOORS), items.get(5).isNull() ? null : items.get(5).bytes(NONCE),
                times(items.get(6), items.get(7)), tip(items.get(8), items.get(9)), null, signature);
        question.requireForm();
        return question;
    }

    private static Optional<Times> times(Cbor notBefore, Cbor notAfter) throws MalformedException {
        if (notBefore.isNull() && notAfter.isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Times(Instant.ofEpochSecond(notBefore.whole(Cbor.LARGEST)),
                Instant.ofEpochSecond(notAfter.whole(Cbor.LARGEST))));
    }

    private static Optional<Tip> tip(Cbor size, Cbor root) throws MalformedException {
        if (size.isNull() && root.isNull()) {
            return Optional.empty();
        }
        int lines = (int) size.whole(MOST_LINES);
        if (lines < 1) {
            throw new MalformedException("A register has at least one line.");
        }
        return Optional.of(new Tip(lines, root.hash()));
    }

    /** The table of spec/pass.md section 3.2, without default and paper, which are never sent. */
    private void requireForm() throws MalformedException {
        boolean signed = asker.isPresent();
        boolean fresh = source == Source.FRESH;
        boolean fits = (fresh || source == Source.STATIC) && nonce != null && tip.isPresent()
                && (signature != null) == signed && (signed || door.isEmpty()) && !asks.isEmpty()
                && asks.size() <= (signed ? 1 : MOST_ASKS) && times.isPresent() == (signed || fresh)
                && (door.isEmpty() || door.getAsInt() >= 0 && door.getAsInt() < MOST_DOORS);
        if (fits && times.isPresent()) {
            Duration life = Duration.between(times.get().notBefore, times.get().notAfter);
            fits = fresh ? life.equals(FRESH_LIFE) : life.isPositive() && life.compareTo(STATIC_LIFE) <= 0;
        }
        Set<Hash> schemes = new HashSet<>();
        if (!fits || !asks.stream().allMatch(ask -> schemes.add(ask.scheme()))) {
            throw new MalformedException("The question has none of the forms that a question has.");
        }
    }

    /** Where it comes from. */
    public Source source() {
        return source;
    }

    /** What it asks: one ask, or up to four of an unsigned question, of different schemes. */
    public List<Ask> asks() {
        return asks;
    }

    /** Leaf of the asker line; empty for a door that does not say who it is. */
    public Optional<Hash> asker() {
        return asker;
    }

    /** Index into the asker's doors. */
    public OptionalInt door() {
        return door;
    }

    /** When it may be answered; empty for default, paper and unsigned static questions. */
    public Optional<Times> times() {
        return times;
    }

    /** The register as the asker knows it; empty for default and paper questions. */
    public Optional<Tip> tip() {
        return tip;
    }

    /** Whether an answer is printed. */
    public Form form() {
        return source == Source.PAPER ? Form.PAPER : Form.LIVE;
    }

    /** The time step of an answer made at {@code now} (spec/pass.md section 4.5). */
    long step(Instant now) {
        return switch (source) {
            case PAPER -> 0;
            case FRESH -> Showing.step(times.orElseThrow().notBefore);
            case DEFAULT, STATIC -> Showing.step(now);
        };
    }

    /** SHA-256(label(question) ‖ bytes): what a showing answers. The signature is not in it. */
    public Hash qhash() {
        return qhash;
    }

    /** Returns a copy of the 4 bytes of qhash that stand in a showing. */
    byte[] q() {
        return Arrays.copyOf(qhash.bytes(), Showing.Q);
    }

    private byte[] covered() {
        return Bytes.join(Bytes.label("question"), bytes);
    }

    /**
     * Verifies the asker's signature.
     *
     * @throws VerificationException if it is not this key's
     * @throws IllegalStateException if the question is unsigned
     */
    public void verify(Ed25519Key key) throws VerificationException {
        if (signature == null) {
            throw new IllegalStateException("This question is unsigned.");
        }
        key.verify(covered(), signature);
    }

    /** The text of its code. @throws IllegalStateException for a default or paper question, which is never sent */
    public String text() {
        if (nonce == null) {
            throw new IllegalStateException("Default and paper questions are never sent.");
        }
        return Code.QUESTION.print(Cbor.array(bytes, signature).print());
    }

    /** Equal questions ask the same: their signatures, if any, are the same bytes by Ed25519's rules. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Question that && Arrays.equals(bytes, that.bytes) && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return qhash.hashCode();
    }

    @Override
    public String toString() {
        return "Question[" + source + " " + qhash.hex().substring(0, 8) + "]";
    }
}
