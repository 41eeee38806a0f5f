package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.SqlTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which survivors were found to exist, and when. Each is read once in a run before its duplicates are touched. */
public final class CheckedSurvivors {
    private static final String IS_FOUND_SINCE =
            "SELECT COUNT(*) FROM merge_survivor WHERE conversation_id = ? AND found_at >= ?";

    private static final String FOUND_AGAIN = "UPDATE merge_survivor SET found_at = ? WHERE conversation_id = ?";

    private static final String LAST_FOUND =
            "SELECT conversation_id FROM merge_survivor ORDER BY found_at DESC FETCH FIRST 1 ROW ONLY";

    private static final String FOUND = "INSERT INTO merge_survivor (found_at, conversation_id) VALUES (?, ?)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    CheckedSurvivors(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Whether the survivor was found to exist at {@code since} or later. */
    public boolean isFoundSince(ConversationId survivor, Instant since) {
        return Objects.requireNonNull(
                        jdbc.queryForObject(IS_FOUND_SINCE, Long.class, survivor.value(), SqlTime.utc(since)))
                > 0;
    }

    /** A conversation that was found to exist, the latest of all; empty if none ever was. */
    public Optional<ConversationId> lastFound() {
        return jdbc.queryForList(LAST_FOUND, String.class).stream().findFirst().map(ConversationId::new);
    }

    /** Writes down that the survivor exists. */
    public void found(ConversationId survivor, Instant at) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.update(FOUND_AGAIN, SqlTime.utc(at), survivor.value()) == 0) {
                jdbc.update(FOUND, SqlTime.utc(at), survivor.value());
            }
        });
    }
}
