package com.convmerge.batch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/** Ends one run early: once it is cancelled no request begins any more, while those in flight finish. */
public final class RunCancellation {
    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private volatile boolean callsHalted;

    /**
     * Why a run ends early.
     *
     * @param kind decides what is still done, and the exit code
     * @param message for the operator, one line
     */
    public record Reason(Kind kind, String message) {}

    /** What a reason means for the run. A later constant ends more than an earlier one. */
    public enum Kind {
        /** The time is up: no merge begins, but survivors are told of those that were made, and the report is written. */
        DEADLINE(BatchStatus.STOPPED),
        /** Somebody asked for it. */
        STOPPED(BatchStatus.STOPPED),
        /** The run cannot go on. */
        FAILED(BatchStatus.FAILED),
        /** Intercom shows what the ledger does not know. Runs look before they write until one of them is complete. */
        DATABASE_OLDER(BatchStatus.FAILED);

        private final BatchStatus status;

        Kind(BatchStatus status) {
            this.status = status;
        }

        /** What Spring Batch's tables say of such a run. */
        public BatchStatus status() {
            return status;
        }
    }

    /** Cancels the run. A reason that ends more replaces one that ends less; otherwise the first one stays. */
    public void cancel(Kind kind, String message) {
        Reason next = new Reason(kind, message);
        reason.accumulateAndGet(
                next, (before, now) -> before == null || before.kind().compareTo(now.kind()) < 0 ? now : before);
    }

    /** From now on not even the requests in flight may make calls. */
    public void haltCalls() {
        callsHalted = true;
    }

    /** Whether no call may leave any more. */
    public boolean areCallsHalted() {
        return callsHalted;
    }

    /** Whether no merge may begin. */
    boolean endsMerges() {
        return reason.get() != null;
    }

    /** Whether nothing at all may begin. */
    public boolean endsAll() {
        Reason given = reason.get();
        return given != null && given.kind() != Kind.DEADLINE;
    }

    /** Why the run was cancelled; empty if it was not. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }
}
