package com.convmerge.sandbox;

/** Behaviour that Intercom's documentation leaves open. Without a quirk, the sandbox accepts the call in question. */
public enum Quirk {
    /** A close of a closed conversation answers 422 instead of adding another close part. */
    REPEATED_CLOSE_REFUSED,
    /** A tag that the conversation already has answers 422 instead of doing nothing. */
    REPEATED_TAG_REFUSED,
    /**
     * A redaction of what is redacted already answers 422 instead of doing nothing. Intercom's support says that it is answered 'Part
     * can't be redacted'.
     */
    REPEATED_REDACTION_REFUSED
}
