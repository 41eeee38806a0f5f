package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.RequestApplier;
import com.convmerge.merge.MergeRequest;
import org.jspecify.annotations.Nullable;

/** Applies one request. */
final class ApplyProcessor extends CancellableItemProcessor<MergeRequest, Long> {
    private final RequestApplier applier;
    private final RunProgress progress;
    private final RunContext context;

    ApplyProcessor(StepParts parts, RequestApplier applier, RunContext context) {
        super(parts);
        this.applier = applier;
        this.progress = parts.progress();
        this.context = context;
    }

    @Override
    @Nullable
    Long apply(MergeRequest request) throws RequestFailedException {
        Outcome outcome = applier.apply(request, context.workspace(), context.executionId());
        if (outcome instanceof Outcome.RunCannotGoOn cannotGoOn) {
            return stopRun(cannotGoOn.failure());
        }
        if (outcome instanceof Outcome.Failed failed) {
            progress.failed();
            saw(failed.failure());
            throw new RequestFailedException(failed.operation(), failed.failure());
        }
        progress.merged();
        saw(null);
        return request.id();
    }
}
