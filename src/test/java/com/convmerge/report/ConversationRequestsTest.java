package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.RequestTable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Which requests touch a conversation, and that they are found by an index. */
@OnEachDatabase
class ConversationRequestsTest {
    private static final int MANY = 8_000;

    private final Database database;
    private final RequestTable requests;
    private final ConversationRequests conversations;

    ConversationRequestsTest(Database database) {
        this.database = database;
        this.requests = new RequestTable(database);
        this.conversations = new ConversationRequests(database.jdbc(), new RequestReports(database.jdbc()));
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
    }

    private List<Long> touching(String conversation) {
        return conversations.touching(conversation, 100).newest().stream()
                .map(RequestReport::id)
                .toList();
    }

    @Test
    void a_conversation_is_found_as_duplicate_and_as_parent_newest_first() {
        long asParent = requests.add("10", "20");
        requests.add("11", "21");
        long asDuplicate = requests.add("12", "10");
        long rejected = requests.add("10", "last");
        requests.set(rejected, "status", "REJECTED");

        assertThat(touching("10")).containsExactly(rejected, asDuplicate, asParent);
        assertThat(touching("last")).containsExactly(rejected);
        assertThat(touching("99")).isEmpty();
    }

    @Test
    void a_survivor_is_found_by_what_is_planned_for_it_at_the_end_of_a_chain() {
        long first = requests.add("20", "10");
        long second = requests.add("30", "20");
        long last = requests.add("40", "30");
        long elsewhere = requests.add("20", "11");
        plan(first, "40");
        plan(second, "40");
        plan(last, "40");
        plan(elsewhere, "50");

        assertThat(touching("40")).containsExactly(last, second, first);
        assertThat(touching("20"))
                .as("the parent of two, the duplicate of one")
                .containsExactly(elsewhere, second, first);
    }

    @Test
    void a_parent_whose_merges_went_on_to_another_conversation_is_found_by_what_that_one_was_told_of() {
        long told = merged("20", "10", "40", "p40/x1/note-1");
        long onward = merged("40", "20", "40", "p40/x1/note-1");
        merged("40", "30", "40", "p40/x1/note-1");
        told("40", "p40/x1/note-1");

        assertThat(touching("20")).containsExactly(onward, told);
    }

    @Test
    void what_is_merged_and_nobody_was_told_of_is_found_as_parent_and_as_survivor() {
        long notYet = merged("20", "10", "40", null);
        long never = merged("20", "11", "40", "off");
        merged("21", "12", "41", "off");

        assertThat(touching("20")).containsExactly(never, notYet);
        assertThat(touching("40")).containsExactly(never, notYet);
    }

    @Test
    void a_survivor_is_found_by_what_it_was_told_of_also_if_no_chain_leads_there_any_more() {
        long told = merged("20", "10", "40", "p40/x1/note-1");
        told("40", "p40/x1/note-1");

        assertThat(touching("40")).containsExactly(told);
    }

    /** Night 1: 20 into 30. Night 2: 30 into 40. Night 3: 10 into 20, which by then is 40. */
    @Test
    void a_chain_that_grew_over_several_nights_is_followed_to_its_end() {
        merged("20", "30", "30");
        merged("30", "40", "40");
        long last = merged("10", "20", "40");

        assertThat(touching("20")).contains(last).hasSize(2);
    }

    /** A merge of which the survivor was told. */
    private long merged(String duplicate, String parent, String survivor) {
        long id = requests.add(parent, duplicate);
        requests.set(id, "status", "MERGED");
        requests.set(id, "survivor_conversation_id", survivor);
        requests.set(id, "parent_note_key", "p" + survivor + "/x" + id + "/note-1");
        database.jdbc()
                .sql(
                        "INSERT INTO merge_operation (operation_key, operation, conversation_id, state, attempts, first_sent_at,"
                                + " last_sent_at, job_execution_id) VALUES (:key, 'PARENT_NOTE', :survivor, 'DONE', 1,"
                                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)")
                .param("key", "p" + survivor + "/x" + id + "/note-1")
                .param("survivor", survivor)
                .update();
        return id;
    }

