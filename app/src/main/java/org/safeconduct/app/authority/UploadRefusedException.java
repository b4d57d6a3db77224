package org.safeconduct.app.authority;

/** A venue's upload was not taken, and its token is as good as before. The message is a sentence for the venue. */
public final class UploadRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The token is unknown, used or withdrawn: one answer for all. */
        TOKEN,
        /** The same, and too many such tokens came in just now; or too many dummies. */
        SLOW_DOWN,
        /** Posters, hours or parts are not what the case permits. */
        CONTENT
    }

    private final Reason reason;

    UploadRefusedException(Reason reason, String sentence) {
        // An answer, not a fault: no stack trace, which would cost more than the answer.
        super(sentence, null, false, false);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
