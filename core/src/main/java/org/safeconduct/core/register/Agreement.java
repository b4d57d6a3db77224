package org.safeconduct.core.register;

/** How somebody else's size and root compare with one's own register (spec/register.md section 5.2). */
public enum Agreement {
    /** The root of so many lines is the same. */
    SAME,
    /** The root is another: the office shows different registers. */
    SPLIT,
    /** More lines than one holds; to be compared after the next fetch. */
    LATER
}
