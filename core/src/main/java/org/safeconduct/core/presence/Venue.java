package org.safeconduct.core.presence;

import java.security.SecureRandom;
import org.safeconduct.core.register.Authority;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbeCiphertext;
import org.safeconduct.crypto.ibe.IbePublicKey;

/** A poster whose authority stands in a register that the wallet knows. Forget it after check-in. */
public final class Venue implements Scanned {
    private final VenueCode code;
    private final Authority authority;
    private final IbePublicKey key;

    private Venue(VenueCode code, Authority authority, IbePublicKey key) {
        this.code = code;
        this.authority = authority;
        this.key = key;
    }

    /** @throws VerificationException if the two halves of the key cancel out */
    static Venue of(VenueCode code, Authority authority) throws VerificationException {
        return new Venue(code, authority, code.key().plus(authority.tracingKey()));
    }

    /** Returns what the poster says. */
    public Poster poster() {
        return code.poster();
    }

    /** Returns the authority that would have to agree to a warning. */
    public Authority authority() {
        return authority;
    }

    /** Seals a visit in this hour to venue and authority together (4.2). */
    IbeCiphertext seal(Hour hour, SecureRandom random) {
        byte[] message = code.message(hour);
        try {
            return key.encrypt(code.identity(hour).bytes(), message, random);
        } finally {
            java.util.Arrays.fill(message, (byte) 0);
        }
    }

    /** Says nothing of the venue. */
    @Override
    public String toString() {
        return "Venue[" + code + "]";
    }
}
