package com.convmerge.batch;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.listener.SkipListener;

/**
 * Files skipped requests in the retry table, in transactions of their own: Spring Batch calls {@code onSkipInProcess} on the
 * pool's thread, outside the chunk's transaction.
 */
record RetrySkipListener<I, O>(Retries retries, MergeRun run) implements SkipListener<I, O> {
    private static final Logger log = LoggerFactory.getLogger(RetrySkipListener.class);

    @Override
    public void onSkipInProcess(I item, Throwable t) {
        RequestFailedException failed = (RequestFailedException) t;
        Failure failure = failed.failure;
        for (long requestId : failed.item.requestIds()) {
            RetryDecision decision = retries.file(requestId, failed.operation, failure, run.executionId());
            log.warn(
                    "request {} ({}): {} {}: {}; {}",
                    requestId,
                    failed.item.subject(),
                    failed.operation.label(),
                    failure.kind().label(),
                    failure.describe(),
                    decision.next());
        }
        if (failed.item.requestIds().isEmpty()) {
            logNote(failed);
        }
    }

    /** Says what becomes of a note on a survivor that failed. It has no row in the retry table, because the merges stand. */
    static void logNote(RequestFailedException failed) {
        log.warn(
                "{}: its note {}: {}; {}, {}",
                failed.item.subject(),
                failed.failure.kind().label(),
                failed.failure.describe(),
                stands(failed.operation),
                failed.failure.kind().isPassing() ? "the next run tries the note again" : "it gets no note");
    }

    /** What a note on a survivor that is not written changes nothing about. */
    static String stands(OperationKind note) {
        return note == OperationKind.UNDO_SURVIVOR_NOTE ? "what was taken back stays so" : "the merges stand";
    }
}
