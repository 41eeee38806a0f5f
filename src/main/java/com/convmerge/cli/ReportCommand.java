package com.convmerge.cli;

import com.convmerge.batch.Execution;
import com.convmerge.batch.RunHistory;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.ReportFiles;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a report again. */
@Command(
        name = "report",
        description = "Writes a run's report again, as the tables are now. Needs no token.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "EXECUTION_ID",
            description = "Which one; 'status' lists them. Without it, the last one.")
    private @Nullable Long executionId;

    private final Terminal terminal;
    private final ContextFactory contexts;

    ReportCommand(Terminal terminal, ContextFactory contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            RunHistory history = context.getBean(RunHistory.class);
            long id = executionId == null
                    ? history.last(1).stream()
                            .findFirst()
                            .map(Execution::id)
                            .orElseThrow(
                                    () -> new ConfigurationProblem("there is no run to report on yet; begin with: run"))
                    : executionId;
            if (!history.exists(id)) {
                throw new ConfigurationProblem("there is no execution " + id + "; 'status' lists the last ones");
            }
            terminal.out().println(context.getBean(ReportFiles.class).write(id));
            return ExitCode.DONE.code();
        }
    }
}
