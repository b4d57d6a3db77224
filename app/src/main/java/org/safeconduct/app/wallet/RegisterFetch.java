package org.safeconduct.app.wallet;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Bundles;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * Fetches a register (register.md section 6): the checkpoint, the index of its root, and the bundles
 * this device does not have. The office learns no more than that somebody asked.
 */
public final class RegisterFetch {
    private RegisterFetch() {}

    /**
     * Fetches and judges. Nothing is kept here: that is the caller's decision.
     *
     * @param held what this device holds, or empty for the first time
     */
    public static Acceptance fetch(OfficeClient client, Optional<KnownRegister> held, Instant now)
            throws IOException, InterruptedException, OfficeRefusal {
        try {
            byte[] note = client.checkpoint();
            Checkpoint checkpoint = Checkpoint.parse(note);
            List<Hash> names = Bundles.parseIndex(client.index(checkpoint.root()), checkpoint.size());
            List<byte[]> lines = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                byte[] bundle = bundle(client, held.map(KnownRegister::register), k, names.get(k));
                lines.addAll(Bundles.parse(bundle, names.get(k), k, checkpoint.size()));
            }
            return held.isPresent() ? held.get().accept(lines, note, now) : KnownRegister.first(lines, note, now);
        } catch (MalformedException e) {
            return new Acceptance.Malformed(e.getMessage());
        }
    }

    private static byte[] bundle(OfficeClient client, Optional<Register> held, int k, Hash name)
            throws IOException, InterruptedException, OfficeRefusal {
        if (held.isPresent() && k < Bundles.count(held.get().size())) {
            byte[] own = Bundles.bundle(held.get(), k);
            if (Bundles.name(own).equals(name)) {
                return own;
            }
        }
        return client.bundle(name);
    }
}
