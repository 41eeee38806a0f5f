package com.convmerge.crash;

import java.util.EnumSet;
import java.util.Set;

/** A point at which the program is halted, as {@code kill -9} halts it. */
public enum KillPoint {
    /** The request has begun, but the ledger has no row for its operation yet. */
    BEFORE_CLAIM,
    /** The state SENT is committed, but the call has not been sent. */
    AFTER_CLAIM,
    /** Intercom has the note, but its answer is not stored. */
    AFTER_NOTE,
    /** The answer to the note is stored together with the claim of the tag, whose call has not been sent. */
    BETWEEN_OPERATIONS,
    /** Intercom has the tag, but its answer is not stored. */
    AFTER_TAG,
    /** Intercom has closed the conversation, but its answer is not stored. */
    AFTER_CLOSE,
    /** Of an undo: the tag is off, but its answer is not stored. */
    AFTER_UNTAG,
    /** Of an undo: Intercom has opened the conversation, but its answer is not stored. */
    AFTER_OPEN,
    /** The results of a chunk are written, but the chunk is not committed. */
    BEFORE_CHUNK_COMMIT,
    /** The claim of the note on a survivor is written, but neither it nor what the note lists is committed. */
    IN_SURVIVOR_CLAIM,
    /** The note on a survivor is claimed with the merges that it lists, but the call has not been sent. */
    AFTER_SURVIVOR_CLAIM,
    /** Intercom has the note on a survivor, but its answer is not stored. */
    IN_NOTIFY,
    /** Everything is done except the report. */
    IN_REPORT;

    /** The points that only a run which merges passes. */
    static final Set<KillPoint> OF_A_MERGE = EnumSet.of(AFTER_TAG, AFTER_CLOSE);

    /** The points that only an undo passes. */
    static final Set<KillPoint> OF_AN_UNDO = EnumSet.of(AFTER_UNTAG, AFTER_OPEN);

    /** Whether a run passes it for each request, and not only for each survivor or once. */
    boolean isPassedOften() {
        return compareTo(IN_SURVIVOR_CLAIM) < 0;
    }
}
