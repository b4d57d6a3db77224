package org.safeconduct.core.register;

/** Whether a scheme, epoch or asker is valid at a time, or the first reason why not (spec/register.md section 5.3). */
public enum Validity {
    /** Valid. */
    VALID,
    /** The scheme was stopped. */
    SCHEME_STOPPED,
    /** The scheme is past its sunset. */
    SCHEME_OVER,
    /** The epoch's secret key is public: a showing proves nothing. */
    EPOCH_CLOSED,
    /** The epoch was stopped. */
    EPOCH_STOPPED,
    /** The office owes the publication of another epoch's key for too long. */
    EPOCH_SUSPENDED,
    /** A spare epoch whose main epoch is not stopped. */
    EPOCH_SPARE,
    /** The epoch has not begun. */
    EPOCH_NOT_YET,
    /** The epoch has ended. */
    EPOCH_OVER,
    /** The asker was stopped. */
    ASKER_STOPPED,
    /** The asker is past its date. */
    ASKER_OVER
}
