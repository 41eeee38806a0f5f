package com.convmerge.crash;

import com.convmerge.testing.DatabaseKind;
import java.util.EnumSet;
import java.util.List;
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
    /** Intercom's own merge is claimed, with the pair that it is about, but the call has not been sent. */
    AFTER_MERGE_CLAIM,
    /** Intercom has merged the pair, but its answer is not stored. */
    AFTER_MERGE,
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

    /**
     * Those that a night passes in which duplicates are closed and linked: in turn on one database and the other, and in the profile
     * {@code soak} all on both.
     */
    static Set<KillPoint> ofLinking(DatabaseKind database) {
        EnumSet<KillPoint> points =
                EnumSet.complementOf(EnumSet.of(AFTER_MERGE_CLAIM, AFTER_MERGE, AFTER_UNTAG, AFTER_OPEN));
        List<KillPoint> all = List.copyOf(points);
        points.removeIf(point ->
                !DatabaseKind.isSoak() && all.indexOf(point) % DatabaseKind.values().length != database.ordinal());
        return points;
    }

    /** Those at which a night of Intercom's own merges differs from one in which duplicates are closed and linked. */
    static Set<KillPoint> ofNative() {
        return EnumSet.of(AFTER_MERGE_CLAIM, AFTER_MERGE, BEFORE_CHUNK_COMMIT);
    }

    /** Those of an undo: it begins, claims and ends as any run does. */
    static Set<KillPoint> ofUndo() {
        return EnumSet.of(AFTER_NOTE, AFTER_UNTAG, AFTER_OPEN, BEFORE_CHUNK_COMMIT, AFTER_SURVIVOR_CLAIM, IN_NOTIFY);
    }

    /** Whether a run passes it for each request, and not only for each survivor or once. */
    boolean isPassedOften() {
        return compareTo(IN_SURVIVOR_CLAIM) < 0;
    }
}
