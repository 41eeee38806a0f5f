package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.util.List;

/** A database that has lost what was done in one night, with the sandbox in which it was done. */
final class RestoredDatabase {
    static final int REQUESTS = 30;

    private RestoredDatabase() {}

    static BatchFixture restored(DatabaseKind kind) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(REQUESTS);
        night.run();
        assertThat(notesOnDuplicates(night)).isEqualTo(REQUESTS);
        forgetAll(night);
        return night;
    }

    static void forgetAll(BatchFixture night) {
        forget(night, "id > 0");
    }

    /** Makes the tables as they were before the run, for these requests. */
    static void forget(BatchFixture night, String which) {
        String requests = "(SELECT id FROM merge_request WHERE " + which + ")";
        night.jdbc
                .sql("DELETE FROM merge_operation WHERE request_id IN " + requests)
                .update();
        night.jdbc.sql("DELETE FROM merge_operation WHERE request_id IS NULL").update();
        night.jdbc
                .sql("UPDATE merge_request SET status = 'PENDING', status_detail = NULL, parent_note_key = NULL,"
                        + " survivor_conversation_id = NULL WHERE " + which)
                .update();
    }

    static void tagAsUs(BatchFixture night, String conversation) {
        night.sandbox.workspace().tag(conversation, "merged-duplicate");
    }

    static long notesOnDuplicates(BatchFixture night) {
        return night.sandbox.workspace().conversations().stream()
                .map(ConversationView::id)
                .filter(id -> id.startsWith("50"))
                .mapToLong(id -> night.sandbox.workspace().notesWritten(id).size())
                .sum();
    }

    static List<Call> callsOn(BatchFixture night, long before, String conversation) {
        return night.sandbox.calls().stream()
                .skip(before)
                .filter(call ->
                        call.conversationId().filter(conversation::equals).isPresent())
                .toList();
    }
}
