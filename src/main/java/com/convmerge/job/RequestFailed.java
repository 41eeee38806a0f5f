package com.convmerge.job;

import com.convmerge.merge.Failure;
import com.convmerge.merge.Operation;

/** Carries a failure to the skip listener, which is Spring Batch's way into the retry table. */
final class RequestFailed extends Exception {
    private final transient Operation operation;
    private final transient Failure failure;

    RequestFailed(Operation operation, Failure failure) {
        super(failure.told(), null, false, false);
        this.operation = operation;
        this.failure = failure;
    }

    Operation operation() {
        return operation;
    }

    Failure failure() {
        return failure;
    }
}
