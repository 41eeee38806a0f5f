package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import com.convmerge.report.ConversationRequests;
import com.convmerge.report.JsonText;
import com.convmerge.report.RequestHistory;
import com.convmerge.report.RequestLines;
import com.convmerge.report.RequestReport;
import com.convmerge.report.RequestReports;
import com.convmerge.report.RunReportText;
import com.convmerge.report.TextLines;
import com.convmerge.run.RunStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the run under way, the last runs, and the status of the requests. */
@Command(
        name = "status",
        description =
                "Shows what is running, the last runs, and how many requests stand where; or all about one request or"
                        + " one conversation. Needs no token.")
final class StatusCommand extends TablesCommand {
    private static final int REQUESTS_SHOWN = 20;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @ArgGroup
    private @Nullable Sought sought;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "With --conversation: show at most N requests. Default: " + REQUESTS_SHOWN + ".")
    private @Nullable Integer limit;

    /** What people know of the request that they ask for. */
    static final class Sought {
        @Option(
                names = "--request",
                paramLabel = "ID",
                description =
                        "Everything that is known of one request: where it stands, and its rows in the ledger and in the"
                                + " retry table.")
        private @Nullable Long requestId;

        @Option(
                names = "--conversation",
                paramLabel = "ID-OR-LINK",
                description =
                        "The requests that touch this conversation, as their duplicate, their parent or the conversation"
                                + " that a chain leads to: everything that is known if it is one, a line each if there are several.")
        private @Nullable String conversation;

        @Option(
                names = "--ref",
                paramLabel = "REF",
                description = "The same as --request for the request with this external_ref.")
        private @Nullable String ref;
    }

    /**
     * The requests that touch a conversation, for programs.
     *
     * @param total how many there are without {@code --limit}
     */
    private record ConversationJson(String conversationId, long total, List<Object> requests) {}

    @Override
    void checkArguments() {
        if (limit != null && (sought == null || sought.conversation == null)) {
            throw new ConfigurationProblem("--limit goes with --conversation");
        }
        if (limit != null && limit < 1) {
            throw new ConfigurationProblem("--limit is " + limit + "; expected 1 or more");
        }
        if (sought != null && sought.conversation != null) {
            sought.conversation = SoughtConversation.of(sought.conversation);
        }
    }

    @Override
    ExitCode execute(ConfigurableApplicationContext context) {
        Object shown = sought == null ? status(context) : sought(sought, context);
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

    private Object sought(Sought by, BeanFactory beans) {
        if (by.conversation != null) {
            return conversation(by.conversation, beans);
        }
        RequestReports reports = beans.getBean(RequestReports.class);
        RequestReport request = by.requestId != null
                ? reports.find(by.requestId)
                        .orElseThrow(() -> new ConfigurationProblem("there is no request " + by.requestId))
                : withRef(Objects.requireNonNull(by.ref), reports);
        return request(request, beans);
    }

    private static RequestReport withRef(String ref, RequestReports reports) {
        return reports.withRef(ref)
                .or(() -> reports.withRef(ref.strip()))
                .orElseThrow(() -> new ConfigurationProblem("there is no request with the external_ref \""
                        + PossibleSecrets.hideIn(ref) + "\"; it must be written as in the table"));
    }

    private Object request(RequestReport request, BeanFactory beans) {
        RequestHistory history = beans.getBean(RequestHistory.class);
        return json ? history.json(request) : history.text(request);
    }

    private Object conversation(String conversation, BeanFactory beans) {
        ConversationRequests.Found found = beans.getBean(ConversationRequests.class)
                .touching(conversation, Objects.requireNonNullElse(limit, REQUESTS_SHOWN));
        if (found.total() == 0) {
            throw new ConfigurationProblem(
                    "no request touches the conversation \"" + PossibleSecrets.hideIn(conversation) + "\"");
        }
        if (json) {
            RequestHistory history = beans.getBean(RequestHistory.class);
            return new ConversationJson(
                    conversation,
                    found.total(),
                    found.newest().stream().map(history::json).toList());
        }
        return found.total() == 1 ? request(found.newest().get(0), beans) : lines(conversation, found, beans);
    }

    private static String lines(String conversation, ConversationRequests.Found found, BeanFactory beans) {
        TextLines text = new TextLines()
                .add("%,d requests touch the conversation %s, newest first:", found.total(), conversation);
        int shown = found.newest().size();
        return text
                + beans.getBean(RequestLines.class).text(found.newest())
                + More.than(shown, found.total())
                        .map(more -> more + System.lineSeparator())
                        .orElse("");
    }
}
