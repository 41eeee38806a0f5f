package com.convmerge.merge;

/** A request as the graph of survivors sees it. */
public record MergeEdge(long requestId, long parent, long duplicate, Standing standing) {
    /** What may still be decided about a request. */
    public enum Standing {
        /** Everything: nothing was sent for it. */
        OPEN,
        /** Nothing: its note is or may be on the duplicate, in this run or since a former night. */
        BEGUN,
        /** Nothing: it is done. */
        MERGED,
        /** Nothing: its note is or may be on the duplicate, and it was given up. */
        GIVEN_UP
    }

    boolean isOpen() {
        return standing == Standing.OPEN;
    }
}
