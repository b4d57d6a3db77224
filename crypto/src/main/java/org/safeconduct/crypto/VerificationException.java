package org.safeconduct.crypto;

/** A well-formed signature, proof or commitment does not verify. Says no more than that. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message which check failed, one sentence */
    public VerificationException(String message) {
        super(message);
    }
}
