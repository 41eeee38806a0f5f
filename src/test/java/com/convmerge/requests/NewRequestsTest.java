package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.NewRequest;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class NewRequestsTest extends RequestsOnDatabase {
    private static final NewRequest FIRST = new NewRequest("10", "20", "same <b>", "ann", "ref-1");
    private static final NewRequest BARE = new NewRequest("10", "30", null, null, "ref-2");

    private final List<NewRequests.Conflict> conflicts = new ArrayList<>();

    NewRequestsTest(Database database) {
        super(database);
    }

    @Test
    void what_is_added_is_stored_as_it_was_given_and_is_pending() {
        insert(List.of(FIRST, BARE));

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
    void a_request_that_is_added_twice_is_stored_once() {
        insert(List.of(FIRST));
        List<Map<String, @Nullable Object>> before = everyRow();

        insert(List.of(new NewRequest("77", "88", null, null, "ref-1"), FIRST));

        assertThat(everyRow()).isEqualTo(before);
    }

    @Test
    void a_request_that_is_twice_in_one_list_is_stored_once() {
        insert(List.of(FIRST, FIRST, BARE));

        assertThat(everyRow()).hasSize(2);
    }

    @Test
    void a_reference_that_stands_for_another_pair_is_a_conflict_in_the_table_and_among_the_rows() {
        insert(List.of(FIRST));
        NewRequest other = new NewRequest("77", "88", null, null, "ref-1");
        NewRequest bareElsewhere = new NewRequest("10", "31", null, null, "ref-2");

        insert(List.of(BARE, other, bareElsewhere));

        assertThat(conflicts)
                .satisfiesExactly(
                        inTable -> {
                            assertThat(inTable.row()).isEqualTo(1);
                            assertThat(inTable.requestId())
                                    .isEqualTo(everyRow().get(0).get("id"));
                            assertThat(inTable.holder().isSamePairAs(FIRST)).isTrue();
                        },
                        amongRows -> {
                            assertThat(amongRows.row()).isEqualTo(2);
                            assertThat(amongRows.earlierRow()).isZero();
                            assertThat(amongRows.holder()).isEqualTo(BARE);
                        });
        assertThat(everyRow()).hasSize(2);
    }

    private void insert(List<NewRequest> rows) {
        conflicts.clear();
        newRequests.insertMissing(rows, null, conflicts);
    }
}
