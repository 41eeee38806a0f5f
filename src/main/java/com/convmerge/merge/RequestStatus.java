package com.convmerge.merge;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a request stands: always in exactly one of these.
 *
 * <pre>
 * from      to        when
 * --------  --------  ---------------------------------------------------------------------------
 * (none)    PENDING   somebody inserts the request
 * PENDING   MERGED    note, tag and close are done, or those of another request for the same pair
 * PENDING   RETRY     an operation fails, and another try may help
 * PENDING   FAILED    Intercom refuses an operation for good, or the tries are used up
 * PENDING   REJECTED  resolveSurvivors, or the look at its survivor, finds that it cannot be done as asked
 * RETRY     PENDING   a run begins and the next try is due, or an operator releases the request
 * RETRY     MERGED    resolveSurvivors finds that another request for the same pair is merged
 * RETRY     REJECTED  resolveSurvivors finds that it cannot be done as asked
 * RETRY     FAILED    an operator drops the request
 * FAILED    PENDING   an operator releases the request
 * FAILED    FAILED    an operator drops it again, with another reason
 * MERGED    UNDONE    the merge was taken back
 * </pre>
 */
public enum RequestStatus {
    /** Waits for a run. */
    PENDING,
    /** Done: the duplicate carries the note and the tag, and is closed. */
    MERGED,
    /** Failed, and waits in the retry table until its next try is due. */
    RETRY,
    /** Given up: Intercom refused it, or the tries are used up. An operator may release it. */
    FAILED,
    /** Cannot be done as it was asked. Nothing was sent for it. */
    REJECTED,
    /** It was merged, and that was taken back. The same pair may be asked for again, as another request. */
    UNDONE;

    private static final Map<RequestStatus, Set<RequestStatus>> NEXT = Map.of(
            PENDING, EnumSet.of(MERGED, RETRY, FAILED, REJECTED),
            RETRY, EnumSet.of(PENDING, MERGED, REJECTED, FAILED),
            FAILED, EnumSet.of(PENDING, FAILED),
            MERGED, EnumSet.of(UNDONE),
            REJECTED, EnumSet.noneOf(RequestStatus.class),
            UNDONE, EnumSet.noneOf(RequestStatus.class));

    /** Whether the table above leads from here to {@code next}. */
    public boolean mayBecome(RequestStatus next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
