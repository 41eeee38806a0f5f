package com.convmerge.job;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.batch.core.BatchStatus;

/** Stops a run from within: once it is pulled no request begins any more; those in hand finish. */
public final class RunBrake {
    private final AtomicReference<Reason> reason = new AtomicReference<>();

    /**
     * Why a run ends before its end.
     *
     * @param kind decides the exit code
     * @param message for the operator, one line
     */
    public record Reason(Kind kind, String message) {}

    /** What a reason means for the run. */
    public enum Kind {
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

    /** Pulls it; the first reason stands. Returns whether this was the first. */
    boolean pull(Kind kind, String message) {
        return reason.compareAndSet(null, new Reason(kind, message));
    }

    boolean isPulled() {
        return reason.get() != null;
    }

    Optional<Reason> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** For the next run of the same program. */
    void release() {
        reason.set(null);
    }
}
