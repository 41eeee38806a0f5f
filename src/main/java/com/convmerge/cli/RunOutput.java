package com.convmerge.cli;

import com.convmerge.batch.RunEnd;
import com.convmerge.report.Problem;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.RunSummary;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** Tells how a run ended, and which exit code that is. */
final class RunOutput {
    private static final int PROBLEMS_SHOWN = 20;

    private final Terminal terminal;
    private final RunReports reports;
    private final RunReportText text;
    private final ReportFiles files;

    RunOutput(Terminal terminal, RunReports reports, RunReportText text, ReportFiles files) {
        this.terminal = terminal;
        this.reports = reports;
        this.text = text;
        this.files = files;
    }

    ExitCode tell(RunEnd end, Duration took) {
        RunSummary summary;
        try {
            summary = reports.summary(end.executionId());
        } catch (DataAccessException e) {
            tellFailure(end);
            return ExitCode.FAILED;
        }
        return switch (end.kind()) {
            case MISCONFIGURED -> {
                terminal.err().println("convmerge: " + end.message());
                yield ExitCode.WRONG_USE;
            }
            case FAILED -> {
                tellCounts("Run " + end.executionId() + " broke off after " + words(took) + ".", summary);
                tellFailure(end);
                yield ExitCode.FAILED;
            }
            case STOPPED -> {
                tellCounts("Run " + end.executionId() + " stopped after " + words(took) + ".", summary);
                terminal.err().println("convmerge: " + end.message() + "; go on with: restart");
                yield ExitCode.STOPPED;
            }
            case COMPLETED -> {
                tellCounts("Run " + end.executionId() + " finished in " + words(took) + ".", summary);
                yield summary.isAllMerged() ? ExitCode.DONE : ExitCode.SOME_LEFT;
            }
        };
    }

    private void tellFailure(RunEnd end) {
        terminal.err()
                .println("convmerge: run " + end.executionId() + " failed: " + end.message()
                        + ". Nothing is lost or doubled; when the cause is mended, go on with: restart");
    }

    private void tellCounts(String headline, RunSummary summary) {
        terminal.out().println();
        terminal.out().println(headline);
        terminal.out().println();
        terminal.out().print(text.summary(summary));
        List<Problem> problems = reports.problems(summary.executionId(), PROBLEMS_SHOWN);
        if (!problems.isEmpty()) {
            terminal.out().println();
            terminal.out().print(text.problems(problems));
        }
        long all = summary.rejected() + summary.failed() + summary.postponed();
        if (all > problems.size()) {
            terminal.out().println("... and " + (all - problems.size()) + " more.");
        }
        terminal.out().println();
        // The run has written it if it came to its end; one that broke off has a morning too.
        terminal.out().println("Report: " + files.write(summary.executionId()) + ". More: 'status', 'retries list'.");
    }

    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3_600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
