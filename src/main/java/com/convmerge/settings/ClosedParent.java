package com.convmerge.settings;

/** What is done when the survivor of a merge is closed itself. */
public enum ClosedParent {
    /** Nothing: duplicates are merged into it, and it stays closed. */
    PROCEED,
    /** It is opened before anything is merged into it. */
    REOPEN,
    /** Its requests are REJECTED. */
    REJECT
}
