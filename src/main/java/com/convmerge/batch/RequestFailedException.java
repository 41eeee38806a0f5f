package com.convmerge.batch;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;

/** Carries a failure to the skip listener, which is Spring Batch's way into the retry table. */
final class RequestFailedException extends Exception {
    private final transient OperationKind operation;
    private final transient Failure failure;

    RequestFailedException(OperationKind operation, Failure failure) {
        super(failure.describe(), null, false, false);
        this.operation = operation;
        this.failure = failure;
    }

    OperationKind operation() {
        return operation;
    }

    Failure failure() {
        return failure;
    }
}
