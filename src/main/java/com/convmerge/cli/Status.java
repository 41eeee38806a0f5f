package com.convmerge.cli;

import com.convmerge.batch.Execution;
import com.convmerge.batch.RunStatus;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status} shows.
 *
 * @param underWay null if no run is
 * @param runs the last ones, newest first
 */
record Status(@Nullable RunStatus underWay, Map<RequestStatus, Long> requests, List<Run> runs) {
    /** An execution and what it did. */
    record Run(Execution execution, RunSummary summary) {}

    /**
     * How an execution ended. Spring Batch leaves a killed one STARTED; only the newest can be the one under way.
     */
    String outcome(Run run) {
        String outcome = run.execution().outcome();
        boolean isOpen = outcome.equals("STARTING") || outcome.equals("STARTED") || outcome.equals("STOPPING");
        if (!isOpen) {
            return outcome;
        }
        return underWay != null && run == runs.get(0) ? "RUNNING" : "KILLED";
    }
}
