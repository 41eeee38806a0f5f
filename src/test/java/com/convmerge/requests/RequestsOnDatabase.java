package com.convmerge.requests;

import com.convmerge.testing.Database;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The input table on one database, empty before each test. */
abstract class RequestsOnDatabase {
    static final long EXECUTION = 5;

    final Database database;
    final TestClock clock = new TestClock();
    final RequestTable table;
    final Requests requests;
    final SurvivorPlanner pairs;
    final Parents parents;
    final SurvivorNotes parentNotes;
    final NewRequests newRequests;

    RequestsOnDatabase(Database database) {
        this.database = database;
        this.table = new RequestTable(database);
        RequestsConfiguration configuration = new RequestsConfiguration();
        Scan scan = configuration.scan(database.jdbc(), database.transactions());
        this.requests = configuration.requests(database.jdbc(), database.batches(), clock);
        this.pairs = configuration.pairs(scan, database.batches(), database.transactions(), clock);
        this.parents = configuration.parents(database.batches(), scan);
        this.parentNotes = configuration.parentNotes(database.jdbc(), database.batches(), scan);
        this.newRequests = configuration.newRequests(database.batches(), database.transactions());
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
        clock.set(TestClock.START);
    }

    void resolve() {
        pairs.resolveSurvivors(requests.lastId(), EXECUTION);
    }

    /** As the gate leaves it: the note of a request is, or may be, on its duplicate. */
    void beginNote(long request, String state) {
        database.jdbc()
                .sql(
                        "INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, attempts,"
                                + " first_sent_at, last_sent_at, job_execution_id)"
                                + " VALUES (:key, 'NOTE', :request, '1', :state, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)")
                .param("key", "r" + request + "/note")
                .param("request", request)
                .param("state", state)
                .update();
    }

    /** What is planned for a request; empty if it may not be applied. */
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

    /** As an earlier run leaves it. */
    void plan(long request, int partitionKey, String survivor) {
        database.jdbc()
                .sql("INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id)"
                        + " VALUES (:request, :partitionKey, :survivor)")
                .param("request", request)
                .param("partitionKey", partitionKey)
                .param("survivor", survivor)
                .update();
    }

    /** As the retry table leaves it. */
    void putIntoRetryTable(long request) {
        table.set(request, "status", "RETRY");
        database.jdbc()
                .sql("INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at,"
                        + " last_failed_at, job_execution_id)"
                        + " VALUES (:request, 'NOTE', 'NOT_SENT', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)")
                .param("request", request)
                .update();
    }

    boolean isInRetryTable(long request) {
        return database.jdbc()
                        .sql("SELECT COUNT(*) FROM merge_retry WHERE request_id = :request")
                        .param("request", request)
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<Map<String, @Nullable Object>> everyRow() {
        return database.jdbc()
                .sql("SELECT * FROM merge_request r LEFT JOIN merge_plan p ON p.request_id = r.id ORDER BY r.id")
                .query()
                .listOfRows();
    }
}
