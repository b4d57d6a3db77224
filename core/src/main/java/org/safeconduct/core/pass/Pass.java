package org.safeconduct.core.pass;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsSignature;
import org.safeconduct.crypto.bbs.NymProof;
import org.safeconduct.crypto.bbs.NymSecrets;
import org.safeconduct.crypto.bbs.ProverBlind;

/**
 * A pass of one epoch on its holder's device (spec/pass.md section 1).
 *
 * <p>{@link #close} wipes it; at the epoch's end the wallet closes it and erases the stored bytes.
 */
public final class Pass implements AutoCloseable {
    private final Layout layout;
    private final BbsSignature signature;
    private final NymSecrets secrets;
    private final ProverBlind blind;
    private final List<String> values;

    Pass(Layout layout, BbsSignature signature, NymSecrets secrets, ProverBlind blind, List<String> values) {
        this.layout = layout;
        this.signature = signature;
        this.secrets = secrets;
        this.blind = blind;
        this.values = List.copyOf(values);
    }

    /**
     * Reads what {@link #toBytes} wrote. The signature was verified on receipt and is not verified again: a pass changed in
     * storage makes showings that no door accepts, and harms nobody else.
     *
     * @throws MalformedException if the bytes are not a pass of an epoch of this register, values included
     */
    public static Pass parse(byte[] stored, Register register) throws MalformedException {
        List<Cbor> items = items(stored);
        Layout layout = Layout.find(register, items.get(1).hash());
        List<String> values = new ArrayList<>();
        for (Cbor value : items.get(5).items(0, Ask.MOST_ATTRIBUTES)) {
            values.add(value.text(Showing.LONGEST_VALUE));
        }
        if (!layout.areValues(values)) {
            throw new MalformedException("This pass holds a value that its attribute does not have.");
        }
        return new Pass(layout, BbsSignature.parse(items.get(2).bytes(BbsSignature.BYTES)),
                NymSecrets.parse(items.get(4).bytes(32 * layout.scopes())), ProverBlind.parse(items.get(3).bytes(32)), values);
    }

    private static List<Cbor> items(byte[] stored) throws MalformedException {
        List<Cbor> items = Cbor.parse(stored).items(6);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This pass is of an unknown version.");
        }
        return items;
    }

    /**
     * The pass for the device's storage and its backup: {@code [1, epoch leaf, signature, blind, nym secrets, values]}. Wipe
     * the array afterwards.
     */
    public byte[] toBytes() {
        return Cbor.array(1, layout.leaf(), signature.toBytes(), blind.toBytes(), secrets.toBytes(), values).print();
    }

    /** Leaf of the epoch line. */
    public Hash epoch() {
        return layout.leaf();
    }

    /** Leaf of the scheme line. */
    public Hash scheme() {
        return layout.epoch().scheme();
    }

    /** The values, in the order of the scheme's attributes. */
    public List<String> values() {
        return values;
    }

    /**
     * Answers a question to which the holder agreed. Fresh scalars every time; nothing of a proof is kept.
     *
     * @throws IllegalArgumentException if the consent is for another pass
     */
    public Showing show(Consent consent, SecureRandom random) {
        if (!consent.isFor(this)) {
            throw new IllegalArgumentException("This consent is for another pass.");
        }
        Question question = consent.question();
        Ask asked = question.asks().get(consent.ask());
        return prove(question, consent.ask(), question.step(consent.at()), asked.scope(), random);
    }

    /** The proof; tests make a wallet of it that takes liberties with time, step and stamp. */
    Showing prove(Question question, int ask, long step, OptionalInt scope, SecureRandom random) {
        Ask asked = question.asks().get(ask);
        if (!layout.fits(asked) || !layout.areValues(values)) {
            throw new IllegalArgumentException("This pass has no answer to that.");
        }
        int[] disclosed = asked.attributes().stream().mapToInt(Integer::intValue).toArray();
        byte[] context = scope.isPresent() ? Stamp.context(layout.leaf(), scope.getAsInt()) : null;
        NymProof proof = layout.bbs().prove(layout.key().publicKey(), signature, layout.header(),
                Showing.presentationHeader(question.form(), question.qhash(), ask, step), context, Layout.messages(values),
                List.of(), disclosed, new int[0], secrets, blind, random);
        return new Showing(question.form(), layout.position(), step, question.q(), ask,
                asked.attributes().stream().map(values::get).toList(), proof.pseudonym(), proof.proof());
    }

    @Override
    public void close() {
        secrets.close();
        blind.close();
    }

    @Override
    public String toString() {
        return "Pass[secret]";
    }
}
