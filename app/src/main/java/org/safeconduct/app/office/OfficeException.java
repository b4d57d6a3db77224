package org.safeconduct.app.office;

/** An act was refused and nothing was changed. The message is one or more sentences for the operator. */
public final class OfficeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong and what to do */
    public OfficeException(String sentence) {
        super(sentence);
    }

    /** @param sentence what is wrong and what to do */
    public OfficeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
