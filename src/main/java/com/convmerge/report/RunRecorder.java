package com.convmerge.report;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.SqlTime;
import com.convmerge.report.RunRecord.Kind;
import com.convmerge.report.RunRecord.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the records of runs. Only the holder of the run lock does. */
public final class RunRecorder {
    private static final int LONGEST_DETAIL = 2_000;

    private static final String BEGIN_AGAIN = """
            UPDATE merge_run SET outcome = 'RUNNING', detail = NULL, restarts = restarts + 1, ended_at = :now
             WHERE started_at = :startedAt
            """;

    private static final String BEGIN = """
            INSERT INTO merge_run (id, started_at, ended_at, outcome, kind)
            SELECT COALESCE(MAX(id), 0) + 1, :startedAt, :now, 'RUNNING', :kind FROM merge_run
            """;

    private static final String COUNT = """
            UPDATE merge_run
               SET job_execution_id = :executionId, merged = :merged, rejected = :rejected, failed = :failed,
                   postponed = :postponed, pending = :pending, waiting = :waiting, given_up = :givenUp,
                   next_attempt_at = :nextAttemptAt, merged_ever = :mergedEver, undone = :undone
             WHERE id = :id
            """;

    private static final String FORGET_PROBLEMS = "DELETE FROM merge_run_problem WHERE run_id = :id";

    private static final String KEEP_PROBLEMS = """
            INSERT INTO merge_run_problem (run_id, request_id, parent_conversation_id, duplicate_conversation_id, status,
                                           status_detail, next_attempt_at)
            SELECT CAST(:id AS BIGINT), r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status,
                   r.status_detail, t.next_attempt_at
              FROM merge_request r LEFT JOIN merge_retry t ON t.request_id = r.id
             WHERE r.status IN ('REJECTED', 'FAILED', 'RETRY') AND r.job_execution_id IN
            """ + RunReports.EXECUTIONS;

    /** Of an undo: what was not taken back, and what was left as it is of what was. */
    private static final String KEEP_UNDONE = """
            INSERT INTO merge_run_problem (run_id, request_id, parent_conversation_id, duplicate_conversation_id, status,
                                           status_detail)
            SELECT CAST(:id AS BIGINT), r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status,
                   CASE WHEN u.done_at IS NOT NULL THEN u.left_alone
                        WHEN u.code IS NULL THEN 'not begun'
                        ELSE 'not taken back: ' || u.code || ': ' || COALESCE(u.message, '') END
              FROM merge_undo u JOIN merge_request r ON r.id = u.request_id
             WHERE u.run_id = CAST(:id AS BIGINT) AND (u.done_at IS NULL OR u.left_alone IS NOT NULL)
            """;

    private static final String END =
            "UPDATE merge_run SET outcome = :outcome, detail = :detail, ended_at = :endedAt WHERE id = :id";

    private static final String RESTORE = """
            UPDATE merge_run SET outcome = :outcome, detail = :detail, ended_at = :endedAt, restarts = :restarts WHERE id = :id
            """;

    private static final String ALIVE = "UPDATE merge_run SET ended_at = :now WHERE id = :id AND outcome = 'RUNNING'";

    private final JdbcClient jdbc;
    private final RunRecords records;
    private final RunReports reports;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate soon;

    RunRecorder(
            JdbcClient jdbc,
            RunRecords records,
            RunReports reports,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.records = records;
        this.reports = reports;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(TimeLimits.LONG);
        this.soon = new TransactionTemplate(transactions);
        // What goes wrong here must not spoil the caller's transaction.
        this.soon.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.soon.setTimeout(TimeLimits.LEASE);
    }

