package com.convmerge.cli;

import com.convmerge.batch.RunStatus;
import com.convmerge.merge.RequestStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link Status} for a program; the names are those of the tables. */
final class StatusJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private StatusJson() {}

    static String of(Status status) {
        ObjectNode root = MAPPER.createObjectNode();
        RunStatus run = status.underWay();
        root.put("running", run != null);
        if (run != null) {
            root.putObject("run")
                    .put("worker", run.worker())
                    .put("since", run.since().toString())
                    .put("stop_requested", run.stopRequested())
                    .put("step", run.step())
                    .put("requests_total", run.total())
                    .put("requests_done", run.done())
                    .put("calls_used", run.callsUsed())
                    .put("calls_granted", run.callsGranted())
                    .put(
                            "expected_end",
                            run.expectedEnd().map(Instant::toString).orElse(null));
        }
        ObjectNode counts = root.putObject("requests");
        for (RequestStatus at : RequestStatus.values()) {
            counts.put(at.name(), status.requests().getOrDefault(at, 0L));
        }
        ArrayNode executions = root.putArray("executions");
        for (Status.Run line : status.runs()) {
            executions
                    .addObject()
                    .put("id", line.execution().id())
                    .put("outcome", status.outcome(line))
                    .put("description", line.execution().description())
                    .put("started_at", text(line.execution().startedAt()))
                    .put("ended_at", text(line.execution().endedAt()))
                    .put("merged", line.summary().merged())
                    .put("rejected", line.summary().rejected())
                    .put("failed", line.summary().failed())
                    .put("postponed", line.summary().postponed());
        }
        return printed(root);
    }

    private static String printed(ObjectNode root) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
