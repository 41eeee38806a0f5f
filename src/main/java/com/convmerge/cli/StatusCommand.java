package com.convmerge.cli;

import com.convmerge.job.Execution;
import com.convmerge.job.RunHistory;
import com.convmerge.job.RunLock;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunReportText;
import com.convmerge.report.RunReports;
import com.convmerge.report.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is running, what ran, and where the requests stand. */
@Command(
        name = "status",
        description = "Shows what is running, the last runs, and how many requests stand where. Needs no token.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int EXECUTIONS = 10;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    private final Terminal terminal;
    private final Contexts contexts;

    StatusCommand(Terminal terminal, Contexts contexts) {
        this.terminal = terminal;
        this.contexts = contexts;
    }

    @Override
    public Integer call() {
        try (ConfigurableApplicationContext context = contexts.openTables()) {
            RunReports reports = context.getBean(RunReports.class);
            Optional<String> worker = context.getBean(RunLock.class).worker();
            List<Line> lines = context.getBean(RunHistory.class).last(EXECUTIONS).stream()
                    .map(execution -> new Line(execution, reports.summary(execution.id())))
                    .toList();
            Map<RequestStatus, Long> requests = reports.requestsByStatus();
            terminal.out()
                    .print(
                            json
                                    ? json(worker.orElse(null), lines, requests)
                                    : text(worker.orElse(null), lines, requests, context.getBean(RunReportText.class)));
            terminal.out().flush();
            return ExitCode.DONE.code();
        }
    }

    private record Line(Execution execution, RunSummary summary) {
        /** Spring Batch leaves a killed execution STARTED; while somebody works, that may be the running one. */
        String outcome(@Nullable String worker) {
            boolean isOpen = execution.outcome().startsWith("START")
                    || execution.outcome().equals("STOPPING");
            if (!isOpen) {
                return execution.outcome();
            }
            return worker == null ? "KILLED" : "RUNNING";
        }
    }

    private static String text(
            @Nullable String worker, List<Line> lines, Map<RequestStatus, Long> requests, RunReportText text) {
        StringBuilder out = new StringBuilder();
        out.append(worker == null ? "No run is under way.\n" : "A run is under way: " + worker + ".\n");
        out.append("\nRequests\n");
        for (RequestStatus status : RequestStatus.values()) {
            out.append(String.format(Locale.ROOT, "%,11d  %s%n", requests.getOrDefault(status, 0L), status));
        }
        out.append(lines.isEmpty() ? "\nNo run yet. Begin with: run\n" : "\nLast runs\n");
        for (Line line : lines) {
            RunSummary summary = line.summary();
            out.append(String.format(
                    Locale.ROOT,
                    "%11d  %-9s  %s  %-12s  %d merged, %d rejected, %d failed, %d postponed%s%n",
                    line.execution().id(),
                    line.outcome(worker),
                    line.execution().startedAt() == null
                            ? "not begun"
                            : text.told(line.execution().startedAt()),
                    length(line.execution()),
                    summary.merged(),
                    summary.rejected(),
                    summary.failed(),
                    summary.postponed(),
                    firstLine(line.execution().description())));
        }
        return out.toString();
    }

    private static String json(@Nullable String worker, List<Line> lines, Map<RequestStatus, Long> requests) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("running", worker != null);
        root.put("worker", worker);
        ObjectNode counts = root.putObject("requests");
        for (RequestStatus status : RequestStatus.values()) {
            counts.put(status.name(), requests.getOrDefault(status, 0L));
        }
        ArrayNode executions = root.putArray("executions");
        for (Line line : lines) {
            Instant began = line.execution().startedAt();
            Instant ended = line.execution().endedAt();
            executions
                    .addObject()
                    .put("id", line.execution().id())
                    .put("outcome", line.outcome(worker))
                    .put("started_at", began == null ? null : began.toString())
                    .put("ended_at", ended == null ? null : ended.toString())
                    .put("merged", line.summary().merged())
                    .put("rejected", line.summary().rejected())
                    .put("failed", line.summary().failed())
                    .put("postponed", line.summary().postponed());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private static String length(Execution execution) {
        return execution.startedAt() == null || execution.endedAt() == null
                ? ""
                : RunOutput.words(Duration.between(execution.startedAt(), execution.endedAt()));
    }

    private static String firstLine(String description) {
        String line = description.lines().findFirst().orElse("").strip();
        return line.isEmpty() ? "" : "; " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
    }
}
