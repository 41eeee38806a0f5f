package com.convmerge.merge;

/** What becomes of one open request before anything is sent for it. */
public sealed interface Verdict {
    /** The request's id. */
    long requestId();

    /** To be merged into {@code survivor}, which is the parent that was asked for, or where that one goes. */
    record Merge(long requestId, long parent, long duplicate, long survivor) implements Verdict {}

    /** The same pair as {@code firstRequestId}, whose outcome it shares. */
    record SameAs(long requestId, long firstRequestId) implements Verdict {}

    /** Not to be done, with the reason, which names the other requests. */
    record Reject(long requestId, String reason) implements Verdict {}
}
