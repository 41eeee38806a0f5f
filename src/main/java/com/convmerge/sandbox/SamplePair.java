package com.convmerge.sandbox;

/**
 * One row of the sample table.
 *
 * @param parent the id of the conversation to keep; some pairs have an invalid one
 * @param duplicate the id of the conversation to merge into it; some pairs have an invalid one
 * @param externalRef a unique number such as {@code sample-0001}
 */
public record SamplePair(
        String parent, String duplicate, String reason, String requestedBy, String externalRef, SampleKind kind) {}
