package org.safeconduct.app.authority;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.office.Vault;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.presence.AuthorityKeys;
import org.safeconduct.core.presence.BatchIndex;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Texts;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** Sets up the authority of an office, of which there is one, and finds its line and its keys. */
public final class Authorities {
    private Authorities() {}

    /**
     * Makes the keys, publishes the authority's line and an empty index, all in one transaction.
     *
     * @param names short texts, one for each of the office's languages
     * @param regions 1 to 64 from id to names, in the order that posters count them
     * @param retention days that phones keep visits, 1 to 30
     * @throws OfficeException if the office has an authority, or the line is none
     */
    public static Placed<Authority> init(Desk desk, String id, Map<String, String> names, Map<String, Map<String, String>> regions, int retention) {
        Vault vault = desk.vault();
        List<Named> named = new ArrayList<>();
        regions.forEach((region, texts) -> named.add(new Named(region, new Texts(texts))));
        try (AuthorityKeys keys = AuthorityKeys.random(vault.random())) {
            Function<Register, Line> line = register -> {
                if (find(register).isPresent()) {
                    throw new OfficeException("This office has an authority already. Its line stays; there is nothing to set up.");
                }
                return new Authority(id, new Texts(names), keys.proof(), named, retention, keys.signingKey(), keys.tracingKey());
            };
            desk.publish(line, (tables, leaf) -> {
                byte[] secret = keys.toBytes();
                tables.authority().putKeys(leaf, vault.wrap(purpose(leaf), secret));
                Arrays.fill(secret, (byte) 0);
                tables.authority().putIndex(leaf, new BatchIndex(leaf, vault.now(), List.of()).sign(keys));
            });
        }
        return of(desk.register());
    }

    /** Returns the authority of an office, if it has one. */
    public static Optional<Placed<Authority>> find(Register register) {
        return register.all(Authority.class).findFirst();
    }

    /** @throws OfficeException if the office has none */
    static Placed<Authority> of(Register register) {
        return find(register).orElseThrow(() ->
                new OfficeException("This office has no authority yet. Set one up with `authority init`."));
    }

    /** Unwraps the keys; close them soon. */
    static AuthorityKeys keys(Vault vault, Tables tables, Hash leaf) {
        byte[] wrapped = tables.authority().keys(leaf).orElseThrow(() ->
                new OfficeException("The authority's keys are not in the store. Restore the store from a backup."));
        byte[] secret = vault.unwrap(purpose(leaf), wrapped);
        try {
            return AuthorityKeys.parse(secret);
        } catch (MalformedException e) {
            throw new OfficeException("The authority's keys in the store are none. Restore the store from a backup.", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String purpose(Hash leaf) {
        return "authority-key " + leaf.hex();
    }
}
