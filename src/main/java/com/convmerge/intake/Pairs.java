package com.convmerge.intake;

import com.convmerge.merge.Pair;
import com.convmerge.merge.Survivors;
import com.convmerge.merge.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All requests at once: reads them, has the survivors found, and writes down what becomes of each. */
public final class Pairs {
    private static final int FETCHED_AT_ONCE = 1_000;

    /**
     * The open requests up to the last of the run, and what was merged or begun whenever. What waits in the retry table takes
     * part: it may be merged yet, and must not close a cycle then.
     */
    private static final String ALL_PAIRS = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status,
                   COALESCE(CHAR_LENGTH(r.reason), 0) AS reason_length,
                   COALESCE(CHAR_LENGTH(r.requested_by), 0) AS requested_by_length,
                   o.request_id AS begun
              FROM merge_request r
              LEFT JOIN merge_operation o
                ON o.request_id = r.id AND o.operation = 'NOTE' AND o.state IN ('SENT', 'IN_DOUBT', 'DONE')
             WHERE r.id <= ?
               AND (r.status IN ('PENDING', 'RETRY')
                    OR r.status = 'MERGED' AND r.same_as_request_id IS NULL
                    OR r.status = 'FAILED' AND o.request_id IS NOT NULL)
             ORDER BY r.id
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final VerdictWriter writer;

    Pairs(JdbcTemplate jdbc, PlatformTransactionManager transactions, VerdictWriter writer) {
        this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.jdbc.setFetchSize(FETCHED_AT_ONCE);
        this.transaction = new TransactionTemplate(transactions);
        this.writer = writer;
    }

    /**
     * Decides every open request with an id up to {@code upToId}: it gets its survivor, or is REJECTED with a reason, or waits
     * for another request of the same pair. Doing it again changes nothing.
     */
    public void resolveSurvivors(long upToId, long executionId) {
        writer.write(decide(upToId), executionId);
    }

    /** What {@link #resolveSurvivors} would write down; writes nothing. */
    public List<Verdict> decide(long upToId) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        // PostgreSQL sends rows bit by bit only within a transaction.
        transaction.executeWithoutResult(status -> jdbc.query(
                ALL_PAIRS,
                row -> {
                    RequestRow request = requestRow(row);
                    request.fault()
                            .ifPresentOrElse(
                                    fault -> verdicts.add(new Verdict.Reject(request.id(), fault)),
                                    () -> pairs.add(request.pair()));
                },
                upToId));
        Survivors.resolve(pairs, verdicts::add);
        return verdicts;
    }

    private static RequestRow requestRow(ResultSet row) throws SQLException {
        return new RequestRow(
                row.getLong("id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getInt("reason_length"),
                row.getInt("requested_by_length"),
                standing(row.getString("status"), row.getObject("begun") != null));
    }

    private static Pair.Standing standing(String status, boolean begun) {
        return switch (status) {
            case "MERGED" -> Pair.Standing.MERGED;
            case "FAILED" -> Pair.Standing.GIVEN_UP;
            default -> begun ? Pair.Standing.BEGUN : Pair.Standing.OPEN;
        };
    }
}