    /**
     * Writes down that a run begins, or goes on after it has broken off.
     *
     * @param startedAt when it began for the first time, which tells runs apart
     * @return its number
     */
    public long begin(Instant startedAt, Kind kind) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int again = jdbc.sql(BEGIN_AGAIN)
                    .param("now", SqlTime.utc(clock.instant()))
                    .param("startedAt", SqlTime.utc(startedAt))
                    .update();
            if (again == 0) {
                jdbc.sql(BEGIN)
                        .param("startedAt", SqlTime.utc(startedAt))
                        .param("now", SqlTime.utc(clock.instant()))
                        .param("kind", kind.name())
                        .update();
            }
            return records.startedAt(startedAt).orElseThrow().id();
        }));
    }

    /** Puts the record of a run back as it was: a restart of it was refused, and nothing was done. */
    public void restore(RunRecord before) {
        transaction.executeWithoutResult(status -> jdbc.sql(RESTORE)
                .param("outcome", before.outcome().name())
                .param("detail", before.detail())
                .param("endedAt", SqlTime.utc(before.endedAt()))
                .param("restarts", before.restarts())
                .param("id", before.id())
                .update());
    }

    /** Writes down that a run is alive. If it is killed, this is all that says until when. */
    public void alive(long run, Instant now) {
        soon.executeWithoutResult(status ->
                jdbc.sql(ALIVE).param("now", SqlTime.utc(now)).param("id", run).update());
    }

    /** Writes down what a run has done until now, and which requests it did not merge. */
    public void count(long run, long executionId) {
        transaction.executeWithoutResult(status -> countAll(run, executionId));
    }

    /**
     * Writes down how a run ended, and what it has done.
     *
     * @param executionId its last execution in Spring Batch's tables; 0 if it has none
     * @param isOurs whether the record is still the caller's, asked in the same transaction; otherwise nothing is written
     */
    public void end(long run, long executionId, Outcome outcome, String detail, BooleanSupplier isOurs) {
        transaction.executeWithoutResult(status -> {
            if (isOurs.getAsBoolean()) {
                end(run, executionId, outcome, detail, clock.instant());
            }
        });
    }

    /**
     * Writes down of a run what it has done that was killed or could not do so: it is what it had done when it was last seen alive,
     * because no other run has been at work since.
     *
     * @param executionId its last execution in Spring Batch's tables; 0 if it has none
     */
    public void endUnwritten(RunRecord run, long executionId, Outcome outcome) {
        transaction.executeWithoutResult(status -> end(run.id(), executionId, outcome, "", run.endedAt()));
    }

    private void end(long run, long executionId, Outcome outcome, String detail, Instant endedAt) {
        if (executionId != 0) {
            countAll(run, executionId);
        }
        end(run, outcome, detail, endedAt);
    }

    private void end(long run, Outcome outcome, String detail, Instant endedAt) {
        jdbc.sql(END)
                .param("outcome", outcome.name())
                .param("detail", detail.isBlank() ? null : OneLine.of(detail, LONGEST_DETAIL))
                .param("endedAt", SqlTime.utc(endedAt))
                .param("id", run)
                .update();
    }

    private void countAll(long run, long executionId) {
        boolean isUndo = records.find(run).orElseThrow().kind() == Kind.UNDO;
        RunSummary summary = isUndo ? reports.undoSummary(run) : reports.summary(executionId);
        Instant next = summary.nextAttemptAt();
        jdbc.sql(COUNT)
                .param("executionId", executionId)
                .param("merged", summary.merged())
                .param("rejected", summary.rejected())
                .param("failed", summary.failed())
                .param("postponed", summary.postponed())
                .param("pending", summary.pending())
                .param("waiting", summary.waiting())
                .param("givenUp", summary.givenUp())
                .param("nextAttemptAt", next == null ? null : SqlTime.utc(next))
                .param("mergedEver", summary.mergedEver())
                .param("undone", summary.undone())
                .param("id", run)
                .update();
        jdbc.sql(FORGET_PROBLEMS).param("id", run).update();
        if (isUndo) {
            jdbc.sql(KEEP_UNDONE).param("id", run).update();
        } else {
            jdbc.sql(KEEP_PROBLEMS)
                    .param("id", run)
                    .param("executionId", executionId)
                    .update();
        }
    }
}
