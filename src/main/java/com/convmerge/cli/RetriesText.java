package com.convmerge.cli;

import com.convmerge.merge.FailureKind;
import com.convmerge.report.RunReportText;
import com.convmerge.retries.Retry;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The retry table for a person, and for a program. */
final class RetriesText {
    private final RunReportText text;

    RetriesText(RunReportText text) {
        this.text = text;
    }

    String table(List<Retry> retries) {
        if (retries.isEmpty()) {
            return "Nothing fits: the retry table is empty, or has no such rows.\n";
        }
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%9s  %-18s  %-12s  %-9s  %5s  %s%n",
                "REQUEST",
                "DUPLICATE",
                "FAILED AT",
                "KIND",
                "TRIES",
                "NEXT"));
        for (Retry retry : retries) {
            out.append(String.format(
                    Locale.ROOT,
                    "%9d  %-18s  %-12s  %-9s  %5d  %s%n%11s%s%n",
                    retry.requestId(),
                    retry.duplicate(),
                    retry.operation().label(),
                    retry.failure().kind(),
                    retry.attempts(),
                    next(retry),
                    "",
                    retry.failure().describe()));
        }
        return out.toString();
    }

    static String json(List<Retry> retries) {
        JsonMapper mapper = new JsonMapper();
        ArrayNode rows = mapper.createArrayNode();
        for (Retry retry : retries) {
            rows.addObject()
                    .put("request_id", retry.requestId())
                    .put("parent_conversation_id", retry.parent())
                    .put("duplicate_conversation_id", retry.duplicate())
                    .put("status", retry.status().name())
                    .put("operation", retry.operation().name())
                    .put("failure_kind", retry.failure().kind().name())
                    .put("http_status", retry.failure().httpStatus())
                    .put("code", retry.failure().code())
                    .put("message", retry.failure().message())
                    .put("intercom_request_id", retry.failure().intercomRequestId())
                    .put("attempts", retry.attempts())
                    .put("first_failed_at", retry.firstFailedAt().toString())
                    .put("last_failed_at", retry.lastFailedAt().toString())
                    .put(
                            "next_attempt_at",
                            retry.nextAttemptAt() == null
                                    ? null
                                    : retry.nextAttemptAt().toString())
                    .put("job_execution_id", retry.executionId());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(rows) + System.lineSeparator();
    }

    /** What the row will do next, in words. */
    private String next(Retry retry) {
        return switch (retry.status()) {
            case RETRY ->
                retry.nextAttemptAt() == null
                        ? "waits for an operator: release or drop it"
                        : (retry.failure().kind() == FailureKind.IN_DOUBT ? "looked up and " : "")
                                + "tried again by the first run after " + text.time(retry.nextAttemptAt());
            case PENDING -> "tried again by the next run";
            case FAILED -> "given up; 'retries release " + retry.requestId() + "' tries it again";
            case MERGED, REJECTED -> "nothing";
        };
    }
}
