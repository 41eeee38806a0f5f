package com.convmerge.sandbox;

/**
 * Behaviour that Intercom's documentation leaves open, or that depends on the workspace. Without a quirk, the sandbox accepts the call
 * in question.
 */
public enum Quirk {
    /** A close of a closed conversation answers 422 instead of adding another close part. */
    REPEATED_CLOSE_REFUSED,
    /** A tag that the conversation already has answers 422 instead of doing nothing. */
    REPEATED_TAG_REFUSED,
    /**
     * A redaction of what is redacted already answers 422 instead of doing nothing. Intercom's support says that it is answered 'Part
     * can't be redacted'.
     */
    REPEATED_REDACTION_REFUSED,
    /** A conversation that Intercom's merge has merged away is answered 404 from then on, instead of being closed. */
    MERGED_IS_NOT_FOUND,
    /** The same, but it is answered with a redirect to the conversation that it was merged into. */
    MERGED_REDIRECTS,
    /** The same, but a read of it answers with the conversation that it was merged into. */
    MERGED_READS_AS_PRIMARY,
    /** The token lacks the scope {@code write_tickets}: a merge of a ticket answers 403, and nothing else does. */
    TICKETS_NOT_IN_SCOPE,
    /** The workspace does not allow it to merge conversations of different customers: such a merge answers 422. */
    CUSTOMERS_NOT_MERGED,
    /** An e-mail and a conversation of another channel are not merged: such a merge answers 422. */
    CHANNELS_NOT_MERGED
}
