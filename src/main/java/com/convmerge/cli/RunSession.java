package com.convmerge.cli;

import com.convmerge.merge.OneLine;
import com.convmerge.report.EmptyTable;
import com.convmerge.report.ErrorMessages;
import com.convmerge.report.JsonText;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RequestLines;
import com.convmerge.report.RunProblem;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.RunSummary;
import com.convmerge.run.RunEnd;
import com.convmerge.run.RunLauncher;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Executes one run for the operator: shows its progress, prints its result, and determines the exit code. */
final class RunSession {
    /** How often a log receives a line about the progress. */
    static final Duration LINE_EVERY = Duration.ofSeconds(30);

    private static final int PROBLEMS_SHOWN = 20;
    private static final int LONGEST_LINE = 10_000;

    private final Terminal terminal;
    private final Duration lineEvery;
    private final BeanFactory beans;
    private final Hints hints;
    private final boolean json;
    private final boolean isTrial;

    /**
     * @param json whether the result is for a program
     * @param limit how many requests are applied at most; the first few are for looking at
     */
    RunSession(
            Terminal terminal, BeanFactory beans, Duration lineEvery, Hints hints, boolean json, @Nullable Long limit) {
        this.terminal = terminal;
        this.lineEvery = lineEvery;
        this.beans = beans;
        this.hints = hints;
        this.json = json;
        this.isTrial = limit != null && limit <= RequestLines.FEW;
    }

    /** @param run starts the run and passes on the consumer of its end */
    ExitCode launch(BiConsumer<RunLauncher, Consumer<RunEnd>> run) {
        RunLauncher launcher = beans.getBean(RunLauncher.class);
        ExitCode[] code = {ExitCode.FAILED};
        try (ProgressDisplay display = new ProgressDisplay(
                terminal, launcher::progress, lineEvery, beans.getBean(ZoneId.class), launcher::broken)) {
            run.accept(launcher, end -> {
                display.close();
                code[0] = show(end);
            });
        }
        return code[0];
    }

    /** The run has ended, whatever happens here: a database that goes away now only keeps its result from being shown. */
    private ExitCode show(RunEnd end) {
        try {
            RunRecord run = beans.getBean(RunRecords.class).find(end.run()).orElseThrow();
            return run.outcome() == RunRecord.Outcome.RUNNING
                    ? showWithoutResult(end, "its end could not be written down; the next run does that")
                    : print(end, run);
        } catch (DataAccessException | TransactionException e) {
            return showWithoutResult(end, "its result cannot be read: " + ErrorMessages.oneLine(e));
        }
    }

    private ExitCode showWithoutResult(RunEnd end, String why) {
        if (end.kind() == RunEnd.Kind.COMPLETED) {
            terminal.message("run " + end.run() + " has ended, but " + why
                    + ". Nothing is lost; when the cause is mended, see: " + hints.command("status"));
        } else {
            printFailure(end);
        }
        return ExitCode.FAILED;
    }

    private ExitCode print(RunEnd end, RunRecord run) {
        return switch (end.kind()) {
            case MISCONFIGURED -> {
                terminal.message(end.message());
                yield ExitCode.WRONG_USE;
            }
            case FAILED -> {
                print("broke off after", run);
                printFailure(end);
                yield ExitCode.FAILED;
            }
            case DATABASE_OLDER -> {
                print("broke off after", run);
                terminal.message("run " + end.run() + " failed: " + end.message());
                yield ExitCode.FAILED;
            }
            case STOPPED -> {
                print("stopped after", run);
                terminal.message(end.message() + "; go on with: " + restart(end));
                yield ExitCode.STOPPED;
            }
            case COMPLETED -> {
                print("finished in", run);
                if (!end.message().isEmpty()) {
                    terminal.message(end.message());
                }
                yield isAllDone(run) && end.message().isEmpty() ? ExitCode.DONE : ExitCode.SOME_LEFT;
            }
        };
    }

    private static boolean isAllDone(RunRecord run) {
        RunSummary summary = run.summary();
        return run.kind() == RunRecord.Kind.UNDO ? summary.failed() + summary.pending() == 0 : summary.isAllMerged();
    }

    private void printFailure(RunEnd end) {
        terminal.message("run " + end.run() + " failed: " + end.message()
                + ". Nothing is lost; when the cause is mended, go on with: " + restart(end));
    }

    /** With its number, as the last run may be another one. */
    private String restart(RunEnd end) {
        return hints.command("restart " + end.run());
    }

    private void print(String ended, RunRecord run) {
        if (json) {
            JsonText.write(new ReportCommand.RunJson(run, writeReport(run.id()).file()), terminal.out());
            return;
        }
        RunReportText text = beans.getBean(RunReportText.class);
        RunSummary summary = run.summary();
        terminal.line("");
        terminal.line("Run " + run.id() + " " + ended + " " + RunReportText.duration(run.length())
                + RunReportText.restarts(run) + ".");
        terminal.line("");
        terminal.out().print(counts(run, text));
        Long execution = run.executionId();
        if (execution != null) {
            terminal.out()
                    .print(text.finalMerges(beans.getBean(RunReports.class).countFinalMerges(execution)));
        }
        long untold = beans.getBean(RunReports.class).untoldSurvivors();
        if (untold > 0) {
            terminal.line(
                    untold + (untold == 1 ? " parent is" : " parents are") + " not told yet of what was merged into "
                            + (untold == 1 ? "it" : "them") + ", or taken back; the next run goes on with that.");
        }
        List<RunProblem> problems = beans.getBean(RunRecords.class).problems(run.id(), PROBLEMS_SHOWN);
        if (!problems.isEmpty()) {
            terminal.line("");
            int longest = terminal.widthUpTo(LONGEST_LINE) - 1;
            // Whole in the report; on a screen they must not push the result out of it.
            text.problems(problems).lines().forEach(line -> terminal.line(OneLine.exact(line, longest)));
        }
        long all = summary.rejected() + summary.failed() + summary.postponed();
        More.than(problems.size(), all, "see the report").ifPresent(terminal::line);
        if (isTrial && execution != null) {
            String merged = beans.getBean(RequestLines.class).merged(execution);
            if (!merged.isEmpty()) {
                terminal.line("");
                terminal.out().print(merged);
            }
        }
        terminal.line("");
        terminal.line(writeReport(run.id()).told());
        terminal.line("More:   " + hints.command("status"));
        terminal.line("        " + hints.command("retries list"));
    }

    private String counts(RunRecord run, RunReportText text) {
        if (run.outcome() != RunRecord.Outcome.COMPLETED) {
            return run.summary().isNothingDone() && run.summary().pending() == 0
                    ? "Nothing was changed." + System.lineSeparator()
                    : text.summary(run);
        }
        if (run.kind() == RunRecord.Kind.UNDO) {
            return text.summary(run);
        }
        return EmptyTable.advice(beans.getBean(RunReports.class).requestsByStatus())
                .orElseGet(() -> text.summary(run));
    }

    /**
     * What became of the report.
     *
     * @param file null if it could not be written
     */
    private record Report(String told, @Nullable String file) {}

    /** A complete run has written its report; a run that broke off has not, and needs one as well. */
    private Report writeReport(long run) {
        try {
            String file = beans.getBean(ReportFiles.class).write(run).toString();
            return new Report("Report: " + file, file);
        } catch (ReportNotWritten e) {
            String told = "No report: " + e.getMessage() + ", then: " + hints.command("report " + run);
            if (json) {
                terminal.message(told);
            }
            return new Report(told, null);
        }
    }
}
