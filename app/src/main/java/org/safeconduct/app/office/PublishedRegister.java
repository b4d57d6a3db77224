package org.safeconduct.app.office;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.register.Bundles;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * The register as the files everybody reads (spec/register.md section 6), and as the register issuing goes by. A node
 * takes over what other nodes and commands wrote with {@link #refresh}.
 */
public final class PublishedRegister {
    /** Sets of files kept: a client that has read the checkpoint still finds its index after the register has grown. */
    private static final int STATES_KEPT = 64;

    private final Store store;
    private volatile State state;

    /** What is published at one time. */
    private static final class State {
        final Register register;
        final byte[] checkpoint;
        final Map<Hash, byte[]> indexes = new HashMap<>();
        final List<Hash> roots = new ArrayList<>();
        final Map<Hash, byte[]> bundles = new HashMap<>();

        State(Register register, byte[] checkpoint) {
            this.register = register;
            this.checkpoint = checkpoint;
        }
    }

    PublishedRegister(Store store) {
        this.store = store;
        refresh();
    }

    /**
     * Takes over what was written since. Nothing is published that does not verify.
     *
     * @return whether anything was
     */
    public synchronized boolean refresh() {
        State before = state;
        String note = store.read(tables -> tables.checkpoint().orElse(""));
        if (before != null && note.equals(new String(before.checkpoint, StandardCharsets.UTF_8))) {
            return false;
        }
        state = store.read(tables -> {
            byte[] checkpoint = tables.checkpoint().orElse("").getBytes(StandardCharsets.UTF_8);
            try {
                Register register = before == null ? Desk.read(tables.lines(0))
                        : before.register.appendAll(tables.lines(before.register.size()));
                Checkpoint.parse(checkpoint).verify(register);
                return next(before, register, checkpoint);
            } catch (MalformedException | VerificationException e) {
                throw new OfficeException("The register in the store is not the one its checkpoint stands for. Restore the store from a backup.", e);
            }
        });
        return true;
    }

    private static State next(State before, Register register, byte[] checkpoint) {
        State state = new State(register, checkpoint);
        if (before != null) {
            state.bundles.putAll(before.bundles);
            state.indexes.putAll(before.indexes);
            state.roots.addAll(before.roots);
        }
        if (!state.indexes.containsKey(register.root())) {
            List<Hash> names = new ArrayList<>();
            for (int k = 0; k < Bundles.count(register.size()); k++) {
                byte[] bundle = Bundles.bundle(register, k);
                names.add(Bundles.name(bundle));
                state.bundles.put(names.getLast(), bundle);
            }
            state.indexes.put(register.root(), Bundles.index(names));
            state.roots.add(register.root());
        }
        forgetOldest(state);
        return state;
    }

    /** Keeps the last states; a partial bundle that no kept index names goes with them. */
    private static void forgetOldest(State state) {
        while (state.roots.size() > STATES_KEPT) {
            state.indexes.remove(state.roots.removeFirst());
        }
        String named = String.join("", state.indexes.values().stream().map(index -> new String(index, StandardCharsets.US_ASCII)).toList());
        state.bundles.keySet().removeIf(name -> !named.contains(name.hex()));
    }

    /** Returns the register. */
    public Register register() {
        return state.register;
    }

    /** Returns the signed note. */
    public byte[] checkpoint() {
        return state.checkpoint.clone();
    }

    /** Returns the index of a root, if it is or was lately the register's. */
    public Optional<byte[]> index(Hash root) {
        return Optional.ofNullable(state.indexes.get(root));
    }

    /** Returns a bundle. */
    public Optional<byte[]> bundle(Hash name) {
        return Optional.ofNullable(state.bundles.get(name));
    }
}
