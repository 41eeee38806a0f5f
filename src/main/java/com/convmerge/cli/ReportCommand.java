package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.JsonText;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.ReportNotWritten;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.run.RunJournal;
import com.convmerge.run.RunLease;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a run again. */
@Command(
        name = "report",
        description =
                "Writes a run's report again: what it did, as of its end, and what became of the rest since. Needs no"
                        + " token.")
final class ReportCommand extends TablesCommand {
    @Mixin
    private RestartCommand.RunNumber run = new RestartCommand.RunNumber();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    /**
     * A run for programs.
     *
     * @param report the file of its report; null if it could not be written
     */
    record RunJson(@JsonUnwrapped RunRecord run, @Nullable String report) {}

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        RunRecords runs = context.getBean(RunRecords.class);
        if (!runs.running().isEmpty()) {
            context.getBean(RunJournal.class).recoverKilled(context.getBean(RunLease.class));
        }
        long number = run.number != null
                ? run.number
                : runs.last(1).stream()
                        .findFirst()
                        .map(RunRecord::id)
                        .orElseThrow(
                                () -> new ConfigurationProblem("there is no run to report on yet; begin with: run"));
        if (runs.find(number).isEmpty()) {
            throw new ConfigurationProblem("there is no run " + number + "; 'status' lists the last ones");
        }
        try {
            String file = context.getBean(ReportFiles.class).write(number).toString();
            print(runs.find(number).orElseThrow(), file);
            return ExitCode.DONE;
        } catch (ReportNotWritten e) {
            if (!json) {
                throw e;
            }
            print(runs.find(number).orElseThrow(), null);
            terminal.message(String.valueOf(e.getMessage()));
            return ExitCode.WRONG_USE;
        }
    }

    private void print(RunRecord found, @Nullable String file) {
        if (json) {
            JsonText.write(new RunJson(found, file), terminal.out());
        } else {
            terminal.line(String.valueOf(file));
        }
    }
}
