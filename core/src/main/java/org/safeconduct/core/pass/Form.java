package org.safeconduct.core.pass;

/** How a showing reaches the door: a live code on a screen, or paper (spec/pass.md section 4.1). */
public enum Form {
    /** A code made for its time step. */
    LIVE,
    /** One showing printed and shown many times; never taken for a live one. */
    PAPER;

    /** Returns the number that stands in the bytes: 0 live, 1 paper. */
    public int number() {
        return ordinal();
    }
}
