package com.convmerge.sandbox;

/**
 * Ways in which Intercom might behave that its documents leave open. Without any, the sandbox is the friendly
 * Intercom.
 */
public enum Quirk {
    /** Closing a closed conversation answers 422 instead of adding another close part. */
    REPEATED_CLOSE_REFUSED,
    /** Tagging a conversation that has the tag answers 422 instead of doing nothing. */
    REPEATED_TAG_REFUSED,
    /** Intercom's own merge answers 422 if the conversations have no contact in common. */
    MERGE_ACROSS_CONTACTS_REFUSED
}
