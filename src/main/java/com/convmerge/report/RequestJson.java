package com.convmerge.report;

import com.convmerge.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is known of one request, for a program; the names are those of the tables. */
final class RequestJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RequestJson() {}

    static String of(RequestReport request, List<LedgerRow> ledger) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("id", request.id())
                .put("parent_conversation_id", request.parent())
                .put("duplicate_conversation_id", request.duplicate())
                .put("survivor_conversation_id", request.survivor())
                .put("external_ref", request.externalRef())
                .put("status", request.status().name())
                .put("status_detail", request.detail())
                .put("attempts", request.attempts())
                .put("next_attempt_at", text(request.nextAttemptAt()));
        ArrayNode operations = root.putArray("operations");
        for (LedgerRow row : ledger) {
            operations
                    .addObject()
                    .put("operation_key", row.key())
                    .put("operation", row.operation().name())
                    .put("state", row.state().name())
                    .put("reference", row.reference())
                    .put("attempts", row.attempts())
                    .put("first_sent_at", row.firstSentAt().toString())
                    .put("last_sent_at", row.lastSentAt().toString())
                    .put("settled_at", text(row.settledAt()))
                    .put("http_status", row.httpStatus())
                    .put("code", row.code())
                    .put("message", row.message())
                    .put("intercom_request_id", row.intercomRequestId())
                    .put("remote_id", row.remoteId())
                    .put("job_execution_id", row.executionId());
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + System.lineSeparator();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
