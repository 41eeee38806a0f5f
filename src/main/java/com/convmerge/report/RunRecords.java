package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import com.convmerge.report.RunRecord.Kind;
import com.convmerge.report.RunRecord.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs of this database, each with what it did, as of its end. What becomes of its requests afterwards changes nothing here. */
public final class RunRecords {
    private static final String RUNNING = "SELECT * FROM merge_run WHERE outcome = 'RUNNING' ORDER BY id";

    private static final String LAST_BEGUN =
            "SELECT * FROM merge_run WHERE job_execution_id IS NOT NULL ORDER BY id DESC LIMIT 1";

    private static final String LAST_AT_WORK =
            "SELECT * FROM merge_run WHERE job_execution_id IS NOT NULL ORDER BY job_execution_id DESC LIMIT 1";

    private static final String LAST_MERGING = """
            SELECT * FROM merge_run WHERE job_execution_id IS NOT NULL AND kind = 'MERGE' ORDER BY job_execution_id DESC LIMIT 1
            """;

    private static final String LAST = "SELECT * FROM merge_run ORDER BY id DESC LIMIT :most";

    private static final String BY_ID = "SELECT * FROM merge_run WHERE id = :id";

    private static final String BY_START = "SELECT * FROM merge_run WHERE started_at = :startedAt";

    private static final String PROBLEMS = """
            SELECT p.*, r.status AS status_now
              FROM merge_run_problem p LEFT JOIN merge_request r ON r.id = p.request_id
             WHERE p.run_id = :id ORDER BY p.status, p.request_id LIMIT :most
            """;

    private final JdbcClient jdbc;

    RunRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The runs that seem to be under way. Only the one of the lock's holder can be. */
    public List<RunRecord> running() {
        return jdbc.sql(RUNNING).query(RunRecords::record).list();
    }

    /** The last runs, newest first. */
    public List<RunRecord> last(int most) {
        return jdbc.sql(LAST).param("most", most).query(RunRecords::record).list();
    }

    /** The last run that has begun; empty if none has. */
    public Optional<RunRecord> lastBegun() {
        return jdbc.sql(LAST_BEGUN).query(RunRecords::record).optional();
    }

    /** The run that was at work last, which is an earlier one than {@link #lastBegun} if that one was restarted; empty if none was. */
    public Optional<RunRecord> lastAtWork() {
        return jdbc.sql(LAST_AT_WORK).query(RunRecords::record).optional();
    }

    /** The run that has merged last, or tried to, and not taken back; empty if none has. */
    public Optional<RunRecord> lastMerging() {
        return jdbc.sql(LAST_MERGING).query(RunRecords::record).optional();
    }

    /** The run with this number; empty if there is none. */
    public Optional<RunRecord> find(long run) {
        return jdbc.sql(BY_ID).param("id", run).query(RunRecords::record).optional();
    }

    /** The run that began at this time; empty if there is none. */
    public Optional<RunRecord> startedAt(Instant startedAt) {
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
                Kind.valueOf(row.getString("kind")),
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
                        row.getLong("merged_ever"),
                        row.getLong("undone")));
    }
}
