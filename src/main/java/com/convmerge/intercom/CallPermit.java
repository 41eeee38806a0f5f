package com.convmerge.intercom;

import java.time.Instant;

/**
 * Says whether the calls of one run may leave. It is asked by many threads, last of all as each call leaves. As it stands it lets
 * every call leave.
 */
public interface CallPermit {
    CallPermit ALWAYS = new CallPermit() {};

    /** Whether no call may leave any more, ever: callers that wait give up. */
    default boolean isRevoked() {
        return false;
    }

    /** Whether a call may leave now; while it may not, callers wait. */
    default boolean isGranted() {
        return true;
    }

    /**
     * Whether callers may wait for a pause that Intercom asks for and that is longer than the usual seconds. If not, they give up.
     *
     * @param until when it ends, by the wall clock
     */
    default boolean mayWaitUntil(Instant until) {
        return true;
    }

    /**
     * Whether a call may be claimed now: asks, in the transaction of the claim, who may work on this database, and trusts no clock
     * in that. The clock of a machine that was suspended may have stood still with it.
     */
    default boolean mayClaim() {
        return true;
    }
}
