package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.report.JsonText;
import com.convmerge.report.RequestHistory;
import com.convmerge.report.RunReportText;
import com.convmerge.run.RunStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the run under way, the last runs, and the status of the requests. */
@Command(
        name = "status",
        description = "Shows what is running, the last runs, and how many requests stand where. Needs no token.")
final class StatusCommand extends TablesCommand {
    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description =
                    "Everything that is known of one request: where it stands, and its rows in the ledger and in the retry"
                            + " table.")
    private @Nullable Long requestId;

    @Override
    boolean onlyAnswers() {
        return true;
    }

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        Object shown = requestId == null ? status(context) : request(context.getBean(RequestHistory.class), requestId);
        if (json) {
            JsonText.write(shown, RunStatus.class, Status.RunJson.class, terminal.out());
        } else {
            terminal.out().print(shown);
        }
        return ExitCode.DONE;
    }

    private Object status(BeanFactory beans) {
        Status status = Status.read(beans);
        return json ? status : status.describe(beans.getBean(RunReportText.class));
    }

    private Object request(RequestHistory history, long id) {
        return (json ? history.json(id) : history.text(id))
                .orElseThrow(() -> new ConfigurationProblem("there is no request " + id));
    }
}
