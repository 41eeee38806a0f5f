package com.convmerge.merge;

import java.util.Arrays;
import java.util.Locale;

/** What convmerge does with a conversation. The columns {@code operation} hold {@link #column()}. */
public enum OperationKind {
    /** Reads the survivor before anything is sent. It changes nothing at Intercom and has no row in the ledger. */
    SURVIVOR_CHECK("PARENT_CHECK"),
    /** Opens a closed survivor, where the settings ask for it; or a duplicate that a merge has closed and that is taken back. */
    REOPEN("REOPEN"),
    /** Adds the internal note to the duplicate, with the link to the survivor. */
    NOTE("NOTE"),
    /** Tags the duplicate. */
    TAG("TAG"),
    /** Closes the duplicate without a message to the customer. */
    CLOSE("CLOSE"),
    /** Adds the internal note to the survivor that lists the duplicates merged into it. */
    SURVIVOR_NOTE("PARENT_NOTE"),
    /** Adds the internal note to a duplicate that says that its merge was taken back. */
    UNDO_NOTE("UNDO_NOTE"),
    /** Takes our tag off a duplicate. */
    UNTAG("UNTAG"),
    /** Snoozes a duplicate again that was snoozed before it was merged. */
    SNOOZE("SNOOZE"),
    /** Has a note of a merge redacted. */
    REDACT("REDACT"),
    /** Adds the internal note to a survivor that lists the merges that were taken back. */
    UNDO_SURVIVOR_NOTE("UNDO_PARENT_NOTE"),
    /** Merges the duplicate by Intercom's own merge, which cannot be taken back. */
    MERGE_NATIVE("MERGE_NATIVE");

    private final String column;

    OperationKind(String column) {
        this.column = column;
    }

    /** The word that the tables and {@code --json} use for it. */
    public String column() {
        return column;
    }

    /** The kind that a table calls {@code column}; throws {@link IllegalArgumentException} if there is none. */
    public static OperationKind ofColumn(String column) {
        return Arrays.stream(values())
                .filter(kind -> kind.column.equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation \"" + column + "\""));
    }

    /** The word in keys, messages and reports. */
    public String label() {
        return column.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether sending it twice leaves a visible trace, so that it may only be sent when it certainly has not happened. */
    public boolean isNote() {
        return switch (this) {
            case NOTE, SURVIVOR_NOTE, UNDO_NOTE, UNDO_SURVIVOR_NOTE -> true;
            case SURVIVOR_CHECK, REOPEN, TAG, CLOSE, UNTAG, SNOOZE, REDACT, MERGE_NATIVE -> false;
        };
    }
}
