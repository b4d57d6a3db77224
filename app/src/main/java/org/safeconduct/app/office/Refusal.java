package org.safeconduct.app.office;

/** Why an offer was not redeemed or a pass not issued (spec/http.md section 6). Nothing was issued. */
public enum Refusal {
    /** Unknown, locked, wrong second code, bound to another wallet or withdrawn: one answer for all. */
    INVALID_GRANT("This code is not valid, is used by another wallet, or the second code is wrong. Ask the office for help."),
    /** The token or the wallet secret does not fit. */
    INVALID_TOKEN("The token is missing, expired or not valid here, or the wallet secret does not fit. Redeem the offer again."),
    /** The request is for another scheme than the token. */
    UNKNOWN_CREDENTIAL_CONFIGURATION("The token is for another scheme."),
    /** A commitment does not verify. */
    INVALID_PROOF("A commitment does not verify. Update the wallet."),
    /** Another commitment has the pass of this epoch. */
    ALREADY_ISSUED("A pass for one of these epochs was issued to another commitment. Restore the wallet, or ask the office for a replacement."),
    /** The epoch is not open for issuing. */
    EPOCH_NOT_OPEN("One of these epochs is not open for issuing."),
    /** Too many wrong codes just now. */
    SLOW_DOWN("Too many wrong codes came in just now. Check the code, and try again in a minute."),
    /** More requests than can be served. */
    OVERLOADED("Too many people are asking just now. Nothing was issued; ask again with the same bytes."),
    /** The scheme's daily cap is reached. */
    DAILY_CAP("Today's passes for one of these epochs are used up. Nothing was issued; ask again tomorrow with the same bytes."),
    /** The store does not work. */
    STORE_UNAVAILABLE("The office cannot store anything just now. Nothing was issued; ask again with the same bytes.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** Returns what happened and what to do, in a sentence or two. */
    public String sentence() {
        return sentence;
    }
}
