package com.convmerge.cli;

import com.convmerge.merge.SteadyClock;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RequestReport;
import com.convmerge.report.RequestReports;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.RunSummary;
import com.convmerge.run.RunEnd;
import com.convmerge.run.RunLauncher;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Executes one run for the operator: shows its progress, prints its result, and determines the exit code. */
final class RunSession {
    /** How often a log receives a line about the progress. */
    static final Duration LINE_EVERY = Duration.ofSeconds(30);

    private static final int PROBLEMS_SHOWN = 20;

    private final Terminal terminal;
    private final Duration lineEvery;
    private final BeanFactory beans;

    RunSession(Terminal terminal, BeanFactory beans, Duration lineEvery) {
        this.terminal = terminal;
        this.lineEvery = lineEvery;
        this.beans = beans;
    }

    /** @param run starts the run and passes on the consumer of its end */
    ExitCode launch(BiConsumer<RunLauncher, Consumer<RunEnd>> run) {
        SteadyClock clock = beans.getBean(SteadyClock.class);
        Instant began = clock.instant();
        RunLauncher launcher = beans.getBean(RunLauncher.class);
        ExitCode[] code = {ExitCode.FAILED};
        try (ProgressDisplay display = new ProgressDisplay(
                terminal, launcher::progress, lineEvery, beans.getBean(ZoneId.class), launcher::broken)) {
            run.accept(launcher, end -> {
                display.close();
                code[0] = show(end, clock.since(began));
            });
        }
        return code[0];
    }

    /** The run has ended, whatever happens here: a database that goes away now only keeps its result from being shown. */
    private ExitCode show(RunEnd end, Duration took) {
        try {
            return print(end, took, beans.getBean(RunReports.class).summary(end.executionId()));
        } catch (DataAccessException | TransactionException e) {
            if (end.kind() == RunEnd.Kind.COMPLETED || end.kind() == RunEnd.Kind.REPORT_NOT_WRITTEN) {
                terminal.message("run " + end.executionId() + " has ended, but its result cannot be read: "
                        + ErrorMessages.oneLine(e) + ". Nothing is lost; when the cause is mended, see: status");
            } else {
                printFailure(end);
            }
            return ExitCode.FAILED;
        }
    }

    private ExitCode print(RunEnd end, Duration took, RunSummary summary) {
        return switch (end.kind()) {
            case MISCONFIGURED -> {
                terminal.message(end.message());
                yield ExitCode.WRONG_USE;
            }
            case FAILED -> {
                print("broke off after", took, summary);
                printFailure(end);
                yield ExitCode.FAILED;
            }
            case DATABASE_OLDER -> {
                print("broke off after", took, summary);
                terminal.message("run " + end.executionId() + " failed: " + end.message());
                yield ExitCode.FAILED;
            }
            case REPORT_NOT_WRITTEN -> {
                print("finished in", took, summary);
                terminal.message("run " + end.executionId() + " is done, all but its report: " + end.message()
                        + ". What it merged is merged. Then: restart, or only the file: report " + end.executionId());
                yield ExitCode.FAILED;
            }
            case STOPPED -> {
                print("stopped after", took, summary);
                terminal.message(end.message() + "; go on with: restart");
                yield ExitCode.STOPPED;
            }
            case COMPLETED -> {
                print("finished in", took, summary);
                if (!end.message().isEmpty()) {
                    terminal.message(end.message());
                }
                yield summary.isAllMerged() && end.message().isEmpty() ? ExitCode.DONE : ExitCode.SOME_LEFT;
            }
        };
    }

    private void printFailure(RunEnd end) {
        terminal.message("run " + end.executionId() + " failed: " + end.message()
                + ". Nothing is lost; when the cause is mended, go on with: restart");
    }

    private void print(String ended, Duration took, RunSummary summary) {
        long run = summary.executionId();
        RunReportText text = beans.getBean(RunReportText.class);
        terminal.line("");
        terminal.line("Run " + run + " " + ended + " " + RunReportText.duration(took) + ".");
        terminal.line("");
        terminal.out().print(text.summary(summary));
        List<RequestReport> problems = beans.getBean(RequestReports.class).notMerged(run, PROBLEMS_SHOWN);
        if (!problems.isEmpty()) {
            terminal.line("");
            terminal.out().print(text.problems(problems));
        }
        long all = summary.rejected() + summary.failed() + summary.postponed();
        if (all > problems.size()) {
            terminal.line("... and " + (all - problems.size()) + " more.");
        }
        terminal.line("");
        terminal.line(report(run) + "More: 'status', 'retries list'.");
    }

    /** A complete run has written its report; a run that broke off has not, and needs one as well. */
    private String report(long run) {
        try {
            return "Report: " + beans.getBean(ReportFiles.class).write(run) + ". ";
        } catch (ReportNotWritten e) {
            return "No report: " + e.getMessage() + ", then: report " + run + ". ";
        }
    }
}
