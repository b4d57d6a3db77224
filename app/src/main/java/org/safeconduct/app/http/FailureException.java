package org.safeconduct.app.http;

/** A request cannot be answered as asked. */
final class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    FailureException(Failure failure) {
        // An answer, not a fault: no stack trace, which would cost more than the answer.
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    /** @param sentence in place of the failure's own */
    FailureException(Failure failure, String sentence) {
        super(sentence, null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
