package org.safeconduct.core.presence;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbeIdentity;
import org.safeconduct.crypto.ibe.KeyBatch;

/**
 * The authority's permission for one venue to upload once (spec/presence.md section 5.1). Names neither venue nor person.
 *
 * @param token hash of the upload token; the token itself is not kept
 * @param region index of the region that is warned
 * @param from first hour
 * @param until last hour
 */
public record Case(Hash token, int region, Hour from, Hour until) {
    public Case {
        if (region < 0 || region >= Poster.MOST_REGIONS || from.compareTo(until) > 0) {
            throw new IllegalArgumentException("A case has a region, and hours in their order.");
        }
    }

    /** Opens a case; hand the token to the venue. */
    public static Case open(UploadToken token, int region, Hour from, Hour until) {
        return new Case(token.hash(), region, from, until);
    }

    /**
     * Checks an upload, all or nothing. That a token counts once is for the store: only an upload that passes uses it up.
     *
     * @param authority the authority's own line
     * @param random for the weights of the batch verification
     * @return the hours to look at and confirm
     * @throws VerificationException if the token is another, a poster is another authority's or region's, an hour is outside
     *     the case, over the retention time or still to come, or a part is not of its poster and hour
     */
    public List<VenueHour> accept(Upload upload, Placed<Authority> authority, Instant now, SecureRandom random)
            throws VerificationException {
        if (!upload.token().hash().equals(token)) {
            throw new VerificationException("This token is not of this case.");
        }
        Hour oldest = oldest(authority.line(), now);
        KeyBatch parts = new KeyBatch();
        for (VenueHour h : upload.hours()) {
            if (!h.venue().authority().equals(authority.leaf()) || h.venue().poster().region() != region) {
                throw new VerificationException("A poster is of another authority or region.");
            }
            boolean inCase = h.hour().compareTo(from) >= 0 && h.hour().compareTo(until) <= 0;
            if (!inCase || h.hour().compareTo(oldest) < 0 || h.hour().compareTo(Hour.of(now)) > 0) {
                throw new VerificationException("An hour is outside the case or the retention time.");
            }
            parts.add(h.venue().key(), h.part(), IbeIdentity.of(h.identity()));
        }
        if (!parts.verify(random).isEmpty()) {
            throw new VerificationException("A part is not of its poster and hour.");
        }
        return upload.hours();
    }

    /** Returns the oldest hour of which phones may still hold visits. */
    static Hour oldest(Authority authority, Instant now) {
        return Hour.of(now).plus(1 - authority.retention() * 24);
    }
}
