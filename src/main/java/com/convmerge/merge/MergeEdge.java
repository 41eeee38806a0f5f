package com.convmerge.merge;

/** A request as an edge of the graph that leads from duplicates to their parents. */
public record MergeEdge(long requestId, long parent, long duplicate, Standing standing) {
    /** What may still be decided about a request. */
    public enum Standing {
        /** Nothing was sent for it, so everything may be decided. */
        OPEN,
        /** Its note is, or may be, on the duplicate, from this run or an earlier one. It keeps its survivor. */
        BEGUN,
        /** It is done and keeps its survivor. */
        MERGED,
        /** Its note is, or may be, on the duplicate, and it was given up. */
        GIVEN_UP
    }

    boolean isOpen() {
        return standing == Standing.OPEN;
    }
}
