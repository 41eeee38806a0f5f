package com.convmerge.merge;

import java.util.List;
import java.util.Locale;

/** What a merge consists of. Each change at Intercom is one row of the ledger. */
public enum OperationKind {
    /** Reading the survivor, before anything is sent; it changes nothing and stands in no ledger. */
    PARENT_CHECK,
    /** The opening of a survivor that was closed, where that is wanted. */
    REOPEN,
    /** The internal note on the duplicate, with the link to the survivor. */
    NOTE,
    /** The tag on the duplicate. */
    TAG,
    /** The close of the duplicate, without a word to the customer. */
    CLOSE,
    /** The internal note on the survivor that lists the duplicates merged into it. */
    PARENT_NOTE;

    /** What is done for each request, in this order: who sees the conversation closed finds the note that says why. */
    public static final List<OperationKind> OF_A_REQUEST = List.of(NOTE, TAG, CLOSE);

    /** The word in keys, messages and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether doing it twice leaves a trace, so that it may be sent only by who is sure that it was not done. */
    public boolean isNote() {
        return this == NOTE || this == PARENT_NOTE;
    }
}
