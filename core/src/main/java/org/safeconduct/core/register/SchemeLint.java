package org.safeconduct.core.register;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.safeconduct.core.wire.Text;

/**
 * What an office is told before it publishes a scheme: what our program refuses, and what a person should think over.
 * A reader of the register knows none of this; a line can be valid and still a bad idea.
 */
public final class SchemeLint {
    /** A scheme ends within so many days of its publication (spec/register.md section 2.3). */
    public static final Duration LONGEST_LIFE = Duration.ofDays(366);
    /** Largest showing in bytes (spec/pass.md section 4.6). */
    public static final int LARGEST_SHOWING = 600;
    /** Below so many people who could have made a showing, the wallet warns (spec/pass.md section 8). */
    public static final int SMALL_CROWD = 100;

    /** Everything of a showing but attributes and nym secrets: fields, a step of 5 bytes, stamp, fixed part of the proof. */
    private static final int FIXED_BYTES = 1 + 1 + 1 + 3 + 5 + (1 + 4) + 1 + 1 + (2 + 48) + (3 + 272);
    private static final int SCALAR = 32;
    private static final int SHORT_CBOR = 23;

    /**
     * One remark.
     *
     * @param refused whether our program does not publish the scheme because of it
     * @param sentence for a person, in English
     */
    public record Finding(boolean refused, String sentence) {}

    private SchemeLint() {}

    /** Returns all findings, refusals first. @param now the office's clock */
    public static List<Finding> check(Scheme scheme, Instant now) {
        List<Finding> findings = new ArrayList<>();
        checkSunset(scheme, now, findings);
        int worst = worstShowing(scheme);
        if (worst > LARGEST_SHOWING) {
            findings.add(new Finding(true, "A showing can take %d bytes; %d is the most that phones read well. "
                    .formatted(worst, LARGEST_SHOWING) + "Use fewer attributes or scopes."));
        }
        checkSpecial(scheme, findings);
        checkLookalikes(scheme, findings);
        checkDefault(scheme, findings);
        checkIdentity(scheme, findings);
        return List.copyOf(findings);
    }

    private static void checkSunset(Scheme scheme, Instant now, List<Finding> findings) {
        if (!scheme.sunset().isAfter(now)) {
            findings.add(new Finding(true, "The sunset has passed."));
        }
        if (scheme.sunset().isAfter(now.plus(LONGEST_LIFE))) {
            findings.add(new Finding(true, "The sunset is more than 366 days away. Every scheme ends within that time."));
        }
    }

    private static void checkSpecial(Scheme scheme, List<Finding> findings) {
        for (Attribute attribute : scheme.attributes()) {
            if (attribute.special()) {
                findings.add(new Finding(false, ("The attribute %s is of a special category (health, origin, religion "
                        + "and the like). Whoever sees it can do harm with it. It needs the legal basis that you state, "
                        + "and a reason why a yes or no does not do.").formatted(attribute.id())));
            }
        }
    }

    /** An issuer could give one of two values that look alike to a single holder, whom only the bytes would tell apart. */
    private static void checkLookalikes(Scheme scheme, List<Finding> findings) {
        for (Attribute attribute : scheme.attributes()) {
            if (!(attribute.domain() instanceof Domain.Listed listed)) {
                continue;
            }
            Map<String, String> skeletons = new HashMap<>();
            for (String value : listed.values()) {
                String other = skeletons.putIfAbsent(Text.skeleton(value), value);
                if (other != null) {
                    findings.add(new Finding(false, ("The values \"%s\" and \"%s\" of the attribute %s look nearly alike. "
                            + "Whoever gets the rarer one can be told from the others by it.")
                            .formatted(other, value, attribute.id())));
                }
            }
        }
    }

    private static void checkDefault(Scheme scheme, List<Finding> findings) {
        if (scheme.defaultScope().isPresent()) {
            findings.add(new Finding(false, "The default question stamps: within an epoch, all doors that compare their "
                    + "stamps can recognise the same pass, without anything to scan and without an asker who signs."));
        }
        long groups = groups(scheme, scheme.defaults());
        if (groups > 1) {
            findings.add(new Finding(false, ("The default question sorts holders into %s groups. Below %s holders, "
                    + "evenly spread, the wallet warns at every showing that fewer than %d people could have made it.")
                    .formatted(number(groups), number(groups * SMALL_CROWD), SMALL_CROWD)));
        }
    }

    private static void checkIdentity(Scheme scheme, List<Finding> findings) {
        List<Integer> identity = IntStream.range(0, scheme.attributes().size())
                .filter(index -> scheme.attributes().get(index).identity()).boxed().toList();
        for (int index : identity) {
            Attribute attribute = scheme.attributes().get(index);
            if (attribute.domain() instanceof Domain.Listed && attribute.domain().count() > 366) {
                findings.add(new Finding(false, ("The identity attribute %s has %s values, more than the days of a year. "
                        + "A part of a name or date is enough to compare with a document.")
                        .formatted(attribute.id(), number(attribute.domain().count()))));
            }
        }
        long groups = groups(scheme, identity);
        if (groups > 1) {
            findings.add(new Finding(false, ("All identity attributes together sort holders into %s groups. Below %s "
                    + "holders, evenly spread, fewer than %d people fit one of them%s.")
                    .formatted(number(groups), number(groups * SMALL_CROWD), SMALL_CROWD,
                            scheme.paper().isPresent() ? ", and a paper shows its part for as long as it is carried" : "")));
        }
    }

    /**
     * Returns the bytes of the largest showing of any question about this scheme (spec/pass.md section 4.6), in bytes
     * of CBOR before Base45.
     */
    public static int worstShowing(Scheme scheme) {
        int bytes = FIXED_BYTES + SCALAR * (1 + scheme.scopes().size());
        for (Attribute attribute : scheme.attributes()) {
            int longest = attribute.domain().longest();
            bytes += Math.max(SCALAR, longest + (longest <= SHORT_CBOR ? 1 : 2));
        }
        return bytes;
    }

    private static long groups(Scheme scheme, List<Integer> attributes) {
        // At most 1,000^8 in theory: stop counting where no city is that large.
        long groups = 1;
        for (int index : attributes) {
            groups = Math.min(groups * scheme.attributes().get(index).domain().count(), 1_000_000_000_000L);
        }
        return groups;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
