package com.convmerge.merge;

/** Where a request stands: always in exactly one of these. */
public enum RequestStatus {
    /** Waits for a run. */
    PENDING,
    /** Done: the duplicate carries the note and the tag, and is closed. */
    MERGED,
    /** Failed, and waits in the retry table until its next try is due. */
    RETRY,
    /** Given up: Intercom refused it, or the tries are used up. An operator may release it. */
    FAILED,
    /** Cannot be done as it was asked; nothing was sent for it. */
    REJECTED
}
