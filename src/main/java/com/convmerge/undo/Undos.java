package com.convmerge.undo;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SqlTime;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The merges that are to be taken back, and those that were. What fails stays there until an operator asks for it again. */
public final class Undos {
    /** Stands in place of a key where the survivor was never told of the merge. */
    private static final String NOT_TOLD = "off";

    private static final int LONGEST_DETAIL = 3_900;
    private static final int LONGEST_MESSAGE = 1_900;

    private static final String ASK_AGAIN = """
            UPDATE merge_undo SET run_id = ?, asked_at = ?, asked_by = COALESCE(?, asked_by), reason = COALESCE(?, reason),
                   redact_notes = ?
             WHERE request_id = ? AND done_at IS NULL
            """;

    private static final String ASK = """
            INSERT INTO merge_undo (run_id, asked_at, asked_by, reason, redact_notes, request_id)
            SELECT CAST(? AS BIGINT), CAST(? AS TIMESTAMP WITH TIME ZONE), CAST(? AS VARCHAR(255)), CAST(? AS VARCHAR(2000)),
                   CAST(? AS BOOLEAN), CAST(? AS BIGINT)
             WHERE NOT EXISTS (SELECT 1 FROM merge_undo u WHERE u.request_id = CAST(? AS BIGINT))
            """;

    private static final String OPEN = """
            SELECT request_id, asked_by, reason, redact_notes FROM merge_undo
             WHERE run_id = :run AND done_at IS NULL ORDER BY request_id
            """;

    private static final String OPEN_OF = """
            SELECT request_id, asked_by, reason, redact_notes FROM merge_undo
             WHERE request_id IN (:ids) AND done_at IS NULL ORDER BY request_id
            """;

    private static final String UNTOLD = """
            SELECT request_id, asked_by, reason, redact_notes FROM merge_undo
             WHERE done_at IS NOT NULL AND parent_note_key IS NULL ORDER BY request_id
            """;

    private static final String LISTED_BY = """
            SELECT request_id, asked_by, reason, redact_notes FROM merge_undo
             WHERE parent_note_key = :key ORDER BY request_id
            """;

    private static final String ASSIGN =
            "UPDATE merge_undo SET parent_note_key = ? WHERE request_id = ? AND parent_note_key IS NULL";

    private static final String DONE = """
            UPDATE merge_undo SET done_at = ?, left_alone = ?, parent_note_key = ?, operation = NULL, failure_kind = NULL,
                   http_status = NULL, code = NULL, message = NULL, intercom_request_id = NULL
             WHERE request_id = ? AND done_at IS NULL
            """;

    private static final String FAILED = """
            UPDATE merge_undo SET operation = :operation, failure_kind = :kind, http_status = :httpStatus, code = :code,
                   message = :message, intercom_request_id = :intercomRequestId, attempts = attempts + 1, last_failed_at = :now
             WHERE request_id = :id AND done_at IS NULL
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate commit;
    private final Clock clock;

    Undos(JdbcClient jdbc, JdbcTemplate batches, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
        this.commit = new TransactionTemplate(transactions);
        this.commit.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Writes down that a run is to take these merges back; what is taken back already is left as it is. */
    public void ask(List<Long> requestIds, long run, UndoOrder order) {
        OffsetDateTime now = SqlTime.utc(clock.instant());
        commit.executeWithoutResult(status -> {
            batches.batchUpdate(
                    ASK_AGAIN,
                    requestIds.stream().map(id -> row(run, now, order, id)).toList());
            batches.batchUpdate(
                    ASK,
                    requestIds.stream().map(id -> row(run, now, order, id, id)).toList());
        });
    }

    private static @Nullable Object[] row(long run, OffsetDateTime now, UndoOrder order, long... ids) {
        @Nullable Object[] row = new @Nullable Object[5 + ids.length];
        row[0] = run;
        row[1] = now;
        row[2] = order.by();
        row[3] = order.reason();
        row[4] = order.redactsNotes();
        for (int i = 0; i < ids.length; i++) {
            row[5 + i] = ids[i];
        }
        return row;
    }

    /** What a run is to take back and has not. */
    public List<AskedUndo> open(long run) {
        return asked(jdbc.sql(OPEN).param("run", run));
    }

    /** Those of the merges that are to be taken back and are not. */
    public List<AskedUndo> openOf(List<Long> requestIds) {
        return requestIds.isEmpty() ? List.of() : asked(jdbc.sql(OPEN_OF).param("ids", requestIds));
    }

    /** What was taken back and no survivor was told of. */
    public List<AskedUndo> untold() {
        return asked(jdbc.sql(UNTOLD));
    }

    /** What the note {@code key} on a survivor lists. */
    public List<AskedUndo> listedBy(OperationKey key) {
        return asked(jdbc.sql(LISTED_BY).param("key", key.value()));
    }

    private static List<AskedUndo> asked(JdbcClient.StatementSpec query) {
        return query.query((row, n) -> new AskedUndo(
                        row.getLong("request_id"),
                        row.getString("asked_by"),
                        row.getString("reason"),
                        row.getBoolean("redact_notes")))
                .list();
    }

    /** Writes down, before the note {@code key} is sent, what it lists; another note's stay with that one. */
    public void assign(OperationKey key, List<Long> requestIds) {
        batches.batchUpdate(
                ASSIGN,
                requestIds.stream().map(id -> new Object[] {key.value(), id}).toList());
    }

    /**
     * Writes that merges were taken back: part of the transaction in which their requests become UNDONE.
     *
     * @param leftAlone what was left as it is, by the request's id
     * @param told those whose survivor was told of the merge, and is to be told of this
     */
    public void done(Map<Long, String> leftAlone, Set<Long> told) {
        OffsetDateTime now = SqlTime.utc(clock.instant());
        Map<Long, @Nullable String> details = new HashMap<>();
        leftAlone.forEach((id, why) -> details.put(id, why.isEmpty() ? null : OneLine.of(why, LONGEST_DETAIL)));
        batches.batchUpdate(
                DONE,
                leftAlone.keySet().stream()
                        .map(id ->
                                new @Nullable Object[] {now, details.get(id), told.contains(id) ? null : NOT_TOLD, id})
                        .toList());
    }

    /** Writes down, in a commit of its own, why a merge was not taken back. It may be asked for again. */
    public void failed(long requestId, OperationKind operation, Failure failure) {
        commit.executeWithoutResult(status -> jdbc.sql(FAILED)
                .param("operation", operation.column())
                .param("kind", failure.kind().name())
                .param("httpStatus", failure.httpStatus())
                .param("code", failure.code())
                .param("message", OneLine.of(failure.message(), LONGEST_MESSAGE))
                .param("intercomRequestId", failure.intercomRequestId())
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", requestId)
                .update());
    }
}
