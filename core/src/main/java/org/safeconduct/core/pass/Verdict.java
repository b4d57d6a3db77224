package org.safeconduct.core.pass;

import java.util.List;
import java.util.Optional;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Scheme;

/** What a checker says of a showing (spec/pass.md section 5.4). It is about the code; it alarms and calls nobody (P10). */
public sealed interface Verdict {
    /**
     * Everything verified. Green only after the identity step, if there is one.
     *
     * @param form live or paper: paper has its own colour
     * @param disclosed the values asked for, in the order of the ask
     * @param stamp to be recorded with {@link Checker#record} after the identity step; empty if none was asked
     */
    record Accepted(Form form, Scheme scheme, Epoch epoch, List<String> disclosed, Optional<Stamp> stamp) implements Verdict {
        /** Copies the list. */
        public Accepted {
            disclosed = List.copyOf(disclosed);
        }
    }

    /** Everything verified, in a scheme whose passes prove nothing: never green. */
    record Specimen(Form form, Scheme scheme) implements Verdict {}

    /** The showing is no answer to this door. */
    record Refused(Refusal reason) implements Verdict {}

    /** This device cannot judge it. */
    record CannotTell(Doubt reason) implements Verdict {}
}
