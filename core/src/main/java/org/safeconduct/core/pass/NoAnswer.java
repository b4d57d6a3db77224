package org.safeconduct.core.pass;

import java.util.Optional;
import org.safeconduct.core.register.Validity;

/** Why a wallet does not answer a question (spec/pass.md section 3.5). Screens translate by the name. */
public enum NoAnswer implements Reply {
    /** The signature is not the asker's. */
    SIGNATURE_WRONG("This question was not made by the one it names."),
    /** The asker, who signed it, holds another register than this wallet: evidence of a split. */
    REGISTERS_DIFFER("Who asks holds another register than this phone. One of the two is false."),
    /** It names another register, and nobody known signed that: anybody can write a root, so it says nothing about the office. */
    OTHER_REGISTER("This question does not fit the register of this phone. Nobody this phone knows signed it."),
    /** The scheme asked for is not in the register, or is no scheme. */
    UNKNOWN_SCHEME("The register of this phone does not know what is asked for."),
    /** No line of the register is the asker named. */
    UNKNOWN_ASKER("The register of this phone does not know who asks."),
    /** It asks for an attribute, a stamp or a scheme beyond what this asker may ask for, or names no door of its own. */
    NOT_PERMITTED("This question asks for more than it may."),
    /** Its time has not come. */
    QUESTION_EARLY("This question is for later, or the clock of this phone is behind."),
    /** Its time is over. */
    QUESTION_OVER("This question is too old, or the clock of this phone is ahead."),
    /** The scheme was withdrawn. */
    SCHEME_STOPPED("What is asked for was withdrawn."),
    /** The scheme's sunset has passed. */
    SCHEME_OVER("What is asked for has ended."),
    /** The asker was withdrawn. */
    ASKER_STOPPED("Who asks is not allowed to ask any more."),
    /** The asker is past its date. */
    ASKER_OVER("Who asks was allowed to ask until a date that has passed."),
    /** The pass is of another scheme. */
    OTHER_SCHEME("This pass is for something else."),
    /** The scheme has no paper. */
    NO_PAPER("This pass cannot be printed."),
    /** The secret key of the pass's epoch is public. */
    EPOCH_CLOSED("This pass ended long ago."),
    /** The pass's epoch was withdrawn. */
    EPOCH_STOPPED("This pass was withdrawn for everybody. Fetch the one that replaces it."),
    /** The office owes the key of an old epoch. */
    EPOCH_SUSPENDED("The office has not closed its old periods, so its new passes do not count."),
    /** A spare whose main epoch still runs. */
    EPOCH_SPARE("This pass is a spare that is not in use."),
    /** The pass's epoch has not begun. */
    EPOCH_NOT_YET("This pass has not begun."),
    /** The pass's epoch has ended. */
    EPOCH_OVER("This pass has ended.");

    private final String holder;

    NoAnswer(String holder) {
        this.holder = holder;
    }

    static Optional<NoAnswer> of(Validity validity) {
        return validity == Validity.VALID ? Optional.empty() : Optional.of(valueOf(validity.name()));
    }

    /** One English sentence for the holder. */
    public String holder() {
        return holder;
    }
}
