package com.convmerge.batch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.batch.core.BatchStatus;

/** Ends a run from within: once it is pulled no request begins any more; those in hand finish. */
public final class RunCancellation {
    private final AtomicReference<Reason> reason = new AtomicReference<>();

    /**
     * Why a run ends before its end.
     *
     * @param kind decides what is still done, and the exit code
     * @param message for the operator, one line
     */
    public record Reason(Kind kind, String message) {}

    /** What a reason means for the run. */
    public enum Kind {
        /** The time is up: no merge begins, but the survivors are told of those that were made, and the report is written. */
        DEADLINE(BatchStatus.STOPPED),
        /** Somebody asked for it. */
        STOPPED(BatchStatus.STOPPED),
        /** It cannot go on. */
        FAILED(BatchStatus.FAILED);

        private final BatchStatus status;

        Kind(BatchStatus status) {
            this.status = status;
        }

        BatchStatus status() {
            return status;
        }
    }

    /** Pulls it; a reason that ends more takes the place of one that ends less, else the first stands. */
    void pull(Kind kind, String message) {
        Reason pulled = new Reason(kind, message);
        reason.accumulateAndGet(
                pulled, (before, now) -> before == null || before.kind().compareTo(now.kind()) < 0 ? now : before);
    }

    /** Whether no merge may begin. */
    boolean endsMerges() {
        return reason.get() != null;
    }

    /** Whether nothing at all may begin. */
    boolean endsAll() {
        Reason pulled = reason.get();
        return pulled != null && pulled.kind() != Kind.DEADLINE;
    }

    Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** For the next run of the same program. */
    void release() {
        reason.set(null);
    }
}
