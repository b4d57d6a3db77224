package org.safeconduct.core.pass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsProof;
import org.safeconduct.crypto.bbs.Pseudonym;

/**
 * The answer of a pass to a question, as it stands in a code (spec/pass.md section 4).
 *
 * <p>A showing that exists has the form; whether it says the truth is for {@link Checker}. Immutable.
 */
public final class Showing {
    /** Length of a time step in seconds. */
    public static final int STEP_SECONDS = 30;
    /** Length of the part of qhash that stands in a showing. */
    static final int Q = 4;
    /** Longest value of an attribute, in bytes of UTF-8 (spec/register.md section 2.3). */
    static final int LONGEST_VALUE = 40;

    private static final int MOST_HIDDEN = 1 + Ask.MOST_SCOPES + Ask.MOST_ATTRIBUTES;

    private final Form form;
    private final long epoch;
    private final long step;
    private final byte[] q;
    private final int ask;
    private final List<String> disclosed;
    private final Optional<Pseudonym> stamp;
    private final BbsProof proof;
    private final byte[] bytes;

    Showing(Form form, long epoch, long step, byte[] q, int ask, List<String> disclosed, Optional<Pseudonym> stamp,
            BbsProof proof) {
        this.form = form;
        this.epoch = epoch;
        this.step = step;
        this.q = q;
        this.ask = ask;
        this.disclosed = List.copyOf(disclosed);
        this.stamp = stamp;
        this.proof = proof;
        this.bytes = Cbor.array(1, form.number(), epoch, step, q, ask, disclosed,
                stamp.map(Pseudonym::toBytes).orElse(null), proof.toBytes()).print();
    }

    /**
     * Reads the text of a code.
     *
     * @throws MalformedException if it is not a showing, points and scalars included
     */
    public static Showing parse(String text) throws MalformedException {
        return parse(Code.SHOWING.parse(text));
    }

    /** Reads the bytes of a code. @throws MalformedException if they are not a showing, points and scalars included */
    public static Showing parse(byte[] bytes) throws MalformedException {
        List<Cbor> items = Cbor.parse(bytes).items(9);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This showing is of an unknown version.");
        }
        Form form = Form.values()[(int) items.get(1).whole(1)];
        long step = items.get(3).whole(Cbor.LARGEST);
        if (form == Form.PAPER && step != 0) {
            throw new MalformedException("Paper is not bound to a time step.");
        }
        List<String> disclosed = new ArrayList<>();
        for (Cbor value : items.get(6).items(0, Ask.MOST_ATTRIBUTES)) {
            disclosed.add(value.text(LONGEST_VALUE));
        }
        BbsProof proof = BbsProof.parse(items.get(8).bytes(BbsProof.length(2), BbsProof.length(MOST_HIDDEN)));
        Optional<Pseudonym> stamp = items.get(7).isNull() ? Optional.empty()
                : Optional.of(Pseudonym.parse(items.get(7).bytes(Pseudonym.BYTES)));
        return new Showing(form, items.get(2).whole(Cbor.LARGEST), step, items.get(4).bytes(Q),
                (int) items.get(5).whole(Question.MOST_ASKS - 1), disclosed, stamp, proof);
    }

    /** The step of a time: whole half minutes since 1970. */
    static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
    }

    /** presentation_header (spec/pass.md section 4.2): binds the proof to the question and the step. */
    static byte[] presentationHeader(Form form, Hash qhash, int ask, long step) {
        return Cbor.array(1, form.number(), qhash, ask, step).print();
    }

    /** Live or paper. */
    public Form form() {
        return form;
    }

    /** Position of the epoch line in the register, as claimed. */
    public long epoch() {
        return epoch;
    }

    /** Time step, as claimed; 0 for paper. */
    public long step() {
        return step;
    }

    /** Whether it claims to answer this question. */
    boolean answers(Question question) {
        return Arrays.equals(q, question.q());
    }

    /** Index of the ask it answers. */
    public int ask() {
        return ask;
    }

    /** The disclosed values, as claimed, in the order of the ask. */
    public List<String> disclosed() {
        return disclosed;
    }

    Optional<Pseudonym> stamp() {
        return stamp;
    }

    BbsProof proof() {
        return proof;
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The text of its code: {@code SCS1:} and Base45. */
    public String text() {
        return Code.SHOWING.print(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Showing that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Showing[" + form + ", " + bytes.length + " bytes]";
    }
}
