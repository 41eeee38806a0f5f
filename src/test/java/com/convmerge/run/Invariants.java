package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.ConversationView;
import com.convmerge.testing.BatchFixture;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Conditions that hold after every run, however it ended. They are checked in the sandbox and in the tables. */
final class Invariants {
    private static final String ON_A_DUPLICATE = "Merged into";
    private static final Pattern LISTED = Pattern.compile("/conversation/([0-9]+)\"");

    private Invariants() {}

    private record Row(
            long id,
            String status,
            String duplicate,
            String survivor,
            String detail,
            boolean inRetryTable,
            boolean hasNext,
            boolean isListed) {}

    /** No note is written twice, no request is lost, and nothing is sent to a customer. */
    static void hold(BatchFixture night) {
        List<Row> rows = rows(night);
        rows.forEach(row -> assertConsistentState(night, row));
        for (ConversationView conversation : night.sandbox.workspace().conversations()) {
            assertThat(conversation.noteBodies().stream().filter(note -> note.contains(ON_A_DUPLICATE)))
                    .as("notes on duplicate %s", conversation.id())
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(listed(conversation).values())
                    .as("how often the notes on survivor %s list each duplicate", conversation.id())
                    .allMatch(times -> times == 1);
            assertThat(conversation.sentToCustomer())
                    .as("conversation %s", conversation.id())
                    .isEmpty();
        }
    }

    private static void assertConsistentState(BatchFixture night, Row row) {
        switch (row.status()) {
            case "MERGED" -> {
                assertMerged(night, row);
                assertThat(row.inRetryTable()).as("%s in the retry table", row).isFalse();
            }
            case "REJECTED" -> {
                assertThat(row.detail()).as("reason of %s", row).isNotBlank();
                assertThat(operations(night, row.id()))
                        .as("operations of %s", row)
                        .isZero();
            }
            case "RETRY" -> {
                assertThat(row.hasNext()).as("next try of %s", row).isTrue();
                assertThat(row.detail()).as("reason of %s", row).isNotBlank();
            }
            case "FAILED" -> {
                assertThat(row.inRetryTable()).as("%s in the retry table", row).isTrue();
                assertThat(row.hasNext()).as("next try of %s", row).isFalse();
                assertThat(row.detail()).as("reason of %s", row).isNotBlank();
            }
            default -> assertThat(row.status()).isEqualTo("PENDING");
        }
    }

    private static void assertMerged(BatchFixture night, Row row) {
        ConversationView duplicate = night.sandbox.workspace().conversation(row.duplicate());
        assertThat(duplicate.noteBodies().stream().filter(note -> note.contains(ON_A_DUPLICATE)))
                .as("notes of %s", row)
                .hasSize(1);
        assertThat(duplicate.tagNames()).as("tags of %s", row).containsExactly(BatchFixture.TAG);
        assertThat(duplicate.state()).as("state of %s", row).isEqualTo("closed");
        assertThat(duplicate.closes()).as("closes of %s", row).isLessThanOrEqualTo(1);
        if (row.isListed()) {
            assertThat(listed(night.sandbox.workspace().conversation(row.survivor())))
                    .as("what the notes on the survivor of %s list; %s", row, history(night, row.survivor()))
                    .containsEntry(row.duplicate(), 1L);
        }
    }

    /** Describes the calls for a conversation and its rows in the ledger; the message of a failed assertion contains it. */
    private static String history(BatchFixture night, String conversation) {
        return night.sandbox.calls().stream()
                        .filter(call -> call.arrival().isFor(conversation))
                        .map(call -> call.arrival().number() + " " + call.at() + " " + call.method() + " " + call.path()
                                + " " + call.status() + " " + call.fault() + (call.effect() ? " with effect" : ""))
                        .collect(Collectors.joining("\n", "calls:\n", "\n"))
                + night.jdbc
                        .sql("SELECT * FROM merge_operation WHERE conversation_id = :id")
                        .param("id", conversation)
                        .query()
                        .listOfRows();
    }

    /** How often the notes on a survivor list each duplicate. */
    static Map<String, Long> listed(ConversationView survivor) {
        return survivor.noteBodies().stream()
                .filter(note -> !note.contains(ON_A_DUPLICATE))
                .flatMap(note -> LISTED.matcher(note).results().map(match -> match.group(1)))
                .collect(Collectors.groupingBy(link -> link, Collectors.counting()));
    }

    private static long operations(BatchFixture night, long requestId) {
        return night.number("SELECT COUNT(*) FROM merge_operation WHERE request_id = " + requestId);
    }

    private static List<Row> rows(BatchFixture night) {
        return night.jdbc
                .sql("""
                        SELECT r.id, r.status, r.duplicate_conversation_id, COALESCE(r.status_detail, '') AS detail,
                               r.survivor_conversation_id, t.request_id, t.next_attempt_at, o.operation_key
                          FROM merge_request r
                          LEFT JOIN merge_retry t ON t.request_id = r.id
                          LEFT JOIN merge_operation o ON o.operation_key = r.parent_note_key AND o.state = 'DONE'
                        """)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getString("status"),
                        row.getString("duplicate_conversation_id"),
                        String.valueOf(row.getString("survivor_conversation_id")),
                        row.getString("detail"),
                        row.getObject("request_id") != null,
                        row.getObject("next_attempt_at") != null,
                        row.getString("operation_key") != null))
                .list();
    }
}
