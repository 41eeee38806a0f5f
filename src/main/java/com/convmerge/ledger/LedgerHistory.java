package com.convmerge.ledger;

import com.convmerge.merge.OperationKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shows the ledger to people. */
public final class LedgerHistory {
    private static final String OF_REQUEST =
            "SELECT * FROM merge_operation WHERE request_id = :requestId ORDER BY first_sent_at, operation_key";

    private final JdbcClient jdbc;

    LedgerHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was begun for a request, oldest first. */
    public List<LedgerRow> ofRequest(long requestId) {
        return jdbc.sql(OF_REQUEST)
                .param("requestId", requestId)
                .query((row, n) -> row(row))
                .list();
    }

    private static LedgerRow row(ResultSet row) throws SQLException {
        return new LedgerRow(
                row.getString("operation_key"),
                OperationKind.valueOf(row.getString("operation")),
                LedgerState.valueOf(row.getString("state")),
                row.getString("reference"),
                row.getInt("attempts"),
                Objects.requireNonNull(instant(row, "first_sent_at")),
                Objects.requireNonNull(instant(row, "last_sent_at")),
                instant(row, "settled_at"),
                row.getObject("http_status", Integer.class),
                row.getString("code"),
                row.getString("message"),
                row.getString("intercom_request_id"),
                row.getString("remote_id"),
                row.getLong("job_execution_id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
