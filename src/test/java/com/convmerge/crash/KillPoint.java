package com.convmerge.crash;

/** A point at which the program is halted, as {@code kill -9} halts it. */
public enum KillPoint {
    /** The request has begun, but the ledger has no row for its operation yet. */
    BEFORE_CLAIM,
    /** The state SENT is committed, but the call has not been sent. */
    AFTER_CLAIM,
    /** Intercom has the note, but its answer is not stored. */
    AFTER_NOTE,
    /** The answer to the note is stored and the tag is claimed, but the call for the tag has not been sent. */
    BETWEEN_OPERATIONS,
    /** Intercom has the tag, but its answer is not stored. */
    AFTER_TAG,
    /** Intercom has closed the conversation, but its answer is not stored. */
    AFTER_CLOSE,
    /** The results of a chunk are written, but the chunk is not committed. */
    BEFORE_CHUNK_COMMIT,
    /** The note on a survivor is claimed, but it is not stored which merges the note lists. */
    AFTER_SURVIVOR_CLAIM,
    /** Intercom has the note on a survivor, but its answer is not stored. */
    IN_NOTIFY,
    /** Everything is done except the report. */
    IN_REPORT
}
