package org.safeconduct.core.pass;

/** Why a wallet does not answer a question (spec/pass.md section 3.5). Screens translate by the name. */
public enum NoAnswer implements Reply {
    /** No line of the register is the asker named. */
    ASKER_UNKNOWN("The register does not know who asks."),
    /** The asker is stopped or over, or its scheme is. */
    ASKER_NOT_VALID("Who asks is not allowed to ask any more."),
    /** The signature is not the asker's. */
    NOT_SIGNED_BY_ASKER("This question was not made by the one it names."),
    /** It asks for an attribute, a stamp or a scheme beyond what this asker may ask for. */
    ASKS_TOO_MUCH("This question asks for more than it may."),
    /** Its time has not come. */
    QUESTION_NOT_YET("This question is for later, or the clock of this phone is behind."),
    /** Its time is over. */
    QUESTION_OVER("This question is too old, or the clock of this phone is ahead."),
    /** The asker holds another register than this wallet. */
    OTHER_REGISTER("Who asks holds another register than this phone. One of the two is false."),
    /** The scheme asked for is not in the register, or is no scheme. */
    SCHEME_UNKNOWN("The register of this phone does not know what is asked for."),
    /** The scheme is stopped or over. */
    SCHEME_NOT_VALID("What is asked for has ended."),
    /** The pass is of another scheme. */
    OTHER_SCHEME("This pass is for something else."),
    /** The pass's epoch is not valid now. */
    EPOCH_NOT_VALID("This pass is not valid now."),
    /** The scheme has no paper question. */
    NO_PAPER("This pass cannot be printed.");

    private final String holder;

    NoAnswer(String holder) {
        this.holder = holder;
    }

    /** Whether another clock could change it. */
    boolean isOfTime() {
        return this == QUESTION_NOT_YET || this == QUESTION_OVER || this == SCHEME_NOT_VALID || this == ASKER_NOT_VALID;
    }

    /** One English sentence for the holder. */
    public String holder() {
        return holder;
    }
}
