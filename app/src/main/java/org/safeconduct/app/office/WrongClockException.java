package org.safeconduct.app.office;

/** The machine's clock cannot be right: nothing was done by it. The message is for the operator. */
public final class WrongClockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongClockException(String sentence) {
        super(sentence);
    }
}
