package com.convmerge.cli;

import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunCounts;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.TextLines;
import com.convmerge.run.Execution;
import com.convmerge.run.LeaseOwner;
import com.convmerge.run.RunHistory;
import com.convmerge.run.RunLease;
import com.convmerge.run.RunStatus;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * What {@code status} shows. As JSON it has the names of the tables.
 *
 * @param run the run under way; null if there is none
 * @param requests how many requests have each status, zeros included
 * @param executions the last ones, newest first
 */
record Status(
        boolean running,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RunStatus run,
        Map<RequestStatus, Long> requests,
        List<Line> executions) {
    private static final int EXECUTIONS = 10;
    private static final int DESCRIPTION_SHOWN = 200;
    private static final Set<String> OPEN = Set.of("STARTING", "STARTED", "STOPPING");

    /** The names of the table that holds the run under way, for {@link RunStatus}. */
    @JsonPropertyOrder("worker")
    record RunJson(
            @JsonProperty String worker,
            @JsonIgnore LeaseOwner owner,
            @JsonIgnore Instant readAt,
            @JsonProperty("requests_total") long total,
            @JsonProperty("requests_done") long done,
            @JsonProperty("requests_in_doubt") long inDoubt,
            @JsonProperty Optional<Instant> expectedEnd) {}

    /** An execution and its counts. */
    record Line(
            @JsonUnwrapped Execution execution,
            @JsonUnwrapped RunCounts counts) {}

    static Status read(BeanFactory beans) {
        RunReports reports = beans.getBean(RunReports.class);
        RunStatus run = beans.getBean(RunLease.class).underWay().orElse(null);
        Map<RequestStatus, Long> requests = new EnumMap<>(RequestStatus.class);
        for (RequestStatus status : RequestStatus.values()) {
            requests.put(status, 0L);
        }
        requests.putAll(reports.requestsByStatus());
        List<Line> lines = new ArrayList<>();
        for (Execution execution : beans.getBean(RunHistory.class).last(EXECUTIONS)) {
            boolean isUnderWay = run != null && lines.isEmpty();
            lines.add(new Line(withOutcome(execution, isUnderWay), reports.of(execution.id())));
        }
        return new Status(run != null, run, requests, lines);
    }

    /** Spring Batch leaves an execution STARTED when it is killed. Only the newest one can be the run under way. */
    private static Execution withOutcome(Execution execution, boolean isUnderWay) {
        if (!OPEN.contains(execution.outcome())) {
            return execution;
        }
        String outcome = isUnderWay ? "RUNNING" : "KILLED";
        return new Execution(
                execution.id(), outcome, execution.description(), execution.startedAt(), execution.endedAt());
    }

    /** The same for a person. */
    String describe(RunReportText text) {
        TextLines lines = new TextLines();
        if (run == null) {
            lines.add("No run is under way.");
        } else {
            describe(run, text, lines);
        }
        lines.add("%nRequests");
        requests.forEach((status, count) -> lines.add("%,11d  %s", count, status));
        lines.add(executions.isEmpty() ? "%nNo run yet. Begin with: run" : "%nLast runs");
        executions.forEach(line -> describe(line.execution(), line.counts(), text, lines));
        return lines.toString();
    }

    private static void describe(RunStatus run, RunReportText text, TextLines lines) {
        String stop = run.stopRequested() ? ", asked to stop" : "";
        lines.add("A run is under way: %s, since %s%s.", run.worker(), text.time(run.since()), stop);
        if (run.waitsUntil() != null && run.inDoubt() == 0) {
            lines.add("  Intercom asks to wait until %s; no call leaves before.", text.time(run.waitsUntil()));
        } else if (run.waitsUntil() != null) {
            lines.add(
                    "  It waits for %,d in doubt (%s), until %s at most.",
                    run.inDoubt(), String.valueOf(run.step()), text.time(run.waitsUntil()));
        }
        if (run.total() > 0) {
            lines.add(
                    "  %,d of %,d requests (%s), %,d of the %,d calls of Intercom's window used%s.",
                    run.done(),
                    run.total(),
                    String.valueOf(run.step()),
                    run.callsUsed(),
                    run.callsGranted(),
                    run.expectedEnd()
                            .map(end -> "; expected end " + text.time(end))
                            .orElse(""));
        }
    }

    private static void describe(Execution execution, RunCounts counts, RunReportText text, TextLines lines) {
        Instant start = execution.startedAt();
        Instant end = execution.endedAt();
        String reason = execution.description().lines().findFirst().orElse("");
        lines.add(
                "%11d  %-9s  %s  %-12s  %d merged, %d rejected, %d failed, %d postponed%s",
                execution.id(),
                execution.outcome(),
                start == null ? "not begun" : text.time(start),
                start == null || end == null ? "" : RunReportText.duration(Duration.between(start, end)),
                counts.merged(),
                counts.rejected(),
                counts.failed(),
                counts.postponed(),
                reason.isBlank() ? "" : "; " + OneLine.of(reason, DESCRIPTION_SHOWN));
    }
}
