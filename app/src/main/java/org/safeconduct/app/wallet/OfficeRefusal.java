package org.safeconduct.app.wallet;

/**
 * The office answered, and the answer is no (http.md section 6). The message is a sentence for the
 * holder that says what to do; what the office wrote stands behind it.
 */
public final class OfficeRefusal extends Exception {
    private final int status;
    private final String error;

    OfficeRefusal(int status, String error, String detail) {
        super(sentence(error, status) + (detail.isEmpty() ? "" : " The office says: " + detail));
        this.status = status;
        this.error = error;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The code of http.md section 6, or an empty text if the answer was none of ours. */
    public String error() {
        return error;
    }

    private static String sentence(String error, int status) {
        return switch (error) {
            case "invalid_grant" -> "This offer is not accepted: it may be mistyped, used by another wallet, locked or withdrawn. "
                + "Check it, and ask the office for a new one.";
            case "invalid_proof", "invalid_request" -> "The office did not understand this wallet. Update the wallet, and try again.";
            case "unknown_credential_configuration" -> "The offer is for another scheme than the register says. Run `wallet office update`, and try again.";
            case "invalid_token" -> "The office no longer knows this visit. Run `wallet get` again.";
            case "already_issued" -> "A pass for this time was given to another copy of this wallet. Ask the office for a replacement.";
            case "epoch_not_open" -> "The office gives no passes for this time.";
            case "slow_down", "overloaded" -> "Too many people are asking just now. Nothing is lost; try again in a few minutes.";
            case "daily_cap" -> "The office has given out today's passes. Nothing is lost; try again tomorrow.";
            case "store_unavailable", "wrong_clock", "internal" -> "The office has a fault of its own. Nothing is lost; try again later.";
            default -> "The office answered " + status + ". See that the address is right, and try again later.";
        };
    }
}
