package com.convmerge.batch;

import org.springframework.batch.core.step.skip.SkipPolicy;

/** Skips what failed for one item, however often, and nothing else: a bug or a broken database ends the step. */
final class RequestSkipPolicy implements SkipPolicy {
    @Override
    public boolean shouldSkip(Throwable t, long skipCount) {
        return t instanceof RequestFailedException;
    }
}
