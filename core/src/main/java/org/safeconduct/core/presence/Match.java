package org.safeconduct.core.presence;

/**
 * A visit of this phone that was warned. Kept until the retention time ends, shown to its owner, told to nobody.
 *
 * @param hour of the visit
 * @param notice what the authority advises
 */
public record Match(Hour hour, Notice notice) {
    @Override
    public String toString() {
        return "Match[secret]";
    }
}
