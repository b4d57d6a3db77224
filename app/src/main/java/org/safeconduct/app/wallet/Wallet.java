package org.safeconduct.app.wallet;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** What a wallet holds, told by the register: passes with their office, scheme and epoch. */
public final class Wallet {
    private Wallet() {}

    /**
     * A pass that lies in the wallet.
     *
     * @param right the right it was fetched with
     */
    public record Held(KnownOffice office, Right right, Placed<Scheme> scheme, Placed<Epoch> epoch) {
        /** Opens the pass; close it after use. */
        public Pass open(WalletFolder folder) throws IOException, MalformedException {
            byte[] stored = folder.pass(right, epoch.leaf()).orElseThrow(() -> new MalformedException("This pass is gone. Fetch it again with `wallet get`."));
            return Pass.parse(stored, office.known().register());
        }
    }

    /** All passes, by the time they begin; those whose epoch has ended are erased first (pass.md 1.6). */
    public static List<Held> held(WalletFolder folder, Instant now) throws IOException, MalformedException {
        List<Held> all = new ArrayList<>();
        for (Right right : folder.rights()) {
            Optional<KnownOffice> office = folder.office(right.office());
            if (office.isEmpty()) {
                continue;
            }
            Register register = office.get().known().register();
            if (!office.get().known().isFarAhead(now)) {
                eraseEnded(folder, right, register, now);
            }
            for (Hash leaf : folder.passes(right)) {
                Optional<Placed<Epoch>> epoch = register.find(leaf, Epoch.class);
                if (epoch.isPresent()) {
                    Placed<Scheme> scheme = register.find(epoch.get().line().scheme(), Scheme.class).orElseThrow();
                    all.add(new Held(office.get(), right, scheme, epoch.get()));
                }
            }
        }
        all.sort(Comparator.comparing(held -> held.epoch().line().from()));
        return all;
    }

    private static void eraseEnded(WalletFolder folder, Right right, Register register, Instant now) throws IOException, MalformedException {
        List<Hash> kept = new ArrayList<>(folder.passes(right));
        kept.addAll(folder.pendings(right));
        for (Hash leaf : kept) {
            if (register.find(leaf, Epoch.class).filter(epoch -> !now.isBefore(epoch.line().until())).isPresent()) {
                folder.erase(right, leaf);
            }
        }
    }
}
