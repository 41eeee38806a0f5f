package com.convmerge.sandbox;

/**
 * One row of the sample table.
 *
 * @param parent the conversation to keep; not a good id in every pair
 * @param duplicate the conversation to fold into it; not a good id in every pair
 * @param externalRef {@code sample-0001} and on, unique
 */
public record SamplePair(
        String parent, String duplicate, String reason, String requestedBy, String externalRef, SampleKind kind) {}
