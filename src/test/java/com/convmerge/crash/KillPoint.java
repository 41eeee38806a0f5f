package com.convmerge.crash;

/** Where the program is halted, as by {@code kill -9}. */
public enum KillPoint {
    /** The request is in hand, nothing is written yet. */
    BEFORE_CLAIM,
    /** SENT is committed, the call has not left. */
    AFTER_CLAIM,
    /** The note is at Intercom, its answer is not stored. */
    AFTER_NOTE,
    /** The note's answer is stored and the tag is claimed, the tag has not left. */
    BETWEEN_OPERATIONS,
    /** The tag is at Intercom, its answer is not stored. */
    AFTER_TAG,
    /** The close is at Intercom, its answer is not stored. */
    AFTER_CLOSE,
    /** The results of a chunk are written, the chunk is not committed. */
    BEFORE_CHUNK_COMMIT,
    /** A survivor's note is claimed, which merges it lists is not written down. */
    AFTER_SURVIVOR_CLAIM,
    /** A survivor's note is at Intercom, its answer is not stored. */
    IN_NOTIFY,
    /** All is done but the report. */
    IN_REPORT
}
