package org.safeconduct.core.presence;

import java.util.regex.Pattern;
import org.safeconduct.crypto.ibe.IdentityKey;

/**
 * What a venue gives for one hour that may have to be warned: half of a key, useless alone.
 *
 * @param part of the key of this poster's identity in this hour
 * @param slip the code of the hour for visitors without a phone, 8 digits of Crockford's base 32
 */
public record VenueHour(VenueCode venue, Hour hour, IdentityKey part, String slip) {
    private static final Pattern SLIP = Pattern.compile("[0-9A-HJKMNP-TV-Z]{8}");

    public VenueHour {
        if (!isSlip(slip)) {
            throw new IllegalArgumentException("A slip code has 8 digits of base 32.");
        }
    }

    static boolean isSlip(String text) {
        return SLIP.matcher(text).matches();
    }

    byte[] identity() {
        return venue.identity(hour).bytes();
    }

    @Override
    public String toString() {
        return "VenueHour[secret]";
    }
}
