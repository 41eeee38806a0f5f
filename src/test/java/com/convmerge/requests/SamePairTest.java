package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import org.junit.jupiter.api.Test;

/** Several requests for the same parent and duplicate: the plan contains one of them, and the others share its outcome. */
@OnEachDatabase
class SamePairTest extends RequestsOnDatabase {
    SamePairTest(Database database) {
        super(database);
    }

    @Test
    void the_same_pair_asked_twice_waits_for_the_first() {
        long first = table.add("10", "20");
        long twin = table.add("10", "20");

        resolve();

        assertThat(table.status(twin)).isEqualTo("PENDING");
        assertThat(table.detail(twin)).isEqualTo("the same pair as request " + first + ", whose outcome it shares");
        assertThat(table.row(twin)).containsEntry("same_as_request_id", first);
        assertThat(planned(twin)).isEmpty();
        assertThat(pending.count(pending.lastId())).isEqualTo(1);
    }

    @Test
    void the_same_pair_as_one_merged_by_an_earlier_run_is_merged() {
        long first = table.add("10", "20");
        table.set(first, "status", "MERGED");
        long twin = table.add("10", "20");

        resolve();

        assertThat(table.status(twin)).isEqualTo("MERGED");
        assertThat(table.row(twin)).containsEntry("job_execution_id", EXECUTION);
    }

    @Test
    void a_twin_whose_first_was_given_up_unbegun_is_merged_in_its_place() {
        long first = table.add("10", "20");
        long twin = table.add("10", "20");
        resolve();
        table.set(first, "status", "FAILED");

        resolve();

        assertMergesInto(twin, "10");
        assertThat(table.row(twin)).containsEntry("same_as_request_id", null).containsEntry("status_detail", null);
    }

    @Test
    void what_was_planned_and_is_rejected_now_or_waits_for_another_is_planned_no_more() {
        long rejected = table.add("10", "20");
        long twin = table.add("30", "40");
        resolve();
        assertMergesInto(rejected, "10");
        assertMergesInto(twin, "30");
        table.add("11", "20");
        table.set(table.add("30", "40"), "id", twin - 2);

        resolve();

        assertThat(table.status(rejected)).isEqualTo("REJECTED");
        assertThat(planned(rejected)).isEmpty();
        assertThat(table.row(twin)).containsEntry("same_as_request_id", twin - 2);
        assertThat(planned(twin)).isEmpty();
    }
}
