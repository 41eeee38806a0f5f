package com.convmerge.cli;

import com.convmerge.batch.RunHistory;
import com.convmerge.batch.RunLease;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.RequestHistory;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is running, what ran, and where the requests stand. */
@Command(
        name = "status",
        description = "Shows what is running, the last runs, and how many requests stand where. Needs no token.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int EXECUTIONS = 10;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description =
                    "Everything that is known of one request: where it stands, and its rows in the ledger and in the retry"
                            + " table.")
    private @Nullable Long requestId;

    private final Terminal terminal;
    private final ContextFactory contexts;

    StatusCommand(Terminal terminal, ContextFactory contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            if (requestId != null) {
                terminal.out().print(request(context, requestId));
            } else {
                Status status = status(context);
                terminal.out()
                        .print(
                                json
                                        ? StatusJson.of(status)
                                        : new StatusText(context.getBean(RunReportText.class)).of(status));
            }
            terminal.out().flush();
            return ExitCode.DONE.code();
        }
    }

    private static Status status(ConfigurableApplicationContext context) {
        RunReports reports = context.getBean(RunReports.class);
        return new Status(
                context.getBean(RunLease.class).underWay().orElse(null),
                reports.requestsByStatus(),
                context.getBean(RunHistory.class).last(EXECUTIONS).stream()
                        .map(execution -> new Status.Run(execution, reports.summary(execution.id())))
                        .toList());
    }

    private String request(ConfigurableApplicationContext context, long id) {
        RequestHistory history = context.getBean(RequestHistory.class);
        return (json ? history.json(id) : history.text(id))
                .orElseThrow(() -> new ConfigurationProblem("there is no request " + id));
    }
}
