package org.safeconduct.core.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** What a wallet makes of a poster: a venue that it can check in at, or a reason why not (spec/presence.md section 3.1). */
public sealed interface Scanned permits Venue, Scanned.Refused {
    /** Why a wallet does not check in. */
    enum Reason {
        /** Not a venue code. */
        NOT_A_POSTER,
        /** Whoever made it does not know its key, or took it from somebody: the poster was tampered with. */
        FORGED,
        /** No register that this wallet knows has the authority. */
        UNKNOWN_AUTHORITY,
        /** The authority has no such region. */
        UNKNOWN_REGION,
        /** The poster has ended. */
        ENDED
    }

    /** No check-in. */
    record Refused(Reason reason) implements Scanned {}

    /**
     * Reads the text of a poster. Show name, place and room before anything is sealed.
     *
     * @param registers those the wallet knows
     */
    static Scanned read(String text, Collection<Register> registers, Instant now) {
        try {
            VenueCode code = VenueCode.parse(text);
            Optional<Authority> authority = registers.stream()
                    .flatMap(register -> register.find(code.authority(), Authority.class).stream()).map(Placed::line).findFirst();
            if (authority.isEmpty()) {
                return new Refused(Reason.UNKNOWN_AUTHORITY);
            }
            if (code.poster().region() >= authority.get().regions().size()) {
                return new Refused(Reason.UNKNOWN_REGION);
            }
            if (code.poster().end().map(end -> !now.isBefore(end)).orElse(false)) {
                return new Refused(Reason.ENDED);
            }
            return Venue.of(code, authority.get());
        } catch (MalformedException e) {
            return new Refused(Reason.NOT_A_POSTER);
        } catch (VerificationException e) {
            return new Refused(Reason.FORGED);
        }
    }
}
