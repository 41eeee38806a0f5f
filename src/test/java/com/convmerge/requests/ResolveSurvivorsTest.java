package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of requests and of the plan after the survivors are determined. */
@OnEachDatabase
class ResolveSurvivorsTest extends RequestsOnDatabase {
    ResolveSurvivorsTest(Database database) {
        super(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "abc", "last", "010", "1234567890123456789", "1; DROP TABLE merge_request"})
    void a_faulty_id_is_rejected_with_its_reason_and_the_rest_goes_on(String faulty) {
        long asParent = table.add(faulty, "20");
        long asDuplicate = table.add("10", faulty);
        long good = table.add("10", "30");

        resolve();

        String error = ConversationId.fault(faulty).orElseThrow();
        assertRejected(asParent, "parent_conversation_id " + error);
        assertRejected(asDuplicate, "duplicate_conversation_id " + error);
        assertMergesInto(good, "10");
    }

    @Test
    void equal_ids_are_rejected() {
        long request = table.add("10", "10");

        resolve();

        assertRejected(request, "merges conversation 10 into itself");
    }

    @Test
    void texts_that_are_too_long_are_rejected_and_the_longest_accepted_are_not() {
        long reason = table.add("10", "20", "é".repeat(2_001), null);
        long requestedBy = table.add("10", "30", null, "x".repeat(256));
        long longest = table.add("10", "40", "é".repeat(2_000), "x".repeat(255));

        resolve();

        assertRejected(reason, "reason has 2001 characters; at most 2000 are accepted");
        assertRejected(requestedBy, "requested_by has 256 characters; at most 255 are accepted");
        assertMergesInto(longest, "10");
    }

    @Test
    void a_request_gets_its_survivor_and_its_partition() {
        long first = table.add("20", "10");
        long second = table.add("30", "20");

        resolve();

        assertMergesInto(first, "30");
        assertMergesInto(second, "30");
        assertThat(planned(first).orElseThrow()).containsEntry("partition_key", PartitionKeys.of(10));
    }

    @Test
    void more_requests_than_one_commit_takes_get_their_survivors() {
        List<Long> added = LongStream.range(100, 2_350)
                .mapToObj(duplicate -> table.add("10", Long.toString(duplicate)))
                .toList();

        resolve();

        assertThat(pending.count(pending.lastId())).isEqualTo(added.size());
    }

    @Test
    void resolving_again_changes_nothing() {
        table.add("20", "10");
        table.add("30", "20");
        table.add("30", "20");
        table.add("50", "50");
        table.add("61", "60");
        table.add("62", "60");
        resolve();
        survivors.found(ConversationId.of(30), clock.instant());
        List<Map<String, @Nullable Object>> before = everyRow();
        clock.advance(Duration.ofHours(1));

        planner.resolveSurvivors(pending.lastId(), begun::contains, EXECUTION + 1);

        assertThat(everyRow()).isEqualTo(before);
    }

    @Test
    void a_survivor_that_a_later_request_moves_on_is_another_one_from_then_on() {
        long request = table.add("20", "10");
        resolve();
        assertMergesInto(request, "20");
        table.add("30", "20");

        resolve();

        assertMergesInto(request, "30");
    }

    @Test
    void a_request_that_its_user_deletes_leaves_the_plan() {
        long request = table.add("10", "20");
        resolve();

        database.jdbc().sql("DELETE FROM merge_request").update();

        assertThat(planned(request)).isEmpty();
    }

    @Test
    void merges_of_earlier_runs_are_taken_into_account() {
        table.set(table.add("20", "10"), "status", "MERGED");
        long intoMerged = table.add("10", "5");
        long cycle = table.add("10", "20");

        resolve();

        assertMergesInto(intoMerged, "20");
        assertThat(table.status(cycle)).isEqualTo("REJECTED");
    }

    @Test
    void what_was_begun_keeps_its_parent_against_an_older_rival() {
        long rival = table.add("11", "20");
        long first = table.add("10", "20");
        plan(first, 3, "10");
        begun.add(first);

        resolve();

        assertMergesInto(first, "10");
        assertRejected(
                rival, "conversation 20 is being merged into another parent: request " + first + " (20 into 10)");
    }

    @Test
    void what_was_merged_and_made_pending_by_hand_is_planned_as_it_was() {
        long first = table.add("10", "20");
        table.add("30", "10");
        resolve();
        begun.add(first);
        merged(List.of(first), true, EXECUTION);
        table.set(first, "status", "PENDING");

        resolve();

        assertMergesInto(first, "30");
    }

    /**
     * If the plan kept such a request, a run in progress would merge it by the old plan after a release, although a newer request
     * for the same duplicate may be planned.
     */
    @Test
    void what_was_given_up_unbegun_leaves_the_plan_so_that_a_release_waits_for_the_next_run() {
        long unbegun = table.add("10", "20");
        long first = table.add("11", "21");
        resolve();
        List.of(unbegun, first).forEach(request -> table.set(request, "status", "FAILED"));
        begun.add(first);

        resolve();

        assertThat(planned(unbegun)).isEmpty();
        assertThat(planned(first)).isPresent();
    }

    @Test
    void what_was_begun_and_given_up_must_be_released_first() {
        long givenUp = table.add("10", "20");
        table.set(givenUp, "status", "FAILED");
        begun.add(givenUp);
        long again = table.add("10", "20");

        resolve();

        assertThat(table.status(givenUp)).isEqualTo("FAILED");
        assertRejected(again, "request " + givenUp + " (20 into 10) was begun and given up; release that one instead");
    }

    @Test
    void what_waits_in_the_retry_table_takes_part_and_stays_there() {
        long waiting = table.add("10", "20");
        putIntoRetryTable(waiting);
        long cycle = table.add("20", "10");
        long chain = table.add("20", "5");

        resolve();

        assertThat(List.of(table.status(waiting), table.status(cycle))).containsOnly("REJECTED");
        assertMergesInto(chain, "20");
    }

    @Test
    void what_came_after_the_run_began_waits_for_the_next() {
        long now = table.add("20", "10");
        long upToId = pending.lastId();
        long late = table.add("30", "20");

        planner.resolveSurvivors(upToId, begun::contains, EXECUTION);

        assertMergesInto(now, "20");
        assertThat(planned(late)).isEmpty();
    }
}
