package com.convmerge.batch;

import com.convmerge.report.ErrorMessages;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;

/** Finds what ended an execution. */
public final class RunFailures {
    /** What Spring Batch says of a step whose partitions failed. It is no cause. */
    private static final String PARTITION_FAILED = "Partition handler returned an unsuccessful step";

    private RunFailures() {}

    /** The first failure that is a cause, in one line; empty if none is known. */
    public static Optional<String> cause(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .map(ErrorMessages::oneLine)
                .filter(message -> !message.contains(PARTITION_FAILED))
                .findFirst();
    }
}
