package com.convmerge.cli;

import com.convmerge.batch.Execution;
import com.convmerge.batch.RunStatus;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunSummary;
import java.time.Duration;
import java.util.Locale;

/** {@link Status} for a person. */
final class StatusText {
    private static final int DESCRIPTION_SHOWN = 200;

    private final RunReportText text;

    StatusText(RunReportText text) {
        this.text = text;
    }

    String of(Status status) {
        StringBuilder out = new StringBuilder();
        RunStatus run = status.underWay();
        out.append(run == null ? "No run is under way.\n" : underWay(run));
        out.append("\nRequests\n");
        for (RequestStatus at : RequestStatus.values()) {
            out.append(
                    String.format(Locale.ROOT, "%,11d  %s%n", status.requests().getOrDefault(at, 0L), at));
        }
        out.append(status.runs().isEmpty() ? "\nNo run yet. Begin with: run\n" : "\nLast runs\n");
        status.runs().forEach(line -> out.append(line(status, line)));
        return out.toString();
    }

    private String underWay(RunStatus run) {
        StringBuilder out = new StringBuilder();
        out.append("A run is under way: ")
                .append(run.worker())
                .append(", since ")
                .append(text.time(run.since()));
        out.append(run.stopRequested() ? ", asked to stop.\n" : ".\n");
        if (run.total() > 0) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %,d of %,d requests (%s), %,d of the %,d calls of Intercom's window used%s.%n",
                    run.done(),
                    run.total(),
                    run.step(),
                    run.callsUsed(),
                    run.callsGranted(),
                    run.expectedEnd()
                            .map(end -> "; expected end " + text.time(end))
                            .orElse("")));
        }
        return out.toString();
    }

    private String line(Status status, Status.Run run) {
        RunSummary summary = run.summary();
        Execution execution = run.execution();
        return String.format(
                Locale.ROOT,
                "%11d  %-9s  %s  %-12s  %d merged, %d rejected, %d failed, %d postponed%s%n",
                execution.id(),
                status.outcome(run),
                execution.startedAt() == null ? "not begun" : text.time(execution.startedAt()),
                length(execution),
                summary.merged(),
                summary.rejected(),
                summary.failed(),
                summary.postponed(),
                reason(execution));
    }

    private static String length(Execution execution) {
        return execution.startedAt() == null || execution.endedAt() == null
                ? ""
                : RunOutput.words(Duration.between(execution.startedAt(), execution.endedAt()));
    }

    private static String reason(Execution execution) {
        String line = execution.description().lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return "";
        }
        return "; " + (line.length() > DESCRIPTION_SHOWN ? line.substring(0, DESCRIPTION_SHOWN) + "…" : line);
    }
}
