package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reading the pending requests of a run, and marking them as merged. */
@OnEachDatabase
class RequestsTest extends RequestsOnDatabase {
    private static final ConversationId PARENT = ConversationId.of(10);

    RequestsTest(Database database) {
        super(database);
    }

    @Test
    void the_last_id_of_an_empty_table_is_zero() {
        assertThat(pending.lastId()).isZero();
        assertThat(table.add("10", "20")).isEqualTo(pending.lastId());
    }

    @Test
    void pages_miss_no_request_while_requests_that_were_read_change() {
        List<Long> wanted = addReady(500);
        long upToId = pending.lastId();
        List<Long> read = new ArrayList<>();
        for (int key = 0; key < PartitionKeys.COUNT; key++) {
            long after = 0;
            List<MergeRequest> page = page(key, after, upToId);
            while (!page.isEmpty()) {
                page.forEach(request -> read.add(request.id()));
                change(page.stream().map(MergeRequest::id).toList());
                after = page.get(page.size() - 1).id();
                page = page(key, after, upToId);
            }
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Merges the requests with an even id and adds one request. The others stay PENDING, and no later page may contain them. */
    private void change(List<Long> read) {
        merged(read.stream().filter(id -> id % 2 == 0).toList(), true, EXECUTION);
        table.add("10", "99");
    }

    @Test
    void a_page_is_in_the_order_of_the_ids_and_no_longer_than_asked() {
        List<Long> all = addReady(40);
        inPartition(7, all);

        assertThat(pending.page(7, all.get(4), all.get(39), 10))
                .extracting(MergeRequest::id)
                .containsExactlyElementsOf(all.subList(5, 15));
    }

    @Test
    void a_page_has_only_what_is_pending_up_to_the_last_id() {
        List<Long> all = addReady(6);
        inPartition(7, all);
        table.set(all.get(0), "status", "RETRY");
        inPartition(8, List.of(all.get(1)));

        assertThat(pending.page(7, 0, all.get(4), 10))
                .extracting(MergeRequest::id)
                .containsExactly(all.get(2), all.get(3), all.get(4));
    }

    @Test
    void a_request_is_read_as_it_was_asked() {
        long id = table.add("10", "20", "<b>same</b>", "ann");
        table.set(id, "external_ref", "ref-1");
        table.add("30", "10");
        resolve();
        ConversationId survivor = ConversationId.of(30);

        assertThat(page(PartitionKeys.of(20), 0, pending.lastId()))
                .contains(new MergeRequest(id, PARENT, ConversationId.of(20), survivor, "<b>same</b>", "ann", "ref-1"));
    }

    @Test
    void what_is_to_be_applied_is_counted_up_to_the_last_id() {
        List<Long> all = addReady(5);
        table.add("10", "100");
        table.set(all.get(0), "status", "FAILED");

        assertThat(pending.count(all.get(3))).isEqualTo(3);
    }

    @Test
    void what_is_merged_says_so_and_leaves_the_plan() {
        List<Long> all = addReady(3);
        table.add("30", "10");
        resolve();
        all.forEach(this::putIntoRetryTable);
        table.set(all.get(0), "status", "PENDING");
        table.set(all.get(0), "status_detail", "note not sent: 429");
        clock.advance(Duration.ofHours(1));

        merged(List.of(all.get(0)), true, EXECUTION);

        assertThat(table.row(all.get(0)))
                .containsEntry("status", "MERGED")
                .containsEntry("status_detail", null)
                .containsEntry("parent_note_key", null)
                .containsEntry("survivor_conversation_id", "30")
                .containsEntry("job_execution_id", EXECUTION);
        assertThat(planned(all.get(0))).isEmpty();
        assertThat(planned(all.get(1))).isPresent();
        assertThat(table.status(all.get(1))).isEqualTo("RETRY");
    }

    @Test
    void without_notes_on_survivors_a_merge_is_marked_as_needing_no_note() {
        long request = addReady(1).get(0);

        merged(List.of(request), false, EXECUTION);

        assertThat(table.row(request)).containsEntry("parent_note_key", SurvivorNotes.OFF);
        assertThat(survivorNotes.unlisted()).isEmpty();
    }

    @Test
    void the_twins_of_a_merged_request_are_merged_with_it_and_listed_once() {
        long first = table.add("10", "20");
        long twin = table.add("10", "20");
        long other = table.add("10", "30");
        resolve();

        merged(List.of(first), true, EXECUTION);

        assertThat(table.status(twin)).isEqualTo("MERGED");
        assertThat(table.status(other)).isEqualTo("PENDING");
        assertThat(survivorNotes.unlisted()).containsExactly(new Survivor(PARENT, List.of(first)));
    }

    @Test
    void what_was_rejected_or_failed_meanwhile_is_not_made_merged() {
        List<Long> all = addReady(2);
        table.set(all.get(0), "status", "REJECTED");
        table.set(all.get(1), "status", "FAILED");

        merged(all, true, EXECUTION);

        assertThat(table.status(all.get(0))).isEqualTo("REJECTED");
        assertThat(table.status(all.get(1))).isEqualTo("FAILED");
    }

    /** Adds requests whose survivor is planned. */
    private List<Long> addReady(int count) {
        List<Long> added = LongStream.range(1_000, 1_000 + count)
                .mapToObj(duplicate -> table.add(PARENT.value(), Long.toString(duplicate)))
                .toList();
        resolve();
        return added;
    }

    private void inPartition(int key, List<Long> requests) {
        requests.forEach(request -> setPlan(request, "partition_key", key));
    }

    private void setPlan(long request, String column, Object value) {
        database.jdbc()
                .sql("UPDATE merge_plan SET " + column + " = :value WHERE request_id = :request")
                .param("value", value)
                .param("request", request)
                .update();
    }

    private List<MergeRequest> page(int key, long after, long upToId) {
        return pending.page(key, after, upToId, 3);
    }
}
