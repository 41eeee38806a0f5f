package com.convmerge.report;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import com.convmerge.report.RunRecord.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The runs of this database, each with what it did, as of its end. What becomes of its requests afterwards changes nothing here. Only
 * the holder of the run lock writes.
 */
public final class RunRecords {
    private static final int LONGEST_DETAIL = 2_000;

    private static final String BEGIN_AGAIN = """
            UPDATE merge_run SET outcome = 'RUNNING', detail = NULL, restarts = restarts + 1, ended_at = :now
             WHERE started_at = :startedAt
            """;

    private static final String BEGIN = """
            INSERT INTO merge_run (id, started_at, ended_at, outcome)
            SELECT COALESCE(MAX(id), 0) + 1, :startedAt, :now, 'RUNNING' FROM merge_run
            """;

    private static final String COUNT = """
            UPDATE merge_run
               SET job_execution_id = :executionId, merged = :merged, rejected = :rejected, failed = :failed,
                   postponed = :postponed, pending = :pending, waiting = :waiting, given_up = :givenUp,
                   next_attempt_at = :nextAttemptAt, merged_ever = :mergedEver
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

    private static final String END =
            "UPDATE merge_run SET outcome = :outcome, detail = :detail, ended_at = :endedAt WHERE id = :id";

    private static final String ALIVE = "UPDATE merge_run SET ended_at = :now WHERE id = :id AND outcome = 'RUNNING'";

    private static final String KILL = "UPDATE merge_run SET outcome = 'KILLED' WHERE outcome = 'RUNNING'";

    private static final String LAST = "SELECT * FROM merge_run ORDER BY id DESC LIMIT :most";

    private static final String BY_ID = "SELECT * FROM merge_run WHERE id = :id";

    private static final String BY_START = "SELECT * FROM merge_run WHERE started_at = :startedAt";

    private static final String PROBLEMS = """
            SELECT p.*, r.status AS status_now
              FROM merge_run_problem p LEFT JOIN merge_request r ON r.id = p.request_id
             WHERE p.run_id = :id ORDER BY p.status, p.request_id LIMIT :most
            """;

    private final JdbcClient jdbc;
    private final RunReports reports;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate soon;

    RunRecords(JdbcClient jdbc, RunReports reports, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.reports = reports;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(TimeLimits.LONG);
        this.soon = new TransactionTemplate(transactions);
        this.soon.setTimeout(TimeLimits.LEASE);
    }

    /**
     * Writes down that a run begins, or goes on after it has broken off.
     *
     * @param startedAt when it began for the first time, which tells runs apart
     * @return its number
     */
    public long begin(Instant startedAt) {
        return Objects.requireNonNull(transaction.execute(status -> {
            int again = jdbc.sql(BEGIN_AGAIN)
                    .param("now", SqlTime.utc(clock.instant()))
                    .param("startedAt", SqlTime.utc(startedAt))
                    .update();
            if (again == 0) {
                jdbc.sql(BEGIN)
                        .param("startedAt", SqlTime.utc(startedAt))
                        .param("now", SqlTime.utc(clock.instant()))
                        .update();
            }
            return startedAt(startedAt).orElseThrow().id();
        }));
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

    /** Writes down how a run ended, and what it has done. */
    public void end(long run, long executionId, Outcome outcome, String detail) {
        transaction.executeWithoutResult(status -> {
            if (executionId != 0) {
                countAll(run, executionId);
            }
            end(run, outcome, detail, clock.instant());
        });
    }

    /**
     * Writes down of runs that were killed what they have done: it is what they had done when they were last seen alive, because no
     * other run has been at work since.
     *
     * @param executionId the last execution of one of them
     */
    public void killed(Instant startedAt, long executionId) {
        startedAt(startedAt).filter(run -> run.outcome() == Outcome.RUNNING).ifPresent(run -> {
            transaction.executeWithoutResult(status -> {
                countAll(run.id(), executionId);
                end(run.id(), Outcome.KILLED, "", run.endedAt());
            });
        });
    }

    /** Marks the runs that seem to be under way as killed. There is none while the caller, who holds the lock, has not begun. */
    public void allKilled() {
        jdbc.sql(KILL).update();
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
        RunSummary summary = reports.summary(executionId);
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
                .param("id", run)
                .update();
        jdbc.sql(FORGET_PROBLEMS).param("id", run).update();
        jdbc.sql(KEEP_PROBLEMS)
                .param("id", run)
                .param("executionId", executionId)
                .update();
    }

    /** The last runs, newest first. */
    public List<RunRecord> last(int most) {
        return jdbc.sql(LAST).param("most", most).query(RunRecords::record).list();
    }

    /** The run with this number; empty if there is none. */
    public Optional<RunRecord> find(long run) {
        return jdbc.sql(BY_ID).param("id", run).query(RunRecords::record).optional();
    }

    private Optional<RunRecord> startedAt(Instant startedAt) {
        return jdbc.sql(BY_START)
                .param("startedAt", SqlTime.utc(startedAt))
                .query(RunRecords::record)
                .optional();
    }

    /** The requests that a run did not merge, by status and number. */
    public List<RunProblem> problems(long run, int most) {
        return jdbc.sql(PROBLEMS)
                .param("id", run)
                .param("most", most)
                .query((row, n) -> new RunProblem(
                        row.getLong("request_id"),
                        row.getString("parent_conversation_id"),
                        row.getString("duplicate_conversation_id"),
                        RequestStatus.valueOf(row.getString("status")),
                        row.getString("status_detail"),
                        SqlTime.nullable(row, "next_attempt_at"),
                        status(row.getString("status_now"))))
                .list();
    }

    private static @Nullable RequestStatus status(@Nullable String name) {
        return name == null ? null : RequestStatus.valueOf(name);
    }

    private static RunRecord record(ResultSet row, int number) throws SQLException {
        return new RunRecord(
                row.getLong("id"),
                SqlTime.instant(row, "started_at"),
                SqlTime.instant(row, "ended_at"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("detail"),
                row.getInt("restarts"),
                row.getObject("job_execution_id", Long.class),
                new RunSummary(
                        row.getLong("merged"),
                        row.getLong("rejected"),
                        row.getLong("failed"),
                        row.getLong("postponed"),
                        row.getLong("pending"),
                        row.getLong("waiting"),
                        row.getLong("given_up"),
                        SqlTime.nullable(row, "next_attempt_at"),
                        row.getLong("merged_ever")));
    }
}
