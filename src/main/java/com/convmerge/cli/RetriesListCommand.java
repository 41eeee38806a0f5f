package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.JsonText;
import com.convmerge.report.RequestReport;
import com.convmerge.report.RequestReports;
import com.convmerge.report.RunReportText;
import com.convmerge.report.TextLines;
import com.convmerge.retries.RetryEntry;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
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

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

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
        String next(RunReportText text) {
            return switch (status) {
                case RETRY ->
                    retry.nextAttemptAt() == null
                            ? "waits for an operator: release or drop it"
                            : (retry.failure().kind() == FailureKind.IN_DOUBT ? "looked up and " : "")
                                    + "tried again by the first run after " + text.time(retry.nextAttemptAt());
                case PENDING -> "tried again by the next run";
                case FAILED -> "given up; 'retries release " + requestId + "' tries it again";
                case MERGED, REJECTED -> "nothing";
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
    boolean onlyAnswers() {
        return true;
    }

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        List<Row> found = context.getBean(RequestReports.class).inRetryTable(rows.filter(), limit).stream()
                .map(Row::of)
                .toList();
        if (json) {
            JsonText.write(found, terminal.out());
        } else if (found.isEmpty()) {
            terminal.line("Nothing fits: the retry table is empty, or has no such rows.");
        } else {
            terminal.out().print(table(found, context.getBean(RunReportText.class)));
        }
        return ExitCode.DONE;
    }

    private static TextLines table(List<Row> rows, RunReportText text) {
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
                    row.next(text));
            lines.add("%11s%s", "", retry.failure().describe());
        }
        return lines;
    }
}
