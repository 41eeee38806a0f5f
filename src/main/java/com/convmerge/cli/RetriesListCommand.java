package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.JsonText;
import com.convmerge.report.RequestHistory;
import com.convmerge.report.RequestReport;
import com.convmerge.report.RequestReports;
import com.convmerge.report.RunReportText;
import com.convmerge.report.TextLines;
import com.convmerge.retries.RetryEntry;
import com.convmerge.retries.RetryFilter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retries list}. */
@Command(name = "list", description = "Lists the retry table: what failed, why, how often, and what happens next.")
final class RetriesListCommand extends TablesCommand {
    private static final String COLUMNS = "%9s  %-18s  %-12s  %-9s  %5s  %s";

    @Mixin
    private RetriesCommand.Rows rows = new RetriesCommand.Rows();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Show at most N rows. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--dropped",
            negatable = true,
            description = "Only what an operator has dropped; with --no-dropped all else.")
    private @Nullable Boolean dropped;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    /**
     * The rows that are shown, for programs.
     *
     * @param total how many there are without {@code --limit}
     */
    private record ListJson(long total, List<Row> requests) {}

    /** A request with its row in the table. As JSON it has the names of the tables. */
    private record Row(
            long requestId,
            String parentConversationId,
            String duplicateConversationId,
            RequestStatus status,
            @JsonUnwrapped RetryEntry retry) {
        static Row of(RequestReport request) {
            RetryEntry retry = Objects.requireNonNull(request.retry());
            return new Row(request.id(), request.parent(), request.duplicate(), request.status(), retry);
        }

        /** What happens next to the request. */
        String next(RunReportText text, Hints hints) {
            return switch (status) {
                case RETRY ->
                    retry.nextAttemptAt() == null
                            ? "waits for an operator: release or drop it"
                            : (retry.failure().kind() == FailureKind.IN_DOUBT ? "looked up and " : "")
                                    + "tried again by the first run after " + text.time(retry.nextAttemptAt());
                case PENDING -> "tried again by the next run";
                case FAILED -> {
                    String release = "'" + hints.words("retries release " + requestId) + "'";
                    yield retry.droppedAt() == null
                            ? "given up; " + release + " tries it again"
                            : "dropped; " + release + " takes it back";
                }
                case MERGED, REJECTED, UNDONE -> "nothing";
            };
        }
    }

    @Override
    void checkArguments() {
        if (limit < 1) {
            throw new ConfigurationProblem("--limit is " + limit + "; expected 1 or more");
        }
    }

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        RequestReports reports = context.getBean(RequestReports.class);
        RetryFilter filter = filter();
        List<Row> found =
                reports.inRetryTable(filter, limit).stream().map(Row::of).toList();
        long total = found.size() < limit ? found.size() : reports.countInRetryTable(filter);
        if (json) {
            JsonText.write(new ListJson(total, found), terminal.out());
        } else if (found.isEmpty()) {
            terminal.line("Nothing fits: the retry table is empty, or has no such rows.");
        } else {
            terminal.out().print(table(found, context));
            More.than(found.size(), total).ifPresent(terminal::line);
        }
        return ExitCode.DONE;
    }

    private RetryFilter filter() {
        if (dropped == null) {
            return rows.filter();
        }
        return rows.filter(dropped ? RetryFilter.Dropped.ALONE : RetryFilter.Dropped.LEFT_OUT);
    }

    private TextLines table(List<Row> rows, BeanFactory beans) {
        RunReportText text = beans.getBean(RunReportText.class);
        RequestHistory history = beans.getBean(RequestHistory.class);
        TextLines lines = new TextLines().add(COLUMNS, "REQUEST", "DUPLICATE", "FAILED AT", "KIND", "TRIES", "NEXT");
        for (Row row : rows) {
            RetryEntry retry = row.retry();
            lines.add(
                    COLUMNS,
                    row.requestId(),
                    OneLine.of(row.duplicateConversationId()),
                    retry.operation().label(),
                    retry.failure().kind(),
                    retry.attempts(),
                    row.next(text, hints()));
            lines.add("%11s%s", "", retry.failure().describe());
            history.dropped(retry).ifPresent(dropped -> lines.add("%11s%s", "", dropped));
        }
        return lines;
    }
}
