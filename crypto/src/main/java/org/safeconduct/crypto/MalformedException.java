package org.safeconduct.crypto;

/**
 * Bytes or text from outside do not have the form they must have.
 *
 * <p>The message is one English sentence for a person; it never repeats the bytes themselves, so that it can be shown
 * and logged.
 */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, one sentence without the offending bytes */
    public MalformedException(String message) {
        super(message);
    }

    /** @param message what is wrong; @param cause what a parser underneath said */
    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
