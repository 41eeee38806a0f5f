package com.convmerge.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.testing.Database;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests on the input table of one database, which is emptied before each test. */
abstract class RequestsOnDatabase {
    static final long EXECUTION = 5;

    final Database database;
    final TestClock clock = new TestClock();
    final RequestTable table;
    final Requests requests;
    final SurvivorPlanner planner;
    final PendingRequests pending;
    final CheckedSurvivors survivors;
    final SurvivorNotes survivorNotes;
    final NewRequests newRequests;
    /** Requests whose note is written, or may be written, on their duplicate. */
    final Set<Long> begun = new HashSet<>();

    RequestsOnDatabase(Database database) {
        this.database = database;
        this.table = new RequestTable(database);
        StreamingQuery query = new StreamingQuery(database.jdbc(), database.transactions());
        this.requests = new Requests(database.jdbc(), database.batches(), clock);
        this.pending = new PendingRequests(database.jdbc());
        this.planner = new SurvivorPlanner(
                query,
                new MergedPairs(database.jdbc(), query),
                new PlanWriter(database.batches(), database.transactions(), clock));
        this.survivors = new CheckedSurvivors(database.batches(), database.transactions());
        this.survivorNotes = new SurvivorNotes(database.jdbc(), database.batches(), query);
        this.newRequests = new NewRequests(database.batches());
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
        clock.set(TestClock.START);
    }

    void resolve() {
        planner.resolveSurvivors(pending.lastId(), begun::contains, EXECUTION);
    }

    /** Writes that requests were merged as they are planned, into survivors that were found. */
    List<Long> merged(List<Long> ids, boolean notifySurvivor, long executionId) {
        Map<Long, ConversationId> survivors = new LinkedHashMap<>();
        ids.forEach(id -> survivors.put(
                id,
                new ConversationId(planned(id)
                        .map(row -> String.valueOf(row.get("survivor_conversation_id")))
                        .orElse("10"))));
        survivors.values().forEach(survivor -> this.survivors.found(survivor, clock.instant()));
        return requests.merged(survivors, notifySurvivor, executionId);
    }

    /** The row of a request in the plan; empty if the request may not be applied. */
    Optional<Map<String, @Nullable Object>> planned(long request) {
        return database
                .jdbc()
                .sql("SELECT partition_key, survivor_conversation_id FROM merge_plan WHERE request_id = :request")
                .param("request", request)
                .query()
                .listOfRows()
                .stream()
                .findFirst();
    }

    /** Inserts a row into the plan, as an earlier run leaves it. */
    void plan(long request, int partitionKey, String survivor) {
        database.jdbc()
                .sql("INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id)"
                        + " VALUES (:request, :partitionKey, :survivor)")
                .param("request", request)
                .param("partitionKey", partitionKey)
                .param("survivor", survivor)
                .update();
    }

    /** Puts a request into the state in which it waits in the retry table. */
    void putIntoRetryTable(long request) {
        table.set(request, "status", "RETRY");
        database.jdbc()
                .sql("INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at,"
                        + " last_failed_at, job_execution_id)"
                        + " VALUES (:request, 'NOTE', 'NOT_SENT', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)")
                .param("request", request)
                .update();
    }

    List<Map<String, @Nullable Object>> everyRow() {
        return database.jdbc()
                .sql("SELECT * FROM merge_request r LEFT JOIN merge_plan p ON p.request_id = r.id ORDER BY r.id")
                .query()
                .listOfRows();
    }

    void assertMergesInto(long request, String survivor) {
        assertThat(table.status(request)).isEqualTo("PENDING");
        assertThat(planned(request).orElseThrow()).containsEntry("survivor_conversation_id", survivor);
    }

    void assertRejected(long request, String reason) {
        assertThat(table.detail(request)).isEqualTo(reason);
        assertThat(table.status(request)).isEqualTo("REJECTED");
        assertThat(table.row(request)).containsEntry("job_execution_id", EXECUTION);
    }
}
