package com.convmerge.cli;

import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.RunSummary;
import com.convmerge.report.TextLines;
import com.convmerge.run.LeaseOwner;
import com.convmerge.run.RunJournal;
import com.convmerge.run.RunLease;
import com.convmerge.run.RunStatus;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * What {@code status} shows. As JSON it has the names of the tables.
 *
 * @param run the run under way; null if there is none
 * @param requests how many requests have each status, zeros included
 * @param runs the last ones, newest first
 */
record Status(
        boolean running,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RunStatus run,
        Map<RequestStatus, Long> requests,
        List<RunRecord> runs) {
    private static final int RUNS = 10;
    private static final int DESCRIPTION_SHOWN = 200;

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

    static Status read(BeanFactory beans) {
        RunReports reports = beans.getBean(RunReports.class);
        RunStatus run = beans.getBean(RunLease.class).underWay().orElse(null);
        Map<RequestStatus, Long> requests = new EnumMap<>(RequestStatus.class);
        for (RequestStatus status : RequestStatus.values()) {
            requests.put(status, 0L);
        }
        requests.putAll(reports.requestsByStatus());
        List<RunRecord> runs = beans.getBean(RunRecords.class).last(RUNS);
        RunJournal journal = beans.getBean(RunJournal.class);
        return new Status(
                run != null,
                run,
                requests,
                run == null ? runs.stream().map(journal::seenByOthers).toList() : runs);
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
        requests.forEach((status, count) -> {
            // Most tables never see an undo.
            if (status != RequestStatus.UNDONE || count > 0) {
                lines.add("%,11d  %s", count, status);
            }
        });
        lines.add(runs.isEmpty() ? "%nNo run yet. Begin with: run" : "%nLast runs");
        runs.forEach(line -> describe(line, text, lines));
        return lines.toString();
    }

    private static void describe(RunStatus run, RunReportText text, TextLines lines) {
        String stop = run.stopRequested() ? ", asked to stop" : "";
        lines.add("A run is under way: %s, since %s%s.", run.worker(), text.time(run.since()), stop);
        if (run.waitsUntil() != null && run.inDoubt() == 0) {
            lines.add("  Intercom asks to wait until %s; no call leaves before.", text.time(run.waitsUntil()));
        } else if (run.waitsUntil() != null) {
            lines.add(
                    "  It waits for %,d in doubt (%s), until %s.",
                    run.inDoubt(), String.valueOf(run.step()), text.time(run.waitsUntil()));
        }
        if (run.parentsTotal() > 0) {
            lines.add("  %,d of %,d parents dealt with.", run.parentsDone(), run.parentsTotal());
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

    private static void describe(RunRecord run, RunReportText text, TextLines lines) {
        String detail = run.detail();
        lines.add(
                "%11d  %-9s  %s  %-12s  %s%s%s",
                run.id(),
                run.outcome(),
                text.time(run.startedAt()),
                RunReportText.duration(run.length()),
                did(run),
                RunReportText.restarts(run),
                detail == null ? "" : "; " + OneLine.of(detail, DESCRIPTION_SHOWN));
    }

    private static String did(RunRecord run) {
        RunSummary did = run.summary();
        return run.kind() == RunRecord.Kind.UNDO
                ? did.undone() + " taken back, " + did.failed() + " not"
                : "%d merged, %d rejected, %d failed, %d postponed"
                        .formatted(did.merged(), did.rejected(), did.failed(), did.postponed());
    }
}
