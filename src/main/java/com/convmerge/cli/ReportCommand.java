package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.JsonText;
import com.convmerge.report.ReportFiles;
import com.convmerge.run.Execution;
import com.convmerge.run.RunHistory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the report of a run again. */
@Command(name = "report", description = "Writes a run's report again, as the tables are now. Needs no token.")
final class ReportCommand extends TablesCommand {
    @Mixin
    private RestartCommand.ExecutionId execution = new RestartCommand.ExecutionId();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private record ReportJson(long jobExecutionId, String file) {}

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        RunHistory history = context.getBean(RunHistory.class);
        long id = execution.id != null
                ? execution.id
                : history.last(1).stream()
                        .findFirst()
                        .map(Execution::id)
                        .orElseThrow(
                                () -> new ConfigurationProblem("there is no run to report on yet; begin with: run"));
        if (!history.exists(id)) {
            throw new ConfigurationProblem("there is no execution " + id + "; 'status' lists the last ones");
        }
        String file = context.getBean(ReportFiles.class).write(id).toString();
        if (json) {
            JsonText.write(new ReportJson(id, file), terminal.out());
        } else {
            terminal.line(file);
        }
        return ExitCode.DONE;
    }
}
