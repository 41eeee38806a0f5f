package com.convmerge.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.PartView;
import com.convmerge.sandbox.Sandbox;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is to be so at Intercom and in the tables when a night is over, however often its program was killed.
 *
 * @param programs how many were started
 */
record CrashNightEnd(Sandbox sandbox, CrashDatabase database, Strategy strategy, int programs) {
    /** Asserts that each note is written once, each request is MERGED, and the notes on survivors list each duplicate once. */
    void assertAllMergedOnce() throws Exception {
        for (int i = 0; i < CrashNight.REQUESTS; i++) {
            ConversationView conversation = sandbox.workspace().conversation(CrashNight.duplicate(i));
            assertThat(sandbox.workspace().notesWritten(conversation.id()))
                    .as("notes on %s", conversation.id())
                    .hasSize(1);
            assertThat(conversation.tagNames())
                    .as("tags of %s", conversation.id())
                    .containsExactly("merged-duplicate");
            assertThat(conversation.state())
                    .as("state of %s", conversation.id())
                    .isEqualTo("closed");
            assertEnd(conversation, CrashNight.survivor(i % CrashNight.SURVIVORS));
            assertThat(notesThatList(i))
                    .as("notes on survivors that list %s", conversation.id())
                    .isEqualTo(1);
        }
        database.withDataSource(dataSource -> {
            JdbcClient jdbc = JdbcClient.create(dataSource);
            assertThat(jdbc.sql("SELECT DISTINCT status FROM merge_request")
                            .query(String.class)
                            .list())
                    .containsExactly("MERGED");
            // The note on a survivor that was claimed but never sent becomes NOT_NEEDED; the next run sends another one
            // instead.
            assertThat(jdbc.sql("SELECT DISTINCT state FROM merge_operation"
                                    + " WHERE operation <> 'PARENT_NOTE' OR state <> 'NOT_NEEDED'")
                            .query(String.class)
                            .list())
                    .containsExactly("DONE");
            assertThat(jdbc.sql("SELECT COUNT(*) FROM merge_retry")
                            .query(Long.class)
                            .single())
                    .isZero();
        });
    }

    /** Asserts that each duplicate is as before its merge but for two notes, and that each survivor was told twice of each, once of its undo. */
    void assertAllUndoneOnce() throws Exception {
        for (int i = 0; i < CrashNight.REQUESTS; i++) {
            ConversationView conversation = sandbox.workspace().conversation(CrashNight.duplicate(i));
            String id = conversation.id();
            assertThat(conversation.noteBodies().stream().filter(body -> body.contains("taken back")))
                    .as("notes of the undo on %s", id)
                    .hasSize(1);
            assertThat(conversation.notes()).as("notes on %s", id).hasSize(2);
            assertThat(conversation.tagNames()).as("tags of %s", id).isEmpty();
            assertThat(conversation.state()).as("state of %s", id).isEqualTo("open");
            for (String reference : List.of("ref cmp", "ref cmu")) {
                assertThat(notesThatList(i, reference))
                        .as("notes on survivors that list %s: %s", id, reference)
                        .isEqualTo(1);
            }
        }
        database.withDataSource(dataSource -> {
            JdbcClient jdbc = JdbcClient.create(dataSource);
            assertThat(jdbc.sql("SELECT DISTINCT status FROM merge_request")
                            .query(String.class)
                            .list())
                    .containsExactly("UNDONE");
        });
    }

    private void assertEnd(ConversationView conversation, String survivor) {
        boolean isNative = strategy.isNative();
        assertThat(conversation.mergedInto())
                .as("where Intercom has merged %s", conversation.id())
                .isEqualTo(isNative ? survivor : null);
        // A close may be repeated, so each program may send one again that is late.
        assertThat(conversation.closes())
                .as("closes of %s", conversation.id())
                .isBetween(isNative ? 0 : 1, isNative ? 0 : programs);
    }

    private long notesThatList(int i) {
        return notesThatList(i, "ref cmp");
    }

    private long notesThatList(int i, String reference) {
        return sandbox.workspace().conversation(CrashNight.survivor(i % CrashNight.SURVIVORS)).notes().stream()
                .map(PartView::body)
                .filter(body ->
                        body != null && body.contains(reference) && body.contains("/" + CrashNight.duplicate(i) + "\""))
                .count();
    }
}
