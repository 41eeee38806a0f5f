package com.convmerge.report;

/**
 * How many requests an execution has brought to an end, or put off.
 *
 * @param failed given up
 * @param postponed put into the retry table, to be tried again
 */
public record RunCounts(long merged, long rejected, long failed, long postponed) {}
