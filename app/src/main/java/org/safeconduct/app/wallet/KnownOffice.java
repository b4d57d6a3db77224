package org.safeconduct.app.wallet;

import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.wire.Hash;

/**
 * An office whose words a person has compared, and the register this device holds of it.
 *
 * @param address where it is reached, as {@link OfficeClient#address} returns it
 * @param known the register held
 */
public record KnownOffice(String address, KnownRegister known) {
    /** Leaf hash of the office line: the office's name, which never changes. */
    public Hash leaf() {
        return known.register().officeLeaf();
    }

    /** The office's name in a language, or else in its own first one. */
    public String name(String language) {
        return known.register().office().names().in(language, known.register().office().languages().getFirst());
    }

    KnownOffice with(KnownRegister newer) {
        return new KnownOffice(address, newer);
    }
}
