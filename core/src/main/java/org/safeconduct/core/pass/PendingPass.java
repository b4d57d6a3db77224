package org.safeconduct.core.pass;

import java.security.SecureRandom;
import java.util.List;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.BlindCommitment;
import org.safeconduct.crypto.bbs.Committed;
import org.safeconduct.crypto.bbs.NymSecrets;
import org.safeconduct.crypto.bbs.ProverBlind;

/**
 * The secrets behind a pass request (spec/pass.md section 1.2).
 *
 * <p>Store {@link #toBytes} durably before the request is sent: without it the grant is worthless, and the office gives
 * no second one for the epoch. {@link #close} wipes it; the stored bytes are the caller's to erase.
 */
public final class PendingPass implements AutoCloseable {
    private final Layout layout;
    private final NymSecrets secrets;
    private final ProverBlind blind;
    private final BlindCommitment commitment;

    private PendingPass(Layout layout, NymSecrets secrets, ProverBlind blind, BlindCommitment commitment) {
        this.layout = layout;
        this.secrets = secrets;
        this.blind = blind;
        this.commitment = commitment;
    }

    /**
     * Fresh secrets for a pass of an epoch.
     *
     * @param epoch leaf of the epoch line
     * @throws IllegalArgumentException if the register has no such epoch
     */
    public static PendingPass create(Register register, Hash epoch, SecureRandom random) {
        Layout layout = Layout.of(register, epoch);
        NymSecrets secrets = NymSecrets.random(layout.scopes(), random);
        Committed committed = layout.bbs().commit(secrets, List.of(), random);
        return new PendingPass(layout, secrets, committed.blind(), committed.commitment());
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws MalformedException if the bytes are not a pending pass of an epoch of this register
     */
    public static PendingPass parse(byte[] stored, Register register) throws MalformedException {
        List<Cbor> items = items(stored);
        Layout layout = Layout.find(register, items.get(1).hash());
        byte[] secrets = items.get(3).bytes(32 * layout.scopes());
        BlindCommitment commitment = BlindCommitment.parse(items.get(4).bytes(BlindCommitment.length(layout.scopes())));
        return new PendingPass(layout, NymSecrets.parse(secrets), ProverBlind.parse(items.get(2).bytes(32)), commitment);
    }

    private static List<Cbor> items(byte[] stored) throws MalformedException {
        List<Cbor> items = Cbor.parse(stored).items(5);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This pending pass is of an unknown version.");
        }
        return items;
    }

    /** The secrets for durable storage: {@code [1, epoch leaf, blind, nym secrets, commitment]}. Wipe the array afterwards. */
    public byte[] toBytes() {
        return Cbor.array(1, layout.leaf(), blind.toBytes(), secrets.toBytes(), commitment.toBytes()).print();
    }

    /** Leaf of the epoch line. */
    public Hash epoch() {
        return layout.leaf();
    }

    /** What is sent to the office; the same bytes at every call. */
    public PassRequest request() {
        return new PassRequest(layout.leaf(), commitment);
    }

    /**
     * Checks what the office granted and makes the pass (spec/pass.md section 1.5). This pending pass stays as it is: close
     * it when the pass is stored, keep it if the grant is refused.
     *
     * @throws MalformedException if it is for another epoch, or a value is not one of its attribute, or their number is wrong
     * @throws VerificationException if the signature is not the epoch key's over exactly this pass
     */
    public Pass receive(PassGrant grant) throws MalformedException, VerificationException {
        if (!grant.epoch().equals(layout.leaf())) {
            throw new MalformedException("The office granted a pass of another epoch.");
        }
        if (!layout.areValues(grant.values())) {
            // P1, attack 1: a value nobody else has would mark its holder.
            throw new MalformedException("The office granted a value that its attribute does not have.");
        }
        NymSecrets signed = layout.bbs().finalise(layout.key(), grant.signature(), layout.header(),
                Layout.messages(grant.values()), List.of(), secrets, grant.entropy(), blind);
        return new Pass(layout, grant.signature(), signed, blind.copy(), grant.values());
    }

    @Override
    public void close() {
        secrets.close();
        blind.close();
    }

    @Override
    public String toString() {
        return "PendingPass[secret]";
    }
}
