package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.SqlTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which survivors are snoozed, and which of them a note of ours has woken. What has to be done again is written down before the note
 * leaves, so that a crash in between does not leave a survivor awake.
 */
public final class SnoozedSurvivors {
    private static final String SEEN = """
            UPDATE merge_survivor SET snoozed_until = ?
             WHERE conversation_id = ? AND (snoozed_again IS NULL OR snoozed_again = TRUE)
            """;

    private static final String OF = """
            SELECT snoozed_until, snoozed_again FROM merge_survivor
             WHERE conversation_id = ? AND snoozed_until IS NOT NULL
            """;

    private static final String WOKEN = """
            SELECT conversation_id, snoozed_until FROM merge_survivor WHERE snoozed_again = FALSE AND snoozed_until > ?
            """;

    private static final String WAKES = """
            UPDATE merge_survivor SET snoozed_until = ?, woken_by_execution_id = ?, snoozed_again = FALSE
             WHERE conversation_id = ?
            """;

    private static final String SLEEPS = "UPDATE merge_survivor SET snoozed_again = TRUE WHERE conversation_id = ?";

    private static final String DID_NOT_WAKE = """
            UPDATE merge_survivor SET snoozed_again = NULL, woken_by_execution_id = NULL WHERE conversation_id = ?
            """;

    private final JdbcTemplate jdbc;

    SnoozedSurvivors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down until when a survivor is snoozed that was found to exist. */
    public void seen(ConversationId survivor, Instant until) {
        jdbc.update(SEEN, SqlTime.utc(until), survivor.value());
    }

    /**
     * What the tables know of a survivor that is, or was, snoozed.
     *
     * @param isWoken whether a note has woken it, or may have, and it is not snoozed again
     */
    public record Snooze(Instant until, boolean isWoken) {}

    /** What is known of the survivor; empty if it was not snoozed. */
    public Optional<Snooze> of(ConversationId survivor) {
        return jdbc
                .query(
                        OF,
                        (row, n) -> new Snooze(
                                SqlTime.instant(row, "snoozed_until"),
                                Boolean.FALSE.equals(row.getObject("snoozed_again", Boolean.class))),
                        survivor.value())
                .stream()
                .findFirst();
    }

    /** The survivors that a note has, or may have, woken, and that are not snoozed again, although they should be at {@code now}. */
    public Map<ConversationId, Instant> woken(Instant now) {
        Map<ConversationId, Instant> found = new LinkedHashMap<>();
        jdbc.query(
                WOKEN,
                row -> {
                    found.put(
                            new ConversationId(row.getString("conversation_id")),
                            SqlTime.instant(row, "snoozed_until"));
                },
                SqlTime.utc(now));
        return found;
    }

    /** Writes down that the next note will wake the survivor. */
    public void wakes(ConversationId survivor, Instant until, long executionId) {
        jdbc.update(WAKES, SqlTime.utc(until), executionId, survivor.value());
    }

    /** The survivor is snoozed again. */
    public void sleeps(ConversationId survivor) {
        jdbc.update(SLEEPS, survivor.value());
    }

    /** The survivor was not woken after all. */
    public void didNotWake(ConversationId survivor) {
        jdbc.update(DID_NOT_WAKE, survivor.value());
    }
}
