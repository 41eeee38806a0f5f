package com.convmerge.batch;

import com.convmerge.merge.MergeRequest;
import com.convmerge.requests.Survivor;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.listener.SkipListener;

/**
 * Files skipped requests in the retry table, in transactions of their own: Spring Batch calls {@code onSkipInProcess} on the
 * pool's thread, outside the chunk's transaction.
 */
final class RetrySkipListener {
    private static final Logger log = LoggerFactory.getLogger(RetrySkipListener.class);

    private final Retries retries;
    private final long executionId;

    RetrySkipListener(Retries retries, long executionId) {
        this.retries = retries;
        this.executionId = executionId;
    }

    /** For the step that applies requests. */
    SkipListener<MergeRequest, Long> ofRequests() {
        return new SkipListener<>() {
            @Override
            public void onSkipInProcess(MergeRequest request, Throwable t) {
                file(request.id(), "conversation " + request.duplicate(), (RequestFailedException) t);
            }
        };
    }

    /** For the step that reads survivors: all requests for a survivor fail with it. */
    SkipListener<Survivor, CheckedSurvivor> ofSurvivors() {
        return new SkipListener<>() {
            @Override
            public void onSkipInProcess(Survivor survivor, Throwable t) {
                for (Long requestId : survivor.requestIds()) {
                    file(requestId, "parent " + survivor.conversation(), (RequestFailedException) t);
                }
            }
        };
    }

    private void file(long requestId, String conversation, RequestFailedException failed) {
        RetryDecision filed = retries.file(requestId, failed.operation(), failed.failure(), executionId);
        log.warn(
                "request {} ({}): {} {}: {}; {}",
                requestId,
                conversation,
                failed.operation().label(),
                failed.failure().kind().label(),
                failed.failure().describe(),
                filed.next());
    }
}
