package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEachDatabase
class NewRequestsTest extends RequestsOnDatabase {
    private static final NewRequest FIRST = new NewRequest("10", "20", "same <b>", "ann", "ref-1");
    private static final NewRequest BARE = new NewRequest("10", "30", null, null, "ref-2");

    NewRequestsTest(Database database) {
        super(database);
    }

    @Test
    void what_is_added_stands_as_it_was_written_and_waits() {
        newRequests.addMissing(List.of(FIRST, BARE));

        assertThat(everyRow()).hasSize(2);
        assertThat(everyRow().get(0))
                .containsEntry("parent_conversation_id", "10")
                .containsEntry("duplicate_conversation_id", "20")
                .containsEntry("reason", "same <b>")
                .containsEntry("requested_by", "ann")
                .containsEntry("external_ref", "ref-1")
                .containsEntry("status", "PENDING");
        assertThat(everyRow().get(1)).containsEntry("reason", null).containsEntry("requested_by", null);
    }

    @Test
    void twice_is_once() {
        newRequests.addMissing(List.of(FIRST));
        List<Map<String, @Nullable Object>> before = everyRow();

        newRequests.addMissing(List.of(new NewRequest("77", "88", null, null, "ref-1"), FIRST));

        assertThat(everyRow()).isEqualTo(before);
    }

    @Test
    void twice_in_one_list_is_once() {
        newRequests.addMissing(List.of(FIRST, FIRST, BARE));

        assertThat(everyRow()).hasSize(2);
    }

    @Test
    void it_is_all_or_nothing() {
        // Only the first 255 characters fit, and they are the same.
        NewRequest one = new NewRequest("10", "40", null, null, "x".repeat(255) + "1");
        NewRequest other = new NewRequest("10", "50", null, null, "x".repeat(255) + "2");

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> newRequests.addMissing(List.of(FIRST, one, other)));

        assertThat(everyRow()).isEmpty();
    }
}