    @Test
    void requests_that_lead_in_a_circle_are_found_and_end() {
        long one = requests.add("10", "20");
        long back = requests.add("20", "10");
        requests.add("20", "20");

        assertThat(touching("10")).containsExactly(back, one);
    }

    @Test
    void of_many_the_newest_are_shown_and_all_are_counted() {
        List<Long> ids = IntStream.range(0, 30)
                .mapToObj(i -> requests.add("10", Integer.toString(1_000 + i)))
                .toList();

        ConversationRequests.Found found = conversations.touching("10", 2);

        assertThat(found.total()).isEqualTo(30);
        assertThat(found.newest()).extracting(RequestReport::id).containsExactly(ids.get(29), ids.get(28));
    }

    /** As after a night: all but a few are merged and told of. */
    @Test
    void no_look_reads_a_whole_table() {
        fill();

        assertThat(String.join(
                        "\n",
                        database.jdbc()
                                .sql("EXPLAIN " + ConversationRequests.TOUCHING)
                                .param("conversation", "5")
                                .param("survivors", List.of("5", "6"))
                                .query(String.class)
                                .list()))
                .containsIgnoringCase("merge_request_pair")
                .containsIgnoringCase("merge_request_status")
                .containsIgnoringCase("merge_operation_conversation")
                .containsIgnoringCase("merge_request_parent_note")
                .doesNotContain("tableScan", "Seq Scan on merge_request", "Seq Scan on merge_operation");
        assertThat(String.join(
                        "\n",
                        database.jdbc()
                                .sql("EXPLAIN " + ConversationRequests.WENT_TO)
                                .param("conversations", List.of("10005", "10006"))
                                .query(String.class)
                                .list()))
                .containsIgnoringCase("merge_request_pair")
                .doesNotContain("tableScan", "Seq Scan on merge_request");
    }

    private void fill() {
        List<Object[]> rows = IntStream.range(1, MANY)
                .mapToObj(i -> new Object[] {
                    Integer.toString(i % 2_000),
                    Integer.toString(10_000 + i),
                    "p" + i,
                    i % 500 == 0 ? "RETRY" : "MERGED"
                })
                .toList();
        new TransactionTemplate(database.transactions()).executeWithoutResult(status -> {
            database.batches()
                    .batchUpdate(
                            "INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, parent_note_key,"
                                    + " status) VALUES (?, ?, ?, ?)",
                            rows);
            database.jdbc()
                    .sql("INSERT INTO merge_operation (conversation_id, operation_key, operation, state, attempts,"
                            + " first_sent_at, last_sent_at, job_execution_id) SELECT parent_conversation_id,"
                            + " parent_note_key, 'PARENT_NOTE', 'DONE', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1"
                            + " FROM merge_request")
                    .update();
        });
        database.jdbc().sql("ANALYZE").update();
    }

    private long merged(String parent, String duplicate, String survivor, @Nullable String noteKey) {
        long request = requests.add(parent, duplicate);
        requests.set(request, "status", "MERGED");
        requests.set(request, "survivor_conversation_id", survivor);
        requests.set(request, "parent_note_key", noteKey);
        return request;
    }

    private void told(String survivor, String noteKey) {
        database.jdbc()
                .sql(
                        "INSERT INTO merge_operation (operation_key, operation, conversation_id, state, attempts, first_sent_at,"
                                + " last_sent_at, job_execution_id) VALUES (:key, 'PARENT_NOTE', :survivor, 'DONE', 1,"
                                + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)")
                .param("key", noteKey)
                .param("survivor", survivor)
                .update();
    }

    private void plan(long request, String survivor) {
        database.jdbc()
                .sql("INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id)"
                        + " VALUES (:id, 1, :survivor)")
                .param("id", request)
                .param("survivor", survivor)
                .update();
    }
}
